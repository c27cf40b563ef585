import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Baseline } from './engine/baseline.ts';
import type { CaseFile, JsonObject } from './engine/case.ts';
import { lint } from './engine/lint.ts';
import { loadSuite } from './engine/load.ts';
import { sourcesLine } from './hosts/command/list.ts';
import { about, packageRoot } from './package.ts';
import { blocks, commands } from './proof/documents.ts';
import { faultsPage } from './proof/faults/page.ts';
import { entries } from './proof/faults/table.ts';
import { variationsPage } from './proof/variations/page.ts';
import { variations } from './proof/variations/variations.ts';
import { reporters } from './reports/reporters.ts';

const suite = loadSuite(packageRoot, about);
const read = (file: string): string => readFileSync(new URL(file, packageRoot), 'utf8');

// What stands in docs/mock.md, mock-docs.test.ts runs.
const examples = blocks.filter(({ file, language }) => language === 'json' && file !== 'docs/mock.md');

test.each(examples)('$file: an example in JSON is valid', ({ text }) => {
  const given = JSON.parse(text) as JsonObject;
  const content = wholeOf(given);
  const schema = schemaOf(content);
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(read(schema)) as object);
  expect([validate(content), validate.errors]).toEqual([true, null]);
  if ('cases' in given) {
    const file = 'specs/UpdateUserAttributes/example.json';
    const { cases } = content as unknown as CaseFile;
    expect(
      lint(
        suite,
        cases.map((source, index) => ({ file, pointer: `/cases/${index}`, source })),
      ),
    ).toEqual([]);
  }
});

const helps = new Map<string, string>();
function helpOf(name: string): string {
  const help =
    helps.get(name) ??
    execFileSync(process.execPath, ['dist/cli.js', name, '--help'], {
      cwd: fileURLToPath(packageRoot),
      encoding: 'utf8',
    });
  helps.set(name, help);
  return help;
}

const ours = commands.filter(({ line }) => line.startsWith('npx cognito-conformance '));

test.each(ours)('$file: $line is a command there is', ({ line }) => {
  const [, , name = '', ...words] = line.split(' ');
  const help = helpOf(name);
  if (name === 'explain') expect(suite.cases.map(({ id }) => id)).toContain(words[0]);
  for (const flag of words.filter((word) => word.startsWith('--'))) expect(help).toContain(flag);
  const after = (flag: string): string[] =>
    words.flatMap((word, index) => (word === flag ? [words[index + 1] ?? ''] : []));
  const targets = readdirSync(new URL('targets/', packageRoot));
  for (const target of after('--target').filter((name) => !name.endsWith('.json') && !name.startsWith('replay:')))
    expect(targets).toContain(`${target}.json`);
  for (const reporter of after('--reporter')) expect(Object.keys(reporters)).toContain(reporter);
});

test('README counts the sources as the data does', () => {
  expect(read('README.md').replace(/\s+/g, ' ')).toContain(sourcesLine(suite.cases, suite));
});

test('every entry of the shipped baselines says why in words', () => {
  const files = readdirSync(new URL('targets/', packageRoot)).filter((file) => file.endsWith('.known-failures.json'));
  const known = files.flatMap((file) => (JSON.parse(read(`targets/${file}`)) as Baseline).failures);
  // As a draft has it, or as the report says it already.
  const wordless = /^not explained yet|^\w+, \w+: .* instead of |^\w+: (another|other|no) |^header \S+ is /;
  expect(known.length).toBeGreaterThan(0);
  expect(known.filter(({ reason }) => wordless.test(reason) || !reason.includes(' ')).map(({ id }) => id)).toEqual([]);
});

test('docs/verdicts.md lists every known difference of the shipped baselines', () => {
  const listed = read('docs/verdicts.md');
  const files = readdirSync(new URL('targets/', packageRoot)).filter((file) => file.endsWith('.known-failures.json'));
  const known = files.flatMap((file) => (JSON.parse(read(`targets/${file}`)) as Baseline).failures);
  expect(known.length).toBeGreaterThan(0);
  expect(known.map(({ id }) => id).filter((id) => !listed.includes(`| ${id} |`))).toEqual([]);
});

/** An example may show no more of a case than the words it is about. */
function wholeOf(content: JsonObject): JsonObject {
  if (!('over' in content)) return content;
  const head = { id: 'wire/example', title: 'answers are as shown', level: 'should', evidence: ['an-example'] };
  return { formatVersion: 1, about: 'An example.', cases: [{ ...head, ...content }] };
}

function schemaOf(content: JsonObject): string {
  if ('cases' in content) return 'specs/case.schema.json';
  if (!('formatVersion' in content)) return 'config.schema.json';
  if ('evidence' in content) return 'specs/evidence.schema.json';
  return 'start' in content ? 'targets/manifest.schema.json' : 'targets/baseline.schema.json';
}

/** `npx vitest run docs -u` writes them anew. */
test.each([
  ['faults.md', faultsPage],
  ['variations.md', variationsPage],
])('docs/%s shows the data of the proof', async (file, page) => {
  await expect(page()).toMatchFileSnapshot(`docs/${file}`);
});

test.each(['README.md', 'docs/proof.md'])('%s counts faults and variations as they are', (file) => {
  const [faults, allowed] = [entries, variations].map((all) => Object.keys(all).length);
  expect(read(file)).toMatch(new RegExp(`\\b${faults} (named ways|faults)\\b`));
  expect(read(file)).toContain(`${allowed} variations`);
});

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { file, firstLine, folder, results, start } from './command.test-data.ts';

const REPORTERS = ['markdown', 'junit', 'github', 'badge'].flatMap((name) => ['--reporter', name]);
const summary = join(folder, 'summary.md');

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

async function ended(child: ChildProcess): Promise<Ended> {
  if (!child.stdout || !child.stderr) throw new Error('no output');
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as number, stdout, stderr };
}

function inJob(args: string[]): Promise<Ended> {
  return ended(start(args, { GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: folder }));
}

test('every format is the same of a run and of its parts joined again', async () => {
  const url = /http:\S+/.exec(await firstLine(start(['mock', '--fault', 'hides-flags'])))?.[0] ?? '';
  const baseline = file('known.json', '{"formatVersion":1,"about":"Of a test.",\n  "failures":[]}\n');
  const out = join(folder, 'run');
  const cases = ['--case', 'GetUser/lists-attributes', '--case', 'AdminGetUser/no-such-*'];
  const ran = await inJob(['run', '--endpoint', url, ...cases, '--baseline', baseline, ...REPORTERS, '--out', out]);
  const whole = results(out);
  expect([ran.code, whole.totals.fail, whole.totals.pass]).toEqual([1, 1, 2]);

  const of = (which: 0 | 1): string =>
    file(`${which}.json`, { ...whole, results: whole.results.filter((_, index) => index % 2 === which) });
  writeFileSync(summary, '');
  const joined = join(folder, 'joined');
  const again = await inJob(['report', of(0), of(1), ...REPORTERS, '--out', joined]);

  const written = (from: string): [string, string][] =>
    readdirSync(from)
      .filter((name) => name !== 'results.json')
      .sort()
      .map((name) => [name, readFileSync(join(from, name), 'utf8')]);
  expect(written(joined).map(([name]) => name)).toEqual(['badge.json', 'results.junit.xml', 'results.md']);
  expect(written(joined)).toEqual(written(out));
  // The job summary is the Markdown, whatever else is asked for.
  expect(readFileSync(summary, 'utf8')).toBe(readFileSync(join(joined, 'results.md'), 'utf8'));
  // Only the run knows of a file of theirs, and the cases are not.
  const [annotation = ''] = ran.stdout.split('\n');
  expect(annotation).toMatch(/^::error title=[^,]*,file=known.json,line=1,col=1::FAIL {2}/);
  expect([again.code, again.stdout.split('\n')[0]]).toEqual([
    1,
    annotation.replace(',file=known.json,line=1,col=1', ''),
  ]);
});

test('a job summary that cannot be written is said and changes no verdict', async () => {
  const passing = file('passing.json', { ...results(join(folder, 'run')), results: [] });
  const { code, stderr } = await ended(start(['report', passing], { GITHUB_STEP_SUMMARY: folder }));
  expect([code, stderr]).toEqual([3, expect.stringMatching(/^the job summary was not written: EISDIR[^\n]*\n$/)]);
});

test('the summary of a run against a reference is the comparison, as that of two files', async () => {
  const urls = await Promise.all(
    [[], ['--fault', 'hides-flags']].map(async (faults) => {
      return /http:\S+/.exec(await firstLine(start(['mock', ...faults])))?.[0] ?? '';
    }),
  );
  const [reference = '', proxy = ''] = urls;
  const out = join(folder, 'proxied');
  writeFileSync(summary, '');
  const args = ['run', '--endpoint', proxy, '--reference', reference, '--case', 'GetUser/lists-attributes'];
  expect((await inJob([...args, '--out', out])).code).toBe(1);
  const written = readFileSync(summary, 'utf8');
  expect(written).toContain('**1 newly broken, 1 kind of difference in answers**.\n\n## Newly broken\n');
  const [A, B] = [join(out, 'reference', 'results.json'), join(out, 'results.json')];
  writeFileSync(summary, '');
  expect((await inJob(['compare', A, B, '--reporter', 'markdown'])).stdout).toBe(written);
  expect(readFileSync(summary, 'utf8')).toBe(written);
});

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../engine/result.ts';
import { packageRoot } from '../../package.ts';
import { file, folder, ONE } from './command.test-data.ts';
import { said } from './in-process.test-data.ts';
import { withConfig, type FlagTable } from './config.ts';

const table: FlagTable = {
  usage:
    '[--target NAME | --endpoint URL]... [--baseline FILE | --no-baseline] [--out DIR] [--concurrency N] [--strict]',
  options: {
    target: { type: 'string', multiple: true },
    endpoint: { type: 'string', multiple: true },
    baseline: { type: 'string' },
    'no-baseline': { type: 'boolean' },
    out: { type: 'string' },
    concurrency: { type: 'string' },
    strict: { type: 'boolean' },
    config: { type: 'string' },
  },
};

const given = (content: unknown, flags = {}) => {
  const config = file('some.config.json', content);
  const { config: _, ...others } = withConfig({ ...flags, config }, table);
  return others;
};

test('members are flags as the command line would have given them, and paths are of the folder of the file', () => {
  const members = { target: ['moto', './a.json'], baseline: 'known.json', out: 'out', concurrency: 4, strict: true };
  expect(given({ $schema: './x.json', ...members })).toEqual({
    target: ['moto', join(folder, 'a.json')],
    baseline: join(folder, 'known.json'),
    out: join(folder, 'out'),
    concurrency: '4',
    strict: true,
  });
  expect(given({ target: 'moto', strict: false })).toEqual({ target: ['moto'] });
});

test.each<[members: object, flags: object, both: object]>([
  [{ target: 'moto', concurrency: 4 }, { target: ['mock'] }, { target: ['mock'], concurrency: '4' }],
  [{ target: 'moto' }, { endpoint: ['http://a'] }, { endpoint: ['http://a'] }],
  [{ endpoint: 'http://a' }, { endpoint: ['http://b'] }, { endpoint: ['http://b'] }],
  [{ baseline: 'known.json' }, { 'no-baseline': true }, { 'no-baseline': true }],
  [{ 'no-baseline': true }, { baseline: 'known.json' }, { baseline: 'known.json' }],
])('flags win: %j and %j', (members, flags, both) => {
  expect(given(members, flags)).toEqual(both);
});

describe.concurrent('what is wrong with a configuration is one line', () => {
  test.each<[content: unknown, line: string]>([
    ['{"target":', ' cannot be read: Unexpected end of JSON input'],
    [['mock'], ': is ["mock"]; must be an object with flags of run as its members'],
    [{ targets: 'mock' }, ': /targets: is unknown; there are target, endpoint, '],
    [{ targets: 'mock' }, ', via, browser, quiet, verbose, json. Did you mean "target"?'],
    [{ config: 'other.json' }, ': /config: is unknown; there are '],
    [{ credentials: {} }, '. Credentials are read from the environment alone.'],
    [{ target: 5 }, ': /target: is 5; must be a text or a list of texts'],
    [{ target: ['mock', ''] }, ': /target: is ["mock",""]; must be a text or a list of texts'],
    [{ out: '' }, ': /out: is ""; must be a text'],
    [{ concurrency: '8' }, ': /concurrency: is "8"; must be a number'],
    [{ strict: 'yes' }, ': /strict: is "yes"; must be true or false'],
    [{ target: 'mock', concurrency: 0 }, '--concurrency "0" is not a number from 1 to 999'],
  ])('%j', async (content, line) => {
    const path = file(`wrong-${Math.random()}.json`, content);
    const { code, stdout, stderr } = await said('run', '--config', path);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      line.startsWith('--') || line.startsWith(',') || line.startsWith('.') ? line : path + line,
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a file that is not there', async () => {
    const { code, stderr } = await said('run', '--config', 'none.json');
    expect([code, stderr]).toEqual([2, 'the configuration none.json cannot be read: there is no such file\n']);
  });
});

test('cognito-conformance.config.json of the folder is read where no flag names another', async () => {
  mkdirSync(join(folder, 'ci'));
  const other = file('ci/other.json', { target: 'mock', case: ONE, reporter: 'json', out: 'kept' });
  const found = file('cognito-conformance.config.json', { target: 'mock', case: `${ONE}s` });
  const runs = await Promise.all([said('run'), said('run', '--case', ONE), said('run', '--config', other)]);
  expect(runs.map(({ code }) => code)).toEqual([2, 0, 0]);
  expect(runs[0].stderr).toContain(`no case "${ONE}s"`);
  expect(runs[1].stdout).toContain('passes: 1 pass');
  expect((JSON.parse(runs[2].stdout) as Report).results.map(({ id }) => id)).toEqual([ONE]);
  expect(existsSync(join(folder, 'ci/kept/results.json'))).toBe(true);
  rmSync(found);
});

const schema = () => JSON.parse(readFileSync(new URL('config.schema.json', packageRoot), 'utf8')) as object;

/** `npx vitest run hosts/command/config -u` writes the schema anew. */
test('the schema for editors has every flag of run, as its help tells it', async () => {
  const { stdout } = await said('run', '--help');
  const usage = stdout.slice(0, stdout.indexOf('\n\n'));
  const properties = Object.fromEntries(
    [...stdout.matchAll(/^ {2}--(\S+)(?: ([A-Z]+(?:=N)?(?: \| [A-Z]+)*))? +(\S.*(?:\n {10,}\S.*)*)$/gm)]
      .filter(([, name]) => name !== 'config')
      .map(([, name = '', takes, about = '']) => {
        const repeats = new RegExp(`\\[[^\\]]*--${name} [^\\]]*\\]\\.\\.\\.`).test(usage);
        return [name, { description: about.replace(/\s+/g, ' '), ...typeOf(takes, repeats) }];
      }),
  );
  const content = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'config.schema.json',
    title: 'cognito-conformance.config.json: the flags of cognito-conformance run as members',
    description: 'Flags win over it. Paths are of the folder in which it lies. Credentials come from the environment.',
    type: 'object',
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, ...properties },
  };
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(['target', 'endpoint', 'case', 'strict', 'out']));
  await expect(`${JSON.stringify(content, null, 2)}\n`).toMatchFileSnapshot(
    fileURLToPath(new URL('config.schema.json', packageRoot)),
  );
});

test('the schema takes what run takes', () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema());
  const fits = (content: object): boolean => validate(content);
  expect(fits({ $schema: './x', target: ['moto'], case: 'a*', concurrency: 4, strict: true, out: 'out' })).toBe(true);
  expect([{ targets: 'moto' }, { concurrency: '4' }, { out: ['a'] }, { strict: 'yes' }].filter(fits)).toEqual([]);
});

function typeOf(takes: string | undefined, repeats: boolean): object {
  if (takes === undefined) return { type: 'boolean' };
  if (takes === 'N') return { type: 'integer' };
  const one = { type: 'string', minLength: 1 };
  return repeats ? { anyOf: [one, { type: 'array', items: one }] } : one;
}

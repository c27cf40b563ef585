import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadManifest, ManifestError, targetNames } from './manifest.ts';

const packageRoot = new URL('../', import.meta.url);
const shipped = await targetNames(packageRoot);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifest-test-'));
});

afterAll(() => rm(folder, { recursive: true }));

test('six targets are shipped', () => {
  expect(shipped).toEqual(['cognito-local', 'cognito-local-image', 'ministack', 'mock', 'mock-served', 'moto']);
});

test.each(shipped)('%s satisfies the schema and bears its file name', async (name) => {
  const manifest = await loadManifest(name, packageRoot);
  expect(manifest.name).toBe(name);
  expect(manifest.selfTest === true).toBe(name.startsWith('mock'));
});

test('the schema is one of JSON Schema, as is not asked at every start', async () => {
  const schema = JSON.parse(await readFile(new URL('targets/manifest.schema.json', packageRoot), 'utf8')) as object;
  expect(new Ajv2020().validateSchema(schema)).toBe(true);
  expect(new Ajv2020().validateSchema({ ...schema, type: 'objekt' })).toBe(false);
});

test('an unknown name lists the targets', async () => {
  await expect(loadManifest('cognito-locl', packageRoot)).rejects.toThrow(
    new ManifestError(
      'no target "cognito-locl"; there are cognito-local, cognito-local-image, ministack, mock, mock-served, moto, or the path of a manifest',
    ),
  );
});

test('a manifest is loaded by its path, and its baseline lies beside it', async () => {
  const file = await altered({ baseline: 'mine.known-failures.json' });
  expect((await loadManifest(file, packageRoot)).baseline).toBe(join(folder, 'mine.known-failures.json'));
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'an unknown member',
    { regoin: 'x' },
    '/regoin: is unknown; there are formatVersion, name, about, selfTest, start, admin, ready, version, region, credentials, values, pools, features, codes, messages, triggers, signingKey, reset, baseline, concurrency, keepAlive, quirks',
  ],
  ['a missing member', { region: undefined }, '/region: is missing'],
  ['a wrong word', { start: { mock: 'fast' } }, '/start/mock: is "fast"; must be one of in-process, served'],
  ['a wrong type', { concurrency: 'two' }, '/concurrency: is "two"; must be integer'],
  ['a wrong version', { formatVersion: 2 }, '/formatVersion: is 2; must be 1'],
  [
    'two ways to start',
    { start: { mock: 'served', url: 'http://127.0.0.1' } },
    '/start: has {"mock":"served","url":"http://127.0.0.1"}; needs exactly one of mock, command, image, url',
  ],
  [
    'a port that is none',
    { start: { image: { name: 'x', port: 70_000 } } },
    '/start/image/port: is 70000; must be <= 65535',
  ],
  [
    'a code in a container without a folder',
    {
      triggers: undefined,
      start: { image: { name: 'x', port: 1 } },
      codes: { file: '${Username}.json', pointer: '/0' },
    },
    '/codes/file: is in the folder of the target; /start/image/folder must name it',
  ],
  [
    'a file in no folder of a container',
    { triggers: undefined, start: { image: { name: 'x', port: 1, files: { '/a': '', b: '' } } } },
    '/start/image/files/b: is in the folder of the target; /start/image/folder must name it',
  ],
  [
    'a label of a command',
    { triggers: undefined, start: { command: { program: 'x' } }, version: { label: 'x' } },
    '/version: "label" is read of an image, "package" and "run" of a command',
  ],
  [
    'a command without a program',
    { start: { command: { args: [] } } },
    '/start/command: has {"args":[]}; needs exactly one of program, script',
  ],
  [
    'a variable that is no text',
    { start: { command: { program: 'x', environment: { A: 1 } } } },
    '/start/command/environment/A: is 1; must be one of string, null',
  ],
  [
    'a place that is nowhere',
    { codes: { pointer: '/0' } },
    '/codes: has {"pointer":"/0"}; needs exactly one of file, get, fixed, output, mail, trigger',
  ],
  [
    'two ways to read codes',
    { codes: { fixed: '1', output: '${Username}(?<code>1)' } },
    '/codes: has {"fixed":"1","output":"${Username}(?<code>1)"}; needs exactly one of file, get, fixed, output, mail, trigger',
  ],
  ['a fixed code at a place', { codes: { fixed: '1', pointer: '/a' } }, '/codes/pointer: goes with file or get alone'],
  [
    'a pattern that is none',
    { codes: { get: '/${Username}', pattern: '(' } },
    '/codes/pattern: Invalid regular expression: /(/g: Unterminated group',
  ],
  [
    'a mail without a code',
    { codes: { mail: '\\d+' }, start: { command: { program: 'x', args: ['$SMTP_PORT'] } }, triggers: undefined },
    '/codes/mail: lacks a group named code, "(?<code>...)"',
  ],
  [
    'mails that the target is not told of',
    { messages: { mail: true } },
    '/start: lacks $SMTP_PORT, where the run receives the mails that are to be read',
  ],
  [
    'mails that nobody reads',
    { start: { command: { program: 'x', args: ['$SMTP_PORT'] } }, triggers: undefined },
    '/start: has $SMTP_PORT, and neither "codes" nor "messages" are read of mails',
  ],
  [
    'events of no functions',
    { codes: { trigger: 'CustomMessage', pointer: '/request/codeParameter' }, triggers: undefined },
    '/codes: come from a trigger, and "triggers" is not declared',
  ],
  ['a trigger without a pointer', { codes: { trigger: 'CustomMessage' } }, '/codes/pointer: is missing'],
  [
    'a place with another name in it',
    { codes: { get: '/${User}/${Username}', pointer: '/0' } },
    '/codes: has ${User}; there are ${UserPoolId} and ${Username}',
  ],
  [
    'a place of everybody',
    { messages: { output: '(?<to>x)' } },
    '/messages: lacks ${Username}: it is to be read of one user',
  ],
  [
    'an output without an address',
    { messages: { output: '${Username}' } },
    '/messages/output: lacks a group named to, "(?<to>...)"',
  ],
  [
    'functions that the target is not told of',
    { triggers: true, start: { url: 'http://127.0.0.1:1' } },
    '/triggers: nothing in "start" tells the target of $FUNCTIONS, where its functions are',
  ],
  [
    'functions that are not declared',
    { triggers: undefined, start: { command: { program: 'x', args: ['$FUNCTIONS'] } } },
    '/start: has $FUNCTIONS, and "triggers" is not declared',
  ],
  [
    'signed calls of the mock that go elsewhere',
    { admin: 'http://127.0.0.1:1' },
    '/admin: the mock has one door; "admin" goes with a url, a command or an image',
  ],
  [
    'a URL without a host',
    { triggers: undefined, start: { url: 'http://' } },
    '/start/url: "http://" is not an http or https URL without user name, password, query and fragment, such as http://127.0.0.1:9229',
  ],
  [
    'a door that is no URL',
    { triggers: undefined, start: { url: 'http://127.0.0.1:1' }, admin: '127.0.0.1:9229' },
    '/admin: "127.0.0.1:9229" is not an http or https URL without user name, password, query and fragment, such as http://127.0.0.1:9229',
  ],
  [
    'a door with a query',
    { triggers: undefined, start: { url: 'http://127.0.0.1:1' }, admin: 'http://127.0.0.1:1/?a=b' },
    '/admin: "http://127.0.0.1:1/?a=b" is not an http or https URL without user name, password, query and fragment, such as http://127.0.0.1:9229',
  ],
])('%s is named with its pointer', async (_, change, message) => {
  const file = await altered(change);
  await expect(loadManifest(file, packageRoot)).rejects.toThrow(new ManifestError(`${file}: ${message}`));
});

test('a slash at the end of a base URL is no part of it', async () => {
  const start = { url: 'http://127.0.0.1:1/' };
  const file = await altered({ triggers: undefined, start, admin: 'http://127.0.0.1:2/cognito//' });
  expect((await loadManifest(file, packageRoot)).admin).toBe('http://127.0.0.1:2/cognito');
});

test('a manifest that is no JSON or not there is named', async () => {
  const file = join(folder, 'broken.json');
  await writeFile(file, '{');
  await expect(loadManifest(file, packageRoot)).rejects.toThrow(`${file}: is not JSON: `);
  await writeFile(file, '[]');
  await expect(loadManifest(file, packageRoot)).rejects.toThrow(`${file}: is []; must be object`);
  await expect(loadManifest(join(folder, 'none.json'), packageRoot)).rejects.toThrow(
    'none.json: there is no such file',
  );
});

/** The mock's manifest with some members changed, in a file. */
async function altered(change: Record<string, unknown>): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL('mock.json', import.meta.url), 'utf8')) as object;
  const file = join(folder, 'altered.json');
  await writeFile(file, JSON.stringify({ ...manifest, ...change }));
  return file;
}

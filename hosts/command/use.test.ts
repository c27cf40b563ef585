import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../package.ts';
import { command, file, folder, ONE } from './command.test-data.ts';
import { said } from './in-process.test-data.ts';

const AWS = '--target aws --account 123456789012 --region eu-west-1';
const MANIFEST = fileURLToPath(new URL('targets/moto.json', packageRoot));

describe('wrong use is one line that says what there is, and exit code 2', () => {
  test.each<[args: string, line: string | RegExp]>([
    ['runn', 'no command "runn"; there are run, compare, report, list, explain, init, aws, mock. Did you mean "run"?'],
    ['toString', 'no command "toString"; there are run, compare, report, list, explain, init, aws, mock.'],
    ['--target mock', 'no command "--target"; there are run, compare, report, list, explain, init, aws, mock.'],
    ['run --targt mock', /^run has no --targt; it has --target, .*\. Did you mean --target\?$/],
    ['run -t mock', /^run has no -t; it has --target, /],
    ['run --target=mock --no-strict', /^run has no --no-strict; it has .*\. Did you mean --strict\?$/],
    ['run mock', /^run takes no "mock"; it takes --target, /],
    [
      'run',
      'run needs a target: --target NAME (there are cognito-local, cognito-local-image, ministack, mock, mock-served, moto, aws, the path of a manifest, or replay:DIR) or --endpoint URL',
    ],
    ['run --target', '--target needs a value: --target VALUE'],
    ['run --target=', '--target needs a value: --target VALUE'],
    ['run --target mock --out --trace', '--out needs a value: --out VALUE'],
    ['run --target mock --strict=yes', '--strict takes no value'],
    [
      'run --target mok',
      'no target "mok"; there are cognito-local, cognito-local-image, ministack, mock, mock-served, moto, aws, the path of a manifest, or replay:DIR. Did you mean "mock"?',
    ],
    [
      'run --target mock --target moto --reference mock',
      '--reference is for one target; compare the targets one by one',
    ],
    [
      'run --target mock --reference mock --strict',
      '--strict and --reference exclude each other: what is judged is only how answers differ',
    ],
    [
      'run --target mock --reference http://[',
      '--reference "http://[" is not an http or https URL, such as http://127.0.0.1:9229',
    ],
    [
      'run --target mock --reference http://127.0.0.1:1/?a=b',
      '--reference http://127.0.0.1:1 takes no user name, password, query or fragment',
    ],
    [
      'run --endpoint http://127.0.0.1:1/ --reference http://127.0.0.1:1',
      '--reference http://127.0.0.1:1 is the endpoint itself: give the address behind the proxy',
    ],
    ['run --target mock --target mock', 'the target "mock" is named twice'],
    [
      'run --target mock --reporter terminl',
      /^no reporter "terminl"; there are terminal, markdown, html, json\b.*\. Did you mean "terminal"\?$/,
    ],
    [
      `run --target mock --case ${ONE}s`,
      `no case "${ONE}s"; see them with: npx cognito-conformance list. Did you mean "${ONE}"?`,
    ],
    ['list --coverage --lonely', '--coverage and --lonely exclude each other'],
    [`list --coverage --case ${ONE}`, '--coverage is about the whole suite; it takes no --case'],
    ['explain', 'explain needs the id of a case: explain ID; see them with: npx cognito-conformance list'],
    [`explain ${ONE}s`, `no case "${ONE}s"; see them with: npx cognito-conformance list. Did you mean "${ONE}"?`],
    [`explain ${ONE} again`, 'explain takes no "again"; it takes --script, ID'],
    [`explain --json ${ONE}`, 'explain has no --json; it has --script.'],
    [
      `explain ${ONE}s --script`,
      `no case "${ONE}s"; see them with: npx cognito-conformance list. Did you mean "${ONE}"?`,
    ],
    [
      'explain wire/letters-beyond-ascii --script',
      'wire/letters-beyond-ascii has 2 rows, a script each; name one: wire/letters-beyond-ascii/utf-8, wire/letters-beyond-ascii/escaped',
    ],
    [
      'explain wire/request-id --script',
      'wire/request-id has no script: it is held against every answer of a run, and has no requests of its own',
    ],
    ['run --target mock --quiet --verbose', '--quiet and --verbose exclude each other'],
    [
      'run --target mock --json --reporter terminal',
      '--json and --reporter terminal exclude each other: both write to standard output',
    ],
    [
      'run --target mock --json --reporter markdown',
      '--json and --reporter markdown both write to standard output: give results.md a folder with --out DIR',
    ],
    ['report a.json --quiet --verbose', '--quiet and --verbose exclude each other'],
    ['run --target mock --quiet=yes', '--quiet takes no value'],
    ['run --target mock --reporter html', 'html is a page for a browser: say where with --out DIR, or --open it'],
    [
      'run --target mock --reporter terminal --reporter markdown',
      '--reporter terminal and --reporter markdown both write to standard output: give results.md a folder with --out DIR',
    ],
    [
      'report a.json --reporter junit --reporter terminal --open',
      '--reporter junit and --reporter terminal both write to standard output: give results.junit.xml a folder with --out DIR',
    ],
    [
      'run --target mock --target mock-served --reporter badge',
      '--reporter badge writes a file a target: give those of 2 a folder with --out DIR',
    ],
    [
      'run --target mock --reporter terminal --reporter json',
      '--reporter terminal and --reporter json both write to standard output: ask for one of them',
    ],
    [
      'run --target mock --reporter terminal --reporter github --reporter json --out out',
      /^--reporter terminal and --reporter \w+ both write to standard output: ask for one of them$/,
    ],
    [
      'explain no-such-user',
      'no case "no-such-user"; see them with: npx cognito-conformance list. Did you mean "AdminDeleteUserAttributes/no-such-user" or "AdminGetUser/no-such-user" or "AdminUpdateUserAttributes/no-such-user"?',
    ],
    [`run --target mock --baseline ${MANIFEST}`, `${MANIFEST} is a manifest of a target, no baseline`],
    [
      'explain expired-token',
      'no case "expired-token"; see them with: npx cognito-conformance list. Did you mean "UpdateUserAttributes/expired-token"?',
    ],
    [
      'list --case UpdateUserAttrbutes/*',
      'no case "UpdateUserAttrbutes/*"; see them with: npx cognito-conformance list. Did you mean "UpdateUserAttributes/*"?',
    ],
    ['list --case UpdateUserAttrbutes/none*', /list\.$/],
    ['compare --outt a', /^compare has no --outt; it has [^A-Z]*$/],
    ['list --case nothing', 'no case "nothing"; see them with: npx cognito-conformance list.'],
    [
      'run --target aws',
      '--target aws needs --account ID and --region NAME, such as --account 123456789012 --region eu-west-1: it works in no other',
    ],
    [
      'run --target aws --account 123456789012',
      '--target aws needs --account ID and --region NAME, such as --account 123456789012 --region eu-west-1: it works in no other',
    ],
    [`run --target aws --account 1234 --region eu-west-1`, '--account "1234" is no id of an account: twelve digits'],
    [
      'run --target aws --account 123456789012 --region Ireland',
      '--region "Ireland" is no name of a region, such as eu-west-1',
    ],
    [
      `run ${AWS}`,
      '--target aws asks before it makes anything, and there is nobody to ask: look at "aws plan", and give --yes',
    ],
    [
      `run ${AWS} --yes --target mock`,
      '--target aws is run alone: run the others by themselves, and join the results with report',
    ],
    [
      `run ${AWS} --yes --endpoint http://127.0.0.1:1`,
      '--target aws is run alone: run the others by themselves, and join the results with report',
    ],
    [`run ${AWS} --yes --via browser`, '--via browser and --target aws exclude each other: there cases go by the wire'],
    [
      `run ${AWS} --yes --reference mock`,
      '--reference is for proxies, and --target aws is the service: compare recordings of both',
    ],
    [`run ${AWS} --yes --quota UserUpdate`, '--quota "UserUpdate" is not CATEGORY=N, such as UserUpdate=10'],
    [
      'run --target mock --reference aws',
      '--reference aws: a real account is a target of its own; compare recordings of both',
    ],
    ['run --target mock --yes', '--yes goes with --target aws'],
    ['run --target mock --region eu-west-1', '--region goes with --target aws'],
    ['run --target awss', /DIR\. Did you mean "aws"\?$/],
    ['aws', 'aws needs a word: aws plan | sweep.'],
    ['aws plann', 'aws has no "plann": aws plan | sweep. Did you mean "plan"?'],
    [
      'aws plan twice',
      'aws takes no "twice"; it takes --case, --quota, --account, --region, --run, --older-than, --yes, --json, plan | sweep',
    ],
    ['aws plan --yes', 'aws plan has no --yes; it has --case, --quota, --json'],
    [
      'aws sweep --account 123456789012 --region eu-west-1 --run a',
      '--run "a" is no id of a run, which is eight letters and digits; the run prints it when it begins, and the names of its pools have it',
    ],
    ['aws plan --quota UserUpdate', '--quota "UserUpdate" is not CATEGORY=N, such as UserUpdate=10'],
    ['run --target mock --concurrency 0', '--concurrency "0" is not a number from 1 to 999'],
    ['run --target mock --concurrency many', '--concurrency "many" is not a number from 1 to 999'],
    [
      'run --endpoint localhost:9229',
      '--endpoint "localhost:9229" is not an http or https URL, such as http://127.0.0.1:9229',
    ],
    [
      'run --endpoint ftp://localhost',
      '--endpoint "ftp://localhost" is not an http or https URL, such as http://127.0.0.1:9229',
    ],
    [
      'run --endpoint http://ann:secret@localhost',
      '--endpoint http://localhost takes no user name, password, query or fragment',
    ],
    [
      'run --endpoint https://cognito-idp.us-east-1.amazonaws.com',
      'cognito-idp.us-east-1.amazonaws.com is the service itself, where every pool and user is real: run there with --target aws --account ID --region NAME',
    ],
    ['run --target none.json', /^\S+none\.json: there is no such file; name a target or the path of its manifest$/],
    ['run --target mock --baseline none.json', 'the baseline none.json cannot be read: there is no such file'],
    [
      'run --target mock --target moto --baseline some.json',
      '--baseline and --write-baseline are for one target; run the targets one by one',
    ],
    ['run --target mock --prune', 'mock has no baseline to prune: name it with --baseline FILE or in its manifest'],
    ['run --target moto --prune --no-baseline', '--prune and --no-baseline exclude each other'],
    ['run --target moto --prune --write-baseline a.json', '--prune and --write-baseline exclude each other'],
    ['mock --port 65536', '--port "65536" is not a number from 0 to 65535'],
    ['mock --port http', '--port "http" is not a number from 0 to 65535'],
    ['mock --port=-1', '--port "-1" is not a number from 0 to 65535'],
    [
      'mock --lambda-endpoint 127.0.0.1:3001',
      '--lambda-endpoint "127.0.0.1:3001" is not an http or https URL, such as http://127.0.0.1:3001',
    ],
    [
      'mock --lambda-endpoint ftp://a',
      '--lambda-endpoint "ftp://a" is not an http or https URL, such as http://127.0.0.1:3001',
    ],
    ['mock --port 0x50', '--port "0x50" is not a number from 0 to 65535'],
  ])('%s', async (args, line) => {
    const { code, stdout, stderr } = await said(...args.split(' '));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.endsWith('\n')).toBe(true);
    const told = stderr.slice(0, -1);
    if (typeof line === 'string') expect(told).toBe(line);
    else expect(told).toMatch(line);
    expect(told.split('\n')).toHaveLength(1);
  });
});

test('without a command the help is an error, with --help it is an answer', async () => {
  const [none, asked, ofRun, version] = await Promise.all([
    command(),
    command('--help'),
    command('run', '--help'),
    command('-v'),
  ]);
  expect([none.code, none.stdout, none.stderr]).toEqual([2, '', asked.stdout]);
  expect([asked.code, asked.stderr]).toEqual([0, '']);
  expect(asked.stdout).toMatch(/^cognito-conformance \d+\.\d+\.\d+: does it behave as Amazon Cognito does\?\n/);
  expect([ofRun.code, ofRun.stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^cognito-conformance run /)]);
  expect([version.code, version.stdout]).toEqual([0, expect.stringMatching(/^cognito-conformance \d+\.\d+\.\d+\n$/)]);
});

test('list names every case, with or without JSON', async () => {
  const [text, json] = await Promise.all([
    command('list'),
    command('list', '--json', '--case', 'UpdateUserAttributes/forged-token'),
  ]);
  expect([text.code, json.code]).toEqual([0, 0]);
  expect(text.stdout).toMatch(/^UpdateUserAttributes\/expired-token +must +an expired token is refused$/m);
  expect(text.stdout).toMatch(
    /\n\n\d+ cases by the strongest source each cites: \d+ on recordings by this project, .+\.\n$/,
  );
  const rows = JSON.parse(json.stdout) as { id: string }[];
  expect(rows.map(({ id }) => id)).toEqual(
    ['longer-life', 'foreign-key', 'unsigned'].map((row) => `UpdateUserAttributes/forged-token/${row}`),
  );
  expect(Object.keys(rows[0] ?? {})).toEqual(
    expect.arrayContaining(['id', 'title', 'level', 'evidence', 'restsOn', 'file']),
  );
});

const mock = JSON.parse(readFileSync(new URL('targets/mock.json', packageRoot), 'utf8')) as object;

describe('a malformed file is named with its place and what is allowed, and exit code 2', () => {
  test.each<[name: string, flag: string, content: unknown, line: string]>([
    ['torn.json', '--target', '{"name":', ': is not JSON: Unexpected end of JSON input'],
    ['unknown.json', '--target', { ...mock, regoin: 'x' }, ': /regoin: is unknown; there are formatVersion, name, '],
    ['other.json', '--target', { ...mock, formatVersion: 2 }, ': /formatVersion: is 2; must be 1'],
    ['torn-baseline.json', '--baseline', '[', ' cannot be read: '],
    ['no-baseline.json', '--baseline', { formatVersion: 1, about: 'x' }, ' at /: lacks "failures"'],
    [
      'wrong-id.json',
      '--baseline',
      { formatVersion: 1, about: 'x', failures: [{ id: `${ONE}s`, reason: 'r', fingerprint: '1: x' }] },
      `: /failures/0: no case "${ONE}s". Did you mean "${ONE}"?`,
    ],
    [
      'wrong-range.json',
      '--baseline',
      { formatVersion: 1, about: 'x', versions: 'five', failures: [] },
      ': "versions" is "five", which is no npm version range',
    ],
  ])('%s', async (name, flag, content, line) => {
    const path = file(name, content);
    const target = flag === '--target' ? [] : ['--target', 'mock'];
    const { code, stdout, stderr } = await said('run', ...target, flag, path);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${path}${line}`);
  });
});

test('a wrong baseline of the second target is found before the first is run', async () => {
  const failures = [{ id: `${ONE}s`, reason: 'r', fingerprint: '1: x' }];
  const baseline = file('wrong-second.json', { formatVersion: 1, about: 'x', failures });
  const second = file('second.json', { ...mock, name: 'second', baseline: 'wrong-second.json' });
  const out = join(folder, 'second');
  const targets = ['--target', 'mock', '--target', second];
  const { code, stdout, stderr } = await said('run', ...targets, '--case', ONE, '--out', out);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(`${baseline}: /failures/0: no case "${ONE}s". Did you mean "${ONE}"?\n`);
  expect(existsSync(join(out, 'mock', 'results.json'))).toBe(false);
});

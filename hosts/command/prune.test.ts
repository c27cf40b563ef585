import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { about } from '../../package.ts';
import { file, firstLine, start } from './command.test-data.ts';
import { said } from './in-process.test-data.ts';

const CASES = ['GetUser/bad-token', 'UpdateUserAttributes/scope-in-part/longer', 'UpdateUserAttributes/garbage-token'];
const SCOPE = '1: GetUser#1 must error 200';

/** The mock without a look at scopes, and a baseline of it as its owner wrote it long ago. */
async function scopeless(name: string, failures: object[]): Promise<{ args: string[]; path: string }> {
  const url = await firstLine(start(['mock', '--fault', 'never-checks-scope']));
  const path = file(`${name}-known.json`, { formatVersion: 1, about: 'Known.', suite: '0.0.9', failures });
  const manifest = file(`${name}.json`, {
    formatVersion: 1,
    name,
    about: 'Never checks a scope.',
    start: { url },
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    values: {},
    signingKey: { get: '/_mock/keys', pointer: '/jwk' },
    baseline: `./${basename(path)}`,
  });
  return { args: ['run', '--target', manifest, ...CASES.flatMap((id) => ['--case', id])], path };
}

const known = { id: 'GetUser/bad-token/without-scope', reason: 'scopes are not ours', issue: '#1', fingerprint: SCOPE };

test('--prune takes out what passes now and moves what has another id now; all else stays as people wrote it', async () => {
  const unrun = { id: 'InitiateAuth/verified-alias', reason: 'no aliases', fingerprint: '1: x' };
  const { args, path } = await scopeless('pruned', [
    unrun,
    known,
    { id: 'GetUser/bad-token/garbage', reason: 'mended', fingerprint: '1: x' },
    { id: 'UpdateUserAttributes/scope-in-part/shorter', reason: 'no scopes', issue: '#2', fingerprint: '1: x' },
    { id: 'UpdateUserAttributes/dead-token-before-unknown-names/garbage', reason: 'mended too', fingerprint: '1: x' },
    { id: 'AdminUpdateUserAttributes/verified-flag-without-address/email', reason: 'gone', fingerprint: '1: x' },
  ]);
  const refused = await said(...args);
  expect([
    refused.code,
    refused.stderr
      .trim()
      .split('\n')
      .map((line) => line.replace(`${path}: `, '')),
  ]).toEqual([
    2,
    [
      expect.stringMatching(
        /^\/failures\/3: "UpdateUserAttributes\/scope-in-part\/shorter" was retired: .+\. It is now "UpdateUserAttributes\/scope-in-part\/longer": --prune moves the entry there$/,
      ),
      expect.stringMatching(/^\/failures\/4: ".+\/garbage" was retired: .+: --prune moves the entry there$/),
      expect.stringMatching(/^\/failures\/5: ".+\/email" was retired: .+\. --prune takes the entry out$/),
    ],
  ]);

  const { code, stdout, stderr } = await said(...args, '--prune');
  expect(stdout).toContain(' differs only as known: ');
  expect(stderr.trim().split('\n')).toEqual([
    `${path}: the entry of UpdateUserAttributes/scope-in-part/shorter is now that of UpdateUserAttributes/scope-in-part/longer`,
    `${path}: the entry of UpdateUserAttributes/dead-token-before-unknown-names/garbage is now that of UpdateUserAttributes/garbage-token/word`,
    `${path}: the entry of AdminUpdateUserAttributes/verified-flag-without-address/email is gone with its case`,
    `taken out of ${path}, as they pass now: GetUser/bad-token/garbage, UpdateUserAttributes/garbage-token/word`,
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    formatVersion: 1,
    about: 'Known.',
    suite: about.version,
    failures: [
      known,
      unrun,
      {
        id: 'UpdateUserAttributes/scope-in-part/longer',
        reason: 'no scopes',
        issue: '#2',
        fingerprint:
          '1: UpdateUserAttributes#1 should error 200; UpdateUserAttributes#1 should attributes user.nickname altered',
      },
    ],
  });
  expect((await said(...args)).code).toBe(0);
});

test('where nothing passes that is known to fail, --prune leaves the file alone', async () => {
  const { args, path } = await scopeless('unpruned', [known]);
  const before = [readFileSync(path, 'utf8'), statSync(path).mtimeMs];
  const { code, stderr } = await said(...args, '--prune');
  expect([code, stderr]).toEqual([0, `nothing in ${path} passes now\n`]);
  expect([readFileSync(path, 'utf8'), statSync(path).mtimeMs]).toEqual(before);
});

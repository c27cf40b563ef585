import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { functionsOf } from './functions.ts';
import { callCommand, rawCommand } from './requests.ts';
import { comment, nameFor, option, variable, word } from './shell.ts';

const LONG = 'x'.repeat(2049);

test.each([
  ['a quote', "it's", "'it'\\''s'"],
  ['what a shell would carry out', '$(touch x) `touch x` $HOME !! \\', "'$(touch x) `touch x` $HOME !! \\'"],
  ['lines', 'a\nb', "'a\nb'"],
  ['nothing', '', "''"],
  ['a variable', `a ${variable('HOST')} b`, `'a '"$HOST"' b'`],
  ['a long run', `<${LONG}>`, `'<'"$(repeat 2049 x)"'>'`],
  ['a long run of a letter beyond ASCII', '😀'.repeat(41), '"$(repeat 41 😀)"'],
  ['a run that can be read', 'x'.repeat(39), `'${'x'.repeat(39)}'`],
])('%s is one word of a shell', (_, text, written) => {
  expect(word(text)).toBe(written);
  const script = `set -eu; HOST=one; ${functionsOf(`$(repeat 1 x)`).join('\n')}\nprintf '<%s>' ${written} ''`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(`<${text.replace(variable('HOST'), 'one')}><>`);
});

test('what a person would write bare is bare, and only that', () => {
  expect(['http://127.0.0.1:9229/a-b', 'a b', 'a;b', "a'"].map(option)).toEqual([
    'http://127.0.0.1:9229/a-b',
    "'a b'",
    "'a;b'",
    "'a'\\'''",
  ]);
});

test('a comment ends where its line does', () => {
  expect(comment('said\nrm -rf\r\u2028x')).toBe('# said\\nrm -rf\\r\\u2028x');
});

test('variables are named as the API names members', () => {
  expect([nameFor('user', 'AccessToken'), nameFor('signIn', 'x-1'), nameFor('user', 'custom:team')]).toEqual([
    'USER_ACCESS_TOKEN',
    'SIGN_IN_X_1',
    'USER_CUSTOM_TEAM',
  ]);
});

test('a call and a raw request bear the headers of the suite and no others', () => {
  expect(callCommand('GetUser', { AccessToken: variable('TOKEN') }, { signed: true, headers: { 'x-empty': '' } })).toBe(
    `signed "$ENDPOINT/" --compressed \\
  -H 'content-type: application/x-amz-json-1.1' \\
  -H 'x-amz-target: AWSCognitoIdentityProviderService.GetUser' \\
  -H 'x-empty;' \\
  --data-raw '{"AccessToken":"'"$TOKEN"'"}'`,
  );
  expect(rawCommand({ method: 'PUT', path: '/a?b={c}', body: '@file' })).toBe(
    `send -X PUT "$ENDPOINT"'/a?b={c}' \\
  -H content-type: \\
  --data-raw '@file'`,
  );
  expect(rawCommand({ method: 'OPTIONS', headers: { origin: 'https://a.example' } })).toBe(
    `send -X OPTIONS "$ENDPOINT"/ \\
  -H 'origin: https://a.example'`,
  );
});

test('a script holds the functions that it calls, and those that these call', () => {
  const names = (text: string): string[] => functionsOf(text).map((code) => /^(\w+)\(\)/m.exec(code)?.[1] ?? code);
  expect(names('show "$A"')).toEqual(['cognito', 'show']);
  expect(names('signed "$ENDPOINT/"')).toEqual(['send', 'signed']);
  expect(names(`cognito_says 'It must send nothing.'`)).toEqual(['cognito_says']);
  expect(names('A=$(curl x | member a)')).toEqual(['member']);
});

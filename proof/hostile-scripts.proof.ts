import { expect, test } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import { reproduction } from '../hosts/reproduction/script.ts';
import { about, packageRoot } from '../package.ts';
import { evil } from './hostile/payload.ts';
import { ranWith } from './hostile/scripts.ts';

const suite = loadSuite(packageRoot, about);
const MESSAGES = '/_mock/messages/${UserPoolId}/${Username}';
const AGAINST = {
  endpoint: 'http://127.0.0.1:9',
  codes: { get: MESSAGES, pointer: '/0/code' },
  messages: { get: MESSAGES, pointer: '' },
  signingKey: { get: '/_mock/keys', pointer: '/jwk' },
};

test.each([
  ['a file to read', 'file://owned'],
  ['a file of bytes', 'fileb://owned'],
  ['a flag', '--endpoint-url=http://127.0.0.1:9/elsewhere'],
  ['commands', evil('http://127.0.0.1:9').replaceAll('\u0000', '')],
  ['commands within JSON', `{"jwk":"$(touch owned)","0":{"code":"'; touch owned; '"}}`],
])('no script carries out or hands on what a target says: %s', async (_, said) => {
  const scripts = suite.cases
    .filter((one, index) => index % 40 === 0 || (index % 7 === 0 && JSON.stringify(one.steps).includes('"$code"')))
    .flatMap((one) => reproduction(one, suite, AGAINST, { whole: said, steps: new Map([[0, [said]]]) }) ?? []);
  expect(scripts.length).toBeGreaterThan(20);
  for (const script of scripts) {
    const { words, owned } = await ranWith(script, said);
    expect(owned).toBe(false);
    expect(words.length).toBeGreaterThan(1);
    // Where it is handed on, it stands within a text of ours.
    expect(words.filter((word) => word.startsWith(said.slice(0, 18)))).toEqual([]);
  }
});

import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readMessages } from './messages.ts';
import type { Surroundings } from './place.ts';
import { TargetError } from './target-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'messages-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const user = { UserPoolId: 'pool', Username: 'ada+1' };
const around = (body: unknown, status = 200): Surroundings => ({
  target: 'some',
  folder: () => folder,
  output: join(folder, 'output.log'),
  get: async () => ({ status, body: JSON.stringify(body) }),
  call: async () => {},
});
const place = { get: '/messages/${Username}', pointer: '/list' };

test('messages stand in a list; without a medium the address tells it', async () => {
  const list = [{ to: 'a@b.c', code: '1' }, { to: '+15', medium: 'SMS' }, { to: '+16' }];
  expect(await readMessages(place, around({ list }), user)).toEqual([
    { to: 'a@b.c', medium: 'EMAIL' },
    { to: '+15', medium: 'SMS' },
    { to: '+16', medium: 'SMS' },
  ]);
});

test('a user without messages has none, and a place without a list is said', async () => {
  expect(await readMessages(place, around({}), user)).toEqual([]);
  expect(await readMessages(place, around({}, 404), user)).toEqual([]);
  const wrong = new TargetError('some', 'no list at "messages"; its manifest must point at one');
  await expect(readMessages(place, around({ list: {} }), user)).rejects.toEqual(wrong);
  const nameless = new TargetError('some', 'a message at "messages" has no text as its "to"');
  await expect(readMessages(place, around({ list: [{ address: 'a@b.c' }] }), user)).rejects.toEqual(nameless);
});

test('messages are found in what the process wrote, also in lines that it held back', async () => {
  const log = join(folder, 'output.log');
  writeFileSync(log, 'To ada+1: a@b.c\nTo ada1: x@b.c\n');
  let held = 'To ada+1: +15\n';
  const call = async (operation: string): Promise<void> => {
    appendFileSync(log, held);
    held = `unknown ${operation}\n`;
  };
  const place = { output: 'To ${Username}: (?<to>\\S+)' };
  expect(await readMessages(place, { ...around({}), call }, user)).toEqual([
    { to: 'a@b.c', medium: 'EMAIL' },
    { to: '+15', medium: 'SMS' },
  ]);
  const silent = new TargetError('some', 'its output does not tell of unknown operations: nothing can be read from it');
  await expect(readMessages(place, around({}), user)).rejects.toEqual(silent);
});

test('only a command has an output', async () => {
  const wrong = new TargetError('some', 'no output to read; it is known only of a command');
  const url = { ...around({}), output: undefined };
  await expect(readMessages({ output: '(?<to>x)' }, url, user)).rejects.toEqual(wrong);
});

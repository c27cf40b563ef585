import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCode, type Served } from './codes.ts';
import type { CodePlace } from './manifest.ts';
import type { Surroundings } from './place.ts';

const folder = mkdtempSync(join(tmpdir(), 'codes-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const owner = { UserPoolId: 'pool', Username: 'ada+1', unique: '1234567890' };
const read = (place: CodePlace, body = '', served: Served = {}, whose = owner): Promise<string | undefined> => {
  const around: Surroundings = {
    target: 'some',
    folder: () => folder,
    output: join(folder, 'output.log'),
    get: async () => (body === '' ? { status: 404, body } : { status: 200, body }),
    call: async (operation) => writeFileSync(join(folder, 'output.log'), `unknown ${operation}\n`, { flag: 'a' }),
  };
  return readCode(place, whose, around, served);
};

test('a code may always be the same', async () => {
  expect(await read({ fixed: '0' })).toBe('0');
});

test('a code stands in JSON, as a number or as a part of a text, or in a text that is no JSON', async () => {
  const get = '/codes/${Username}';
  expect(await read({ get, pointer: '/a' }, '{"a":12}')).toBe('12');
  expect(await read({ get, pointer: '/a', pattern: '\\d{6}' }, '{"a":"Your codes: 111111, then 222222."}')).toBe(
    '222222',
  );
  expect(await read({ get, pattern: '${Username}: (?<code>\\d+)' }, 'ada1: 1\nada+1: 2\nada1: 3')).toBe('2');
  expect(await read({ get, pattern: 'none' }, 'Your code is 1.')).toBe(undefined);
  expect(await read({ get, pattern: '\\d' })).toBe(undefined);
  writeFileSync(join(folder, 'ada%2B1.txt'), 'Your code is 333333.');
  expect(await read({ file: '${Username}.txt', pattern: 'is (?<code>\\d+)' })).toBe('333333');
});

test('the last code of a user in what the process wrote is the newest', async () => {
  writeFileSync(join(folder, 'output.log'), 'ada+1 gets 111111\nada+1 gets 222222\nada1 gets 333333\n');
  expect(await read({ output: '${Username} gets (?<code>\\d+)' })).toBe('222222');
  expect(await read({ output: '${Username} has (?<code>\\d+)' })).toBe(undefined);
});

test('the last event of a user that holds a code holds the newest', async () => {
  const event = (userName: string, triggerSource: string, code?: string) => ({
    userName,
    triggerSource,
    request: { code },
  });
  const events = [
    event('ada+1', 'CustomEmailSender_UpdateUserAttribute', '111111'),
    event('ada+1', 'CustomEmailSender_VerifyUserAttribute', '222222'),
    event('ada+1', 'CustomEmailSender_VerifyUserAttribute'),
    event('ada+1', 'CustomSMSSender_VerifyUserAttribute', '333333'),
    event('bob', 'CustomEmailSender_VerifyUserAttribute', '444444'),
  ];
  const functions = { define: async () => {}, forget: async () => {}, events: async () => events };
  const place = { trigger: 'CustomEmailSender', pointer: '/request/code' };
  expect(await read(place, '', { functions })).toBe('222222');
  expect(await read({ ...place, trigger: 'CustomMessage' }, '', { functions })).toBe(undefined);
});

test('an id is one part of a path, and never the folder above', async () => {
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'secret'), 'of the folder above');
  writeFileSync(join(folder, 'in', '%2E%2E'), 'its own');
  expect(await read({ file: 'in/${UserPoolId}' }, '', {}, { ...owner, UserPoolId: '..' })).toBe('its own');
  expect(await read({ file: 'up/${UserPoolId}/secret' }, '', {}, { ...owner, UserPoolId: '..' })).toBe(undefined);
  expect(await read({ file: 'in/${UserPoolId}' }, '', {}, { ...owner, UserPoolId: '../secret' })).toBe(undefined);
});

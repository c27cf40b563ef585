import { expect, test } from 'vitest';
import type { Claim } from './case.ts';
import { unrecordedClaims } from './lint-recorded.ts';

const journal = 'recordings/2026-11-23/GetUser/bad.json';
const claim: Claim = {
  on: 'GetUser',
  tier: 'recorded',
  outcome: 'refused',
  status: 400,
  error: 'NotAuthorizedException',
  message: 'Invalid Access Token',
  source: 'our recording',
  recording: journal,
};
const answer = { __type: 'NotAuthorizedException', message: 'Invalid Access Token' };
const exchange = { call: 'GetUser', response: { status: 400, headers: [], body: JSON.stringify(answer) } };
const about = { target: { endpoint: 'https://cognito-idp.eu-west-1.amazonaws.com' } };
const good = {
  'recordings/2026-11-23/recording.json': about,
  [journal]: { recordingVersion: 1, of: 'GetUser/bad', labels: {}, entries: [exchange] },
};

function found(more: Partial<Claim> = {}, files: Readonly<Record<string, unknown>> = {}): string[] {
  const all: Readonly<Record<string, unknown>> = { ...good, ...files };
  const entry = { id: 'seen', statement: 'x', claims: [{ ...claim, ...more }] };
  return unrecordedClaims([entry], (path) => all[path]).map((fault) => fault.replace(/^.* recorded, and /, ''));
}

test('a claim that a recording of the service bears out is one of tier recorded', () => {
  expect(found()).toEqual([]);
  expect(found({ on: 'any' })).toEqual([]);
  const { recording: _, ...other } = claim;
  expect(unrecordedClaims([{ id: 'seen', statement: 'x', claims: [{ ...other, tier: 'observed' }] }], () => 1)).toEqual(
    [],
  );
});

test.each<[string, Partial<Claim>, Record<string, unknown>, string]>([
  ['no file', {}, { [journal]: undefined }, `there is no recording ${journal}`],
  ['another format', {}, { [journal]: { recordingVersion: 2, entries: [] } }, `there is no recording ${journal}`],
  ['another operation', { on: 'AdminGetUser' }, {}, `${journal} holds no answer to it`],
  ['another status', { status: 403 }, {}, `no answer to it in ${journal} is as claimed`],
  ['another error', { error: 'InternalErrorException' }, {}, `no answer to it in ${journal} is as claimed`],
  ['another text', { message: 'Invalid access token' }, {}, `no answer to it in ${journal} is as claimed`],
  [
    'a recording of an emulator',
    {},
    { 'recordings/2026-11-23/recording.json': { target: { endpoint: 'http://127.0.0.1:9229' } } },
    'recordings/2026-11-23/recording.json is of no endpoint of amazonaws.com',
  ],
])('%s is told', (_, more, files, fault) => {
  expect(found(more, files)).toEqual([fault]);
});

test('a claim of tier recorded that names no file is told', () => {
  const { recording: _, ...bare } = claim;
  expect(unrecordedClaims([{ id: 'seen', statement: 'x', claims: [bare] }], () => undefined)).toEqual([
    'seen: a claim on GetUser is of tier recorded, and names no recording',
  ]);
});

import { expect, test } from 'vitest';
import type { Step } from '../engine/case.ts';
import { runCase } from '../engine/run-case.ts';
import { closeSession } from '../engine/session.ts';
import { json, judge, lying, on, read, refused, some, write, written } from './verdicts.test-data.ts';

const type = json(200, { __type: 'Refused', message: 'No.' });
const envelope = json(200, { Output: { __type: 'Refused' }, Version: '1.0' });

test.each<[name: string, steps: Step[], operation: string, nth: number, verdict: string, reason: RegExp]>([
  [
    'a preparation',
    [write('after'), read],
    'UpdateUserAttributes',
    1,
    'blocked',
    /^UpdateUserAttributes answered 200 holding Refused/,
  ],
  [
    'a control',
    [refused],
    'UpdateUserAttributes',
    2,
    'blocked',
    /^the same request with nothing wrong in it is refused too: UpdateUserAttributes answered 200 holding Refused/,
  ],
  ['a fixture', [read], 'AdminSetUserPassword', 1, 'blocked', /^AdminSetUserPassword answered 200 holding Refused/],
  ['a pool', [read], 'CreateUserPool', 1, 'blocked', /^CreateUserPool answered 200 holding Refused/],
  ['an observation', [read], 'AdminGetUser', 1, 'blocked', /^AdminGetUser answered 200 holding Refused$/],
  ['a step', [written], 'UpdateUserAttributes', 1, 'fail', /^UpdateUserAttributes: 200 holding Refused instead of 200/],
  [
    'a refusal',
    [{ ...refused, expect: { error: 'Refused' } }],
    'UpdateUserAttributes',
    1,
    'fail',
    /^UpdateUserAttributes: 200 holding Refused instead of Refused/,
  ],
  [
    'a forged token',
    [{ ...read, with: { AccessToken: { $token: 'expired' } }, expect: { error: 'NotAuthorizedException' } }],
    'GetUser',
    1,
    'skip',
    /^tokens cannot be forged: the target takes none but those it issued$/,
  ],
])('an error inside a 200 is no acceptance of %s', async (_, steps, operation, nth, verdict, reason) => {
  for (const answer of [type, envelope]) {
    const result = await judge(some(steps), (call, __, now) =>
      call.operation === operation && now === nth ? answer : undefined,
    );
    expect(result.verdict).toBe(verdict);
    expect(result.reason).toMatch(reason);
  }
});

test('an error inside a 200 deletes no pool', async () => {
  const { session } = lying(on('DeleteUserPool', envelope));
  await runCase(some([read]), session);
  await closeSession(session);
  expect([...session.notes]).toEqual([expect.stringMatching(/^pool \S+ could not be deleted$/)]);
});

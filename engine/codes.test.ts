import { expect, test } from 'vitest';
import type { Step } from './case.ts';
import { runCase } from './run-case.ts';
import { judged, said, scripted, some, step } from './scripted.test-data.ts';
import type { Target } from './target.ts';

const { read } = step;
const code = { ...read, save: 'sent' };
const uses: Step = { ...read, with: { Code: { $code: 'sent' } } };

test.each<[name: string, codes: (string | undefined)[], verdict: object, sent: string[]]>([
  ['a new code', ['111111', '222222'], { verdict: 'pass' }, ['222222']],
  ['a first code', [undefined, '222222'], { verdict: 'pass' }, ['222222']],
  [
    'no new code',
    ['111111', '111111'],
    { verdict: 'blocked', cause: 'Read causes no code', fingerprint: '1: blocked Read Read causes no code' },
    [],
  ],
  [
    'no code',
    [undefined, undefined],
    {
      verdict: 'blocked',
      cause: 'Read causes no code',
      reason: 'Read causes no code that can be read; if one was sent, "codes" of the manifest looks elsewhere',
    },
    [],
  ],
])('a step that causes %s', async (_, codes, verdict, sent) => {
  const owners: unknown[] = [];
  const waits: unknown[] = [];
  const latestCode: Target['latestCode'] = async (owner, awaited) => {
    waits.push(awaited);
    return codes[owners.push(owner) - 1];
  };
  const { session, of } = scripted(undefined, { latestCode });
  const result = await runCase(some([code, uses]), session);
  expect(said(result)).toMatchObject(verdict);
  expect(waits).toEqual([undefined, { other: codes[0] }]);
  expect(owners).toEqual(
    [1, 2].map(() => ({
      UserPoolId: 'pool-1',
      Username: expect.stringMatching(/^user-/),
      unique: expect.stringMatching(/^\d{10}$/),
    })),
  );
  expect(
    of('Read')
      .slice(1)
      .map(({ input }) => input['Code']),
  ).toEqual(sent);
});

test('a code is looked for only where one is read', async () => {
  const asked: unknown[] = [];
  const latestCode: Target['latestCode'] = async (owner) => void asked.push(owner) as undefined;
  const { session } = scripted(undefined, { latestCode });
  await runCase(some([code, { ...read, with: { A: '${sent.Username}' } }]), session);
  expect(asked).toEqual([]);
  expect(
    await judged(some([code, uses]), undefined, { latestCode: () => Promise.reject(new Error('no codes')) }),
  ).toMatchObject({
    verdict: 'error',
    cause: 'a code could not be read',
    reason: 'no codes',
  });
  expect(await judged(some([code, uses]))).toMatchObject({ verdict: 'skip', cause: 'codes cannot be read' });
});

const sends: Step = { ...code, call: 'AdminSend', with: {} };
const other: Step = { call: 'AdminSend', with: {} };

test.each<[name: string, steps: Step[], verdict: object, sent: string[]]>([
  ['that is used', [sends, uses], { verdict: 'pass' }, ['424242']],
  ['that is sent again afterwards', [sends, uses, other], { verdict: 'pass' }, ['424242']],
  ['that was sent before', [other, sends, uses], { verdict: 'skip' }, []],
  ['that another stands beside', [sends, { ...read, with: { Code: 'x424242' } }, uses], { verdict: 'skip' }, []],
])('a code that is always the same, and %s', async (_, steps, verdict, sent) => {
  const test = some(steps);
  const { session, of } = scripted(
    undefined,
    { latestCode: async () => '424242', fixedCode: '424242' },
    { cases: [test] },
  );
  const result = said(await runCase(test, session));
  expect(result).toMatchObject(verdict);
  if (sent.length === 0) expect(result.cause).toBe('codes cannot be told apart: the target always sends the same');
  expect(of('Read').flatMap(({ input }) => input['Code'] ?? [])).toEqual(sent);
});

test('where only mails are seen, a code of a phone number cannot be read, and one of an address can', async () => {
  const target = { latestCode: async () => '1', onlyMails: ['codes'] } as const;
  const phone = { ...code, with: { AttributeName: 'phone_number' } };
  expect(await judged(some([phone, uses]), undefined, target)).toMatchObject({
    verdict: 'skip',
    cause: 'codes of SMS cannot be read',
  });
  expect(await judged(some([code, uses]), undefined, target)).toMatchObject({ verdict: 'blocked' });
  const row = { name: 'phone_number' };
  expect(await judged({ ...some([code, uses]), row }, undefined, target)).toMatchObject({ verdict: 'skip' });
});

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
  ['no code', [undefined, undefined], { verdict: 'blocked', cause: 'Read causes no code' }, []],
])('a step that causes %s', async (_, codes, verdict, sent) => {
  const owners: unknown[] = [];
  const latestCode: Target['latestCode'] = async (owner) => codes[owners.push(owner) - 1];
  const { session, of } = scripted(undefined, { latestCode });
  const result = await runCase(some([code, uses]), session);
  expect(said(result)).toMatchObject(verdict);
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

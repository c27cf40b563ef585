import { expect, test } from 'vitest';
import { runCase } from './run-case.ts';
import { judged, said, scripted, some, step, type Says } from './scripted.test-data.ts';

const { read } = step;

test('a case at fault is not sent', async () => {
  const { session, calls } = scripted();
  const faults = [{ file: 'a.json', pointer: '/cases/0', message: 'is wrong' }];
  expect(said(await runCase(some([read], { faults }), session))).toMatchObject({
    verdict: 'error',
    cause: 'a fault of the suite',
    reason: 'a.json at /cases/0: is wrong',
  });
  expect(calls).toEqual([]);
});

test('a fault that shows only when the case is run is told with its step', async () => {
  expect(await judged(some([read, { ...read, with: { A: '${nobody.x}' } }]))).toMatchObject({
    verdict: 'error',
    reason: 'specs/Write/some.json at /cases/0/steps/1: ${nobody.x} is not set',
  });
});

test('exchanges are kept of what did not pass, with no secret in them, and how long it took', async () => {
  const slow: Says = ({ operation }) => {
    if (operation === 'AdminSetUserPassword') for (const end = performance.now() + 5; performance.now() < end;);
    return undefined;
  };
  const differs = some([{ ...read, expect: { body: { Username: 'x' } } }]);
  const failed = await runCase(differs, scripted(slow).session);
  expect(failed.steps.map(({ call }) => call)).toEqual([
    'CreateUserPool',
    'DescribeUserPool',
    'CreateUserPoolClient',
    'AdminCreateUser',
    'AdminSetUserPassword',
    'InitiateAuth',
    'AdminGetUser',
    'Read',
  ]);
  const texts = JSON.stringify(failed.steps);
  expect([texts.includes('<Password of user>'), /Pw-[\w-]{16}-9z/.test(texts)]).toEqual([true, false]);
  expect(failed.durationMs).toBeGreaterThanOrEqual(5);
  expect(failed.durationMs).toBeLessThan(5000);
  const passed = await runCase(some([read]), scripted().session);
  expect([passed.steps, passed.durationMs > 0, 'unmodelled' in passed]).toEqual([[], true, false]);
  const skipped = await runCase(some([{ call: 'Nothing', expect: {} }]), scripted().session);
  expect([skipped.verdict, skipped.steps]).toEqual(['skip', []]);
});

import { expect, test } from 'vitest';
import { runCase } from './run-case.ts';
import { judged, said, scripted, some, step } from './scripted.test-data.ts';

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

import { expect, test } from 'vitest';
import type { Claim } from '../engine/case.ts';
import { bestClaim } from './best-claim.ts';
import { evidence, findEvidence } from './sample.test-data.ts';

test('the strongest claim is told, one on the operation itself before others', () => {
  expect(bestClaim(['id-token-refused'], findEvidence, 'UpdateUserAttributes')).toBe(
    'observed on UpdateUserAttributes, 2023-01: https://github.com/example/app/issues/1',
  );
  expect(bestClaim(['none', 'id-token-refused'], findEvidence)).toBe(
    'observed on GetUser, 2022: https://github.com/example/other/issues/2',
  );
});

test('a claim on any operation names none', () => {
  const documented = { statement: '', claims: evidence[0]!.claims.slice(0, 1) };
  expect(bestClaim(['x'], () => documented)).toBe('documented: https://docs.aws.amazon.com/cognito/tokens');
});

test('evidence of another suite is named as unknown', () => {
  expect(bestClaim(['gone', 'lost'], () => undefined)).toBe('gone, lost (not in this suite)');
});

test('the evidence is left as it was', () => {
  const before = structuredClone(evidence);
  bestClaim(['id-token-refused'], findEvidence, 'UpdateUserAttributes');
  expect(evidence).toEqual(before);
});

test('a stronger claim on another operation wins over a weaker one on the operation itself', () => {
  const claim = (tier: Claim['tier'], on: string): Claim => ({ on, tier, outcome: 'seen', source: tier });
  const claims = [claim('observed', 'GetUser'), claim('recorded', 'InitiateAuth'), claim('inferred', 'GetUser')];
  expect(bestClaim(['x'], () => ({ statement: '', claims }), 'GetUser')).toBe('recorded on InitiateAuth: recorded');
});

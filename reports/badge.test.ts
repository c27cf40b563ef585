import { makeBadge, type Format } from 'badge-maker';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Report, Verdict } from '../engine/result.ts';
import { badge } from './badge.ts';
import { emulator, report, result, run, selfTest } from './sample.test-data.ts';

/** Of an endpoint, in the words of https://shields.io/badges/endpoint-badge: no member beside these is taken. */
const endpoint = {
  type: 'object',
  required: ['schemaVersion', 'label', 'message'],
  additionalProperties: false,
  properties: {
    schemaVersion: { const: 1 },
    label: { type: 'string' },
    message: { type: 'string', minLength: 1 },
    color: { type: 'string' },
    labelColor: { type: 'string' },
    isError: { type: 'boolean' },
    namedLogo: { type: 'string' },
    logoSvg: { type: 'string' },
    logoColor: { type: 'string' },
    logoSize: { type: 'string' },
    style: { type: 'string' },
    cacheSeconds: { type: 'integer', minimum: 0 },
  },
};

/** Read as shields reads it, and made a picture by what shields is made of. */
function shown(of: Report, strict = false): string[] {
  const content = JSON.parse(badge([of], { strict })) as Format & { label: string; color: string };
  const validate = new Ajv2020().compile(endpoint);
  expect([validate(content), validate.errors]).toEqual([true, null]);
  const { label, message, color } = content;
  expect(makeBadge({ label, message, color })).toContain(`aria-label="${label}: ${message}"`);
  return [label, message, color];
}

const judged = (...verdicts: Verdict[]): Report =>
  report(verdicts.map((verdict, index) => result(`GetUser/${index}`, { verdict })));

const unreached = result('GetUser/b', { verdict: 'known', fingerprint: '1: blocked AdminCreateUser it is refused' });

test.each<[what: string, of: Report, message: string, color: string]>([
  ['a difference', emulator, '2/11, 1 blocked, 3 skipped', 'red'],
  ['nothing but passes', judged('pass', 'pass'), '2/2', 'brightgreen'],
  ['a detail', judged('pass', 'warn'), '1/2', 'yellow'],
  ['what is known', judged('pass', 'known'), '1/2', 'yellow'],
  ['what is known and never reached', report([result('GetUser/a'), unreached]), '1/2, 1 blocked', 'yellow'],
  [
    'a run that broke off',
    report([result('GetUser/a')], { run: { ...run, complete: false } }),
    '1/1, incomplete',
    'lightgrey',
  ],
  ['an error', judged('pass', 'error'), '1/1', 'lightgrey'],
  ['nothing judged', judged('skip'), 'not judged', 'lightgrey'],
  ['no answer', report([], { run: { ...run, problem: 'gone' } }), 'not judged', 'lightgrey'],
])('of %s', (_, of, message, color) => {
  expect(shown(of)).toEqual(['Cognito conformance', message, color]);
});

test('a warning counts where it is told to, and a self-test is called so', () => {
  expect(shown(judged('pass', 'warn'), true)).toEqual(['Cognito conformance', '1/2', 'red']);
  expect(shown(report([result('GetUser/a')], { target: selfTest }))).toEqual(['self-test', '1/1', 'brightgreen']);
});

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Mismatch, Report, Result, Run, StepRecord } from '../engine/result.ts';
import { emulator, header, mismatch, report, result, run, selfTest } from './sample.test-data.ts';
import { verdicts } from './totals.ts';

const schema: unknown = JSON.parse(readFileSync(new URL('./results.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020().compile(schema as object);
/** The same schema, refusing what it does not name: so that every member of the types is described. */
const exhaustive = new Ajv2020().compile(closed(schema) as object);

const step: Required<StepRecord> = {
  call: 'GetUser',
  role: 'step',
  request: { method: 'POST', url: 'http://127.0.0.1:5000/', headers: { accept: '*/*' }, body: '{}' },
  response: { status: 200, headers: [['content-type', 'text/html']], body: '' },
  failure: 'the connection was closed',
  durationMs: 3.5,
};
const everyMismatch: Required<Mismatch> = { ...mismatch(), step: -1, expected: { a: [1] }, actual: null };
const everyResult: Required<Result> = {
  ...result('GetUser/a'),
  verdict: 'fail',
  reason: 'it differs',
  issue: 'https://github.com/example/app/issues/7',
  cause: 'GetUser: it differs',
  fingerprint: '1 GetUser must error',
  mismatches: [everyMismatch],
  steps: [step],
  reproduction: '#!/bin/sh\n',
  unmodelled: ['GetUser /Foo'],
  over: { 'wire/request-id': { judged: 8, differing: { absent: { count: 1, example: everyMismatch } } } },
  known: { reason: 'we never send one', issue: '#7', fingerprint: '1: every answer', versions: '^5' },
};
const everyRun: Required<Run> = {
  ...run,
  shard: '1/3',
  problem: 'no answer',
  notes: ['it lacks a member'],
  discovered: [{ what: 'a', inferred: 'b', from: 'c' }],
};
const everything: Required<Report> = report([everyResult], {
  target: { ...header.target, selfTest: false },
  run: everyRun,
});

test.each([
  ['of an emulator', emulator],
  ['of a self-test', report([], { target: selfTest })],
  ['with every verdict', report(verdicts.map((verdict) => result(`GetUser/${verdict}`, { verdict })))],
  ['with a member of a later version', { ...report([]), later: true }],
])('a report %s is valid', (_what, value) => {
  validate(JSON.parse(JSON.stringify(value)));
  expect(validate.errors).toBe(null);
});

test('every member that a report can have is described', () => {
  exhaustive(everything);
  expect(exhaustive.errors).toBe(null);
});

test.each<[string, unknown]>([
  ['/reportVersion', { ...report([]), reportVersion: 2 }],
  ['/target', { ...report([]), target: { name: 'moto' } }],
  ['/totals', { ...report([]), totals: { pass: 1 } }],
  ['/totals', { ...report([]), totals: { ...report([]).totals, failed: 1 } }],
  ['/totals/fail', { ...report([]), totals: { ...report([]).totals, fail: -1 } }],
  ['/totals/fail', { ...report([]), totals: { ...report([]).totals, fail: 1.5 } }],
  ['/results/0/verdict', report([{ ...result('GetUser/a'), verdict: 'ok' as 'pass' }], { totals: report([]).totals })],
  ['/results/0/level', report([{ ...result('GetUser/a'), level: 'shall' as 'must' }])],
  ['/results/0/mismatches/0/kind', report([result('GetUser/a', { mismatches: [mismatch({ kind: 'x' as 'body' })] })])],
  ['/run/startedAt', report([], { run: { ...run, startedAt: 'yesterday' } })],
  ['/run', { ...report([]), run: { id: '1' } }],
])('a fault at %s is found', (path, value) => {
  validate(value);
  expect(validate.errors?.at(-1)?.instancePath).toBe(path);
});

function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closed(value)]));
  const open = 'properties' in node && 'type' in node && !('additionalProperties' in node);
  return open ? { ...members, additionalProperties: false } : members;
}

import { parse } from 'junit2json';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { Report, Verdict } from '../engine/result.ts';
import type { ReportContext } from './context.ts';
import { junit } from './junit.ts';
import { emulator, findEvidence, mismatch, report, result, run, selfTest } from './sample.test-data.ts';

const context: ReportContext = { evidence: findEvidence, colour: false, width: 80, strict: false };

/** Throws where the text is not XML 1.0. */
function requireXml(text: string): void {
  new SaxesParser().write(text).close();
}

async function read(reports: Report[], strict = false) {
  const text = junit(reports, { ...context, strict });
  requireXml(text);
  const read = await parse(text);
  if (!read || !('testsuite' in read)) throw new Error('no testsuites');
  return read;
}

/** The name of each test case, and what a reader makes of it. */
async function outcomes(reports: Report[], strict = false): Promise<string[][]> {
  const { testsuite = [] } = await read(reports, strict);
  return testsuite.flatMap(({ testcase = [] }) =>
    testcase.map(({ name = '', failure, error, skipped, 'system-out': said }) => {
      const [failed, broken, left, out] = [failure?.[0], error?.[0], skipped?.[0], said?.[0]];
      if (failed) return [name, `failure: ${failed.message}`];
      if (broken) return [name, `error: ${broken.message}`];
      if (left) return [name, `skipped: ${left.message}`];
      return [name, out === undefined ? 'passed' : `passed: ${out.split('\n')[0]}`];
    }),
  );
}

test('a suite a target and area, a test case a case, with what differs as text', () => {
  const results = [
    result('GetUser/b', { verdict: 'skip', reason: 'no codes', durationMs: 1500 }),
    result('GetUser/a', {
      verdict: 'fail',
      title: 'a <b> & "c" is refused',
      reason: 'it is accepted: 200',
      cause: 'GetUser: 200 instead of NotAuthorizedException',
      mismatches: [mismatch({ call: 'GetUser' })],
    }),
  ];
  expect(junit([report(results)], context)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cognito-conformance" tests="2" failures="1" errors="0" time="1.234">
  <testsuite name="moto 5.2.1 GetUser" id="0" tests="2" failures="1" errors="0" time="1.512" skipped="1" timestamp="2026-08-01T10:00:00">
    <properties>
      <property name="target" value="moto"/>
      <property name="version" value="5.2.1"/>
      <property name="endpoint" value="http://127.0.0.1:5000"/>
      <property name="suite" value="cognito-conformance 0.1.0"/>
    </properties>
    <testcase classname="moto.GetUser" name="GetUser/a" time="0.012" file="specs/UpdateUserAttributes/tokens.json">
      <failure type="fail" message="it is accepted: 200">FAIL  GetUser: 200 instead of NotAuthorizedException  (1 case)
  rule      a &lt;b&gt; &amp; &quot;c&quot; is refused
            GetUser/a
  expected  NotAuthorizedException
  came      200
  evidence  observed on GetUser, 2022: https://github.com/example/other/issues/2</failure>
    </testcase>
    <testcase classname="moto.GetUser" name="GetUser/b" time="1.500" file="specs/UpdateUserAttributes/tokens.json">
      <skipped type="skip" message="no codes"/>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test.each<[verdict: Verdict, outcome: string]>([
  ['pass', 'passed'],
  ['warn', 'passed: WARN  why  (1 case)'],
  ['info', 'passed: INFO  why  (1 case)'],
  ['known', 'skipped: known: why'],
  ['skip', 'skipped: why'],
  ['fail', 'failure: why'],
  ['changed', 'failure: why'],
  ['fixed', 'failure: why'],
  ['blocked', 'error: why'],
  ['error', 'error: why'],
])('%s is "%s" to a reader of JUnit', async (verdict, outcome) => {
  expect(await outcomes([report([result('GetUser/a', { verdict, reason: 'why' })])])).toEqual([['GetUser/a', outcome]]);
});

test('a warning fails where it counts', async () => {
  const warned = [report([result('GetUser/a', { verdict: 'warn', reason: 'why' })])];
  expect(await outcomes(warned, true)).toEqual([['GetUser/a', 'failure: why']]);
});

test('a run that came to no end, and a target that could not be judged, are errors', async () => {
  const broken = report([result('GetUser/a')], { run: { ...run, complete: false } });
  const dead = report([], { run: { ...run, problem: 'nothing listens' }, target: selfTest });
  expect(await outcomes([broken, dead])).toEqual([
    ['every case is judged', 'error: the run was interrupted: not every case was judged'],
    ['GetUser/a', 'passed'],
    ['every case is judged', 'error: nothing listens'],
  ]);
});

test('the sums agree, and areas stand in order', async () => {
  const { tests, failures, errors, testsuite = [] } = await read([emulator]);
  expect([tests, failures, errors]).toEqual([14, 6, 1]);
  expect(
    testsuite.map(({ name, tests, failures, errors, skipped }) => [name, tests, failures, errors, skipped]),
  ).toEqual([
    ['moto 5.2.1 DeleteUserAttributes', 2, 0, 0, 2],
    ['moto 5.2.1 GetUser', 4, 0, 0, 1],
    ['moto 5.2.1 UpdateUserAttributes', 6, 6, 0, 0],
    ['moto 5.2.1 VerifyUserAttribute', 2, 0, 1, 1],
  ]);
});

test('two dates of a target have suites and classes of their own', async () => {
  const on = (startedAt: string) => report([result('GetUser/a')], { run: { ...run, startedAt } });
  const { testsuite = [] } = await read([on('2026-08-01T10:00:00.000Z'), on('2026-08-02T10:00:00.000Z')]);
  expect(testsuite.map(({ name, testcase }) => [name, testcase?.[0]?.classname])).toEqual([
    ['moto 5.2.1 2026-08-01 GetUser', 'moto 5_2_1 2026-08-01.GetUser'],
    ['moto 5.2.1 2026-08-02 GetUser', 'moto 5_2_1 2026-08-02.GetUser'],
  ]);
});

test('whatever a target says, it stays text of an XML that readers take', async () => {
  const evil = '\u0000\u001b[2J\ud800\ufffe"\'<failure>]]>&amp;&#0;\n\t';
  const results = [
    result('GetUser/a', { verdict: 'fail', reason: evil, title: evil, mismatches: [mismatch({ actual: evil })] }),
    result('GetUser/b', { verdict: 'warn', cause: evil }),
    result('GetUser/c', { verdict: 'known', reason: evil }),
  ];
  const target = { name: evil, version: evil, endpoint: evil };
  const { testsuite = [] } = await read([report(results, { target })]);
  const written = '\\u0000\\u001b[2J\\ud800\ufffd"\'<failure>]]>&amp;&#0;\\n\\t';
  expect(testsuite.map(({ name, tests, properties }) => [name, tests, properties?.[0]?.value])).toEqual([
    [`${written} ${written} GetUser`, 3, written],
  ]);
  expect(await outcomes([report(results)])).toEqual([
    ['GetUser/a', `failure: ${written}`],
    ['GetUser/b', `passed: WARN  ${written}  (1 case)`],
    ['GetUser/c', `skipped: known: ${written}`],
  ]);
});

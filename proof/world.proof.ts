import { describe, expect, test } from 'vitest';
import type { Report, Result, Verdict } from '../engine/result.ts';
import { createMock } from '../mocks/mock.ts';
import { faults, type Fault } from './world/faults.ts';
import { judgeAt, type Judged } from './world/judged.ts';
import { serveFaulty, type Asked } from './world/proxy.ts';

interface Expected {
  /** What a result says of it; absent where the answer is as good as any. */
  said?: string;
  /** What it is called where it is a preparation of the case, if that is something else. */
  prepared?: string;
  /** Where it comes of one operation, every time, and of no other. */
  always?: [Verdict, reason: string];
  /** Where nothing else comes at all. */
  problem?: string;
}

const SHORT = 'the answer is larger than 1048576 bytes';
const SILENT = 'no answer within 8 s';
const CLOSED = 'the connection was closed before an answer came';
const HALF = 'the answer broke off half-way';
const JSON_TYPE = '200 application/x-amz-json-1.1, which is no JSON';
const HTML = '200 text/html, which is no JSON';
const MOVED = '302 text/html, a redirect, and none is followed';

/** What each fault comes to. An answer that came whole, and comes again, is the target's own. */
const table: Record<keyof typeof faults, Expected> = {
  'reset before the answer': { said: CLOSED, always: ['fail', `no answer, twice: ${CLOSED}`] },
  'reset half-way': { said: HALF },
  'taken and never answered': { said: SILENT, always: ['fail', `no answer, twice: ${SILENT}`] },
  'silent for 10 s': { said: SILENT, always: ['fail', `no answer, twice: ${SILENT}`] },
  'a byte a tenth of a second': { said: SILENT, always: ['fail', `no answer, twice: ${SILENT}`] },
  'half of the JSON': { said: JSON_TYPE, always: ['fail', 'body is absent'] },
  '200 with HTML': {
    said: HTML,
    always: ['fail', 'body is absent'],
    problem:
      'is not the Cognito user pools API: it answers GetUser as it answers an operation that does not exist (200)',
  },
  'a length too long': { said: 'no end of the answer within 8 s' },
  'a length too long, and the end': { said: HALF },
  'a length too short': { said: 'the answer does not end where it says' },
  '100 MB': { said: SHORT },
  'an answer without end': { said: SHORT },
  'bytes that are no UTF-8': { said: 'the answer is not UTF-8' },
  '100,000 levels': { said: 'the answer is nested deeper than 1000 levels' },
  'nearly 1 MB': {},
  'duplicate keys': {},
  '__proto__ members': {},
  '1,000 headers': {},
  'headers of 100 KB': { said: 'the headers of the answer are larger than 65536 bytes' },
  'a redirect to itself': {
    said: MOVED,
    always: ['fail', '302 text/html instead of 200'],
    problem:
      'is not the Cognito user pools API: it answers GetUser as it answers an operation that does not exist (302 text/html)',
  },
};

const rows = Object.entries(table) as [keyof typeof faults, Expected][];
const harmful = rows.filter(([, { said }]) => said !== undefined);
const isWhole = (said = ''): boolean => [JSON_TYPE, HTML, MOVED].includes(said);

describe.concurrent('one answer', () => {
  test.each(rows)('%s, for a step: the case is an error that says so, all others pass', async (name, { said }) => {
    const { code, report } = await judge(name, ({ operation, nth }) => operation === 'GetUser' && nth === 5);
    const heard = isWhole(said)
      ? `GetUser answered ${said}; asked again, it answered `
      : `GetUser: ${said}; asked again, the target answered`;
    // On a connection that was used before, what brought no byte is sent once more.
    const isSentAgain = said === CLOSED && judged(report).every(({ verdict }) => verdict === 'pass');
    expectOne(report, code, said === undefined || isSentAgain ? undefined : heard);
  });

  test.each(rows)(
    '%s, for a preparation: the case is an error that says so, all others pass',
    async (name, { said }) => {
      const { code, report } = await judge(name, ({ operation, nth }) => operation === 'AdminCreateUser' && nth === 5);
      const isSentAgain = said === CLOSED && judged(report).every(({ verdict }) => verdict === 'pass');
      const heard = isWhole(said) ? `AdminCreateUser answered ${said}` : said;
      expectOne(report, code, isSentAgain ? undefined : heard);
    },
  );
});

const READS = 'GetUser/lists-attributes';

describe.concurrent('all answers of one operation', () => {
  test.each(rows)('%s', async (name, { said, always = ['error', said] }) => {
    // The first is asked before any case.
    const strikes = ({ operation, nth }: Asked): boolean => operation === 'GetUser' && nth > 1;
    const { code, report } = await judge(name, strikes, ['--case', READS, '--case', 'AdminGetUser/*']);
    const [verdict, reason] = said === undefined ? ['pass', undefined] : always;
    const [found, ...others] = sorted(report, READS);
    expect([found?.verdict, found?.reason ?? '']).toEqual([verdict, expect.stringContaining(reason ?? '')]);
    expect(new Set(others.map((other) => other.verdict))).toEqual(new Set(['pass']));
    expect(code).toBe({ pass: 0, fail: 1, error: 3 }[verdict as string]);
  });
});

describe.concurrent('all answers', () => {
  test.each(harmful)('%s, from some time on: what was judged stays, nobody is judged after', async (name) => {
    const { code, report } = await judge(name, ({ total }) => total > 110);
    expect(verdicts(report)).toEqual(['error', 'pass']);
    expect([code, report.results.length, report.run.complete]).toEqual([3, report.suite.cases, true]);
  });

  test.each(harmful)(
    '%s, from the first: the run says why nothing is judged',
    async (name, { said, problem = said }) => {
      const { code, report } = await judge(name, () => true);
      expect([code, report.totals.pass, report.totals.fail, report.totals.blocked]).toEqual([3, 0, 0, 0]);
      const told = report.run.problem ?? report.results[0]?.reason;
      expect(told).toContain(problem);
    },
  );
});

test('every answer is nearly as large as any may be: all is judged in a heap of 100 MB', async () => {
  const cases = ['--case', 'GetUser/*', '--case', 'DeleteUserAttributes/*'];
  const { code, report } = await judge('nearly 1 MB', () => true, cases, {
    NODE_OPTIONS: '--max-old-space-size=100',
  });
  expect([code, verdicts(report)]).toEqual([0, ['pass']]);
});

test('nothing listens: the run says so', async () => {
  const { url, close } = await serveFaulty({ mock: createMock() });
  close();
  const { code, report } = await judgeAt(url, []);
  const said = `${url} cannot be judged: nothing listens at ${new URL(url).host}`;
  expect([code, report.run.problem, report.results]).toEqual([3, said, []]);
});

test('nothing listens any more: what was judged stays, all else is an error', async () => {
  const { url } = await serveFaulty({ mock: createMock(), gone: ({ total }) => total > 110 });
  const { code, report } = await judgeAt(url, ['--case', 'GetUser/*']);
  expect([code, verdicts(report), report.results.length]).toEqual([3, ['error', 'pass'], report.suite.cases]);
  const causes = new Set(report.results.flatMap(({ cause }) => cause ?? []));
  expect([...causes].every((cause) => cause.startsWith('the target stopped answering: '))).toBe(true);
});

async function judge(
  name: keyof typeof faults,
  strikes: (asked: Asked) => boolean,
  cases = ['--case', 'GetUser/*'],
  env: NodeJS.ProcessEnv = {},
): Promise<Judged & { report: Report }> {
  const fault: Fault = faults[name];
  const proxy = await serveFaulty({ mock: createMock(), fault, strikes });
  try {
    const judged = await judgeAt(proxy.url, cases, env);
    expect(proxy.struck()).toBeGreaterThan(0);
    return judged;
  } finally {
    proxy.close();
  }
}

/** One case is an error with this reason, or none is. */
function expectOne(report: Report, code: number | null, reason: string | undefined): void {
  const odd = judged(report).filter(({ verdict }) => verdict !== 'pass');
  const wanted = reason === undefined ? [] : [['error', expect.stringContaining(reason)]];
  expect(odd.map((one) => [one.verdict, one.reason])).toEqual(wanted);
  expect([code, report.results.length]).toEqual([reason === undefined ? 0 : 3, report.suite.cases]);
}

function sorted({ results }: Report, first: string): Result[] {
  return [...results].sort((one, other) => Number(other.id === first) - Number(one.id === first));
}

function verdicts(report: Report): Verdict[] {
  return [...new Set(judged(report).map(({ verdict }) => verdict))].sort();
}

/** Without what the manifest has no means for. */
function judged({ results }: Report): Result[] {
  return results.filter(({ verdict }) => verdict !== 'skip');
}

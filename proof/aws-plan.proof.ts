import { beforeAll, expect, test } from 'vitest';
import { isThrottled, readAnswer } from '../engine/answer.ts';
import { loadSuite } from '../engine/load.ts';
import { isOverCase } from '../engine/over.ts';
import { runCases } from '../engine/run-cases.ts';
import { closeSession, openSession } from '../engine/session.ts';
import type { HttpResponse, Send } from '../engine/target.ts';
import { quotasWith } from '../hosts/quotas.ts';
import { openRehearsal } from '../hosts/rehearsal-target.ts';
import { rehearse } from '../hosts/rehearse.ts';
import { about, packageRoot } from '../package.ts';
import { fakeClock } from '../targets/aws/clock.test-data.ts';
import { limited, type Clock } from '../targets/aws/limiter.ts';
import { planOf, type Plan, type Rehearsal } from '../targets/aws/plan.ts';
import { categoryOf, type Quotas } from '../targets/aws/quotas.ts';
import { askedBy } from '../targets/aws/request.ts';

const suite = loadSuite(packageRoot, about);
const quotas = quotasWith([]);
let rehearsal: Rehearsal;
let plan: Plan;

beforeAll(async () => {
  rehearsal = await rehearse(suite.cases, suite);
  const free = { free: 0, each: 0, plan: '', source: '' };
  const prices = { activeUsers: free, key: { aMonth: 0, source: '' }, unconfirmed: [] };
  plan = planOf(rehearsal, quotas, prices, suite.operations);
});

test('every case is in the plan or left out, and rehearsed to its end', () => {
  const planned = [...rehearsal.cases, ...rehearsal.leftOut].map(({ id }) => id);
  const sending = suite.cases.filter((each) => !isOverCase(each)).map(({ id }) => id);
  expect(planned.sort()).toEqual(sending.sort());
  expect(plan.notCounted.cutShort).toEqual([]);
});

test('every operation that is sent counts for a category', () => {
  const sent = [...rehearsal.before, ...rehearsal.after, ...rehearsal.cases.flatMap((each) => each.sent)];
  const known = sent.flatMap(({ operation = '' }) => (Object.hasOwn(suite.operations, operation) ? operation : []));
  expect(known.filter((operation) => categoryOf(operation, quotas) === undefined)).toEqual([]);
});

test('no user is asked for more codes in an hour than Cognito takes, but where that is tested', () => {
  expect(plan.tooManyAnHour).toEqual([]);
});

test('behind 80 ms the whole suite takes 1.2 times what the plan says at most, and nothing is throttled', async () => {
  const open = await openRehearsal();
  let busy = 0;
  const clock = fakeClock(() => busy > 0);
  const service = strict(open.target.send, clock, (by) => (busy += by));
  const throttling = (response: HttpResponse): boolean => isThrottled(readAnswer(response));
  const send = limited(service.send, { quotas, isThrottled: throttling, clock });
  const session = openSession({ ...open.target, send }, suite);
  const verdicts = new Set<string>();
  const options = { concurrency: 32, onResult: ({ verdict }: { verdict: string }) => void verdicts.add(verdict) };
  const ids = new Set(rehearsal.cases.map(({ id }) => id));
  const cases = suite.cases.filter(({ id }) => ids.has(id));
  try {
    await clock.run(runCases(cases, session, options).then(() => closeSession(session)));
  } finally {
    await open.close();
  }
  expect([...verdicts]).toEqual(['pass']);
  expect(service.throttled()).toBe(0);
  expect(clock.now() / 1000).toBeLessThanOrEqual(1.2 * plan.time.quotaSeconds);
});

/** Counts every second strictly, as requests arrive, and answers what is too much as Cognito's model says. */
function strict(send: Send, clock: Clock, busy: (by: number) => void): { send: Send; throttled: () => number } {
  const arrived = new Map<string, number[]>();
  let throttled = 0;
  const onTheWay = (): Promise<void> => clock.wait(40 * (0.7 + 0.6 * Math.random()));
  return {
    throttled: () => throttled,
    async send(request, options) {
      await onTheWay();
      const category = categoryOf(askedBy(request).operation ?? '', quotas) ?? '';
      const times = (arrived.get(category) ?? []).filter((time) => time > clock.now() - 1000);
      const isTooMuch = times.length >= mostOf(category, quotas);
      arrived.set(category, isTooMuch ? times : [...times, clock.now()]);
      if (isTooMuch) throttled += 1;
      busy(1);
      const response = await (isTooMuch ? TOO_MUCH : send(request, options));
      busy(-1);
      await onTheWay();
      return response;
    },
  };
}

const TOO_MUCH: HttpResponse = {
  status: 400,
  headers: [['content-type', 'application/x-amz-json-1.1']],
  body: '{"__type":"TooManyRequestsException","message":"Rate exceeded"}',
};

function mostOf(category: string, { categories }: Quotas): number {
  return categories[category]?.perSecond ?? Infinity;
}

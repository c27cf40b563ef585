import { expect, test } from 'vitest';
import { readAnswer } from '../engine/answer.ts';
import type { Case } from '../engine/case.ts';
import { compareContent } from '../engine/expectation.ts';
import { loadSuite } from '../engine/load.ts';
import type { Result } from '../engine/result.ts';
import { isOverCase } from '../engine/over.ts';
import { runCases } from '../engine/run-cases.ts';
import { openSession } from '../engine/session.ts';
import type { HttpRequest, HttpResponse } from '../engine/target.ts';
import { manifestOf, openTarget } from '../hosts/open-target.ts';
import { about, packageRoot } from '../package.ts';

const MARK = 'x-hollow';
const ERROR = { __type: 'InvalidParameterException', message: 'Invalid parameter' };

/** Servers that know nothing: each answers every judged request alike. */
const hollow: Record<string, (request: HttpRequest) => Pick<HttpResponse, 'status' | 'body'>> = {
  'answers 200 {}': () => ({ status: 200, body: '{}' }),
  'answers 400 InvalidParameterException': () => ({ status: 400, body: JSON.stringify(ERROR) }),
  'echoes the input': ({ body = '' }) => ({ status: 200, body }),
};

const suite = loadSuite(packageRoot, about);

test.each(Object.entries(hollow))('no case is content with a server that %s', async (_, answer) => {
  const open = await openTarget(await manifestOf({ name: 'mock' }));
  const { send } = open.target;
  const target: typeof open.target = {
    ...open.target,
    send: async (request) => {
      if (!(MARK in request.headers)) return send(request);
      return { headers: [['content-type', 'application/x-amz-json-1.1']], ...answer(request) };
    },
  };
  const session = openSession(target, suite);
  const content: string[] = [];
  const onResult = ({ id, level, verdict }: Result): void => {
    const found = level === 'must' ? ['fail', 'blocked'] : ['fail', 'blocked', 'warn', 'info'];
    if (!found.includes(verdict)) content.push(`${id}: ${verdict}`);
  };
  await runCases(suite.cases.map(marked), session, { concurrency: 64, onResult });
  await open.close();
  expect(content).toEqual([]);
});

/** A hollow server may well be right in one thing that holds of every answer, such as its status. */
test('every check over all answers differs on one with nothing in it', async () => {
  const open = await openTarget(await manifestOf({ name: 'mock' }));
  const { match } = openSession(open.target, suite);
  const content = suite.cases.filter(isOverCase).filter(({ over, expect: wanted }) => {
    const bare = readAnswer({ status: over.outcome === 'refused' ? 500 : 200, headers: [], body: '' });
    return compareContent(wanted, bare, match).length === 0;
  });
  await open.close();
  expect(content.map(({ id }) => id)).toEqual([]);
});

/** Only what the case judges goes to the hollow server: fixtures, preparations and observations reach the mock. */
function marked(one: Case): Case {
  const steps = one.steps.map((step) => {
    if (!step.expect) return step;
    if (step.request)
      return { ...step, request: { ...step.request, headers: { ...step.request.headers, [MARK]: '1' } } };
    return { ...step, headers: { ...step.headers, [MARK]: '1' } };
  });
  return { ...one, steps };
}

import { afterAll } from 'vitest';
import type { Case, JsonObject, Step } from '../engine/case.ts';
import { loadSuite } from '../engine/load.ts';
import type { Result } from '../engine/result.ts';
import { runCase } from '../engine/run-case.ts';
import { closeSession, openSession, type Session } from '../engine/session.ts';
import type { HttpResponse, Target } from '../engine/target.ts';
import { about, packageRoot } from '../package.ts';
import { manifestOf, openTarget } from './open-target.ts';

interface Call {
  operation: string;
  input: JsonObject;
}

/** Says something else than the mock; undefined leaves the mock's own answer. */
export type Lie = (
  call: Call,
  truth: () => Promise<HttpResponse>,
  nth: number,
) => Promise<HttpResponse | undefined> | HttpResponse | undefined;

const suite = loadSuite(packageRoot, about);
const open = await openTarget(await manifestOf({ name: 'mock' }));

afterAll(() => open.close());

/** The mock, which does not lie. */
export const mock = open.target;

/** What a target claims that has all but these. */
export const allBut = (...lacks: string[]): string[] =>
  Object.keys(suite.operations).filter((name) => !lacks.includes(name));

/** A session with a liar in front of the mock; `calls` is what it was asked. */
export function lying(
  lie: Lie = () => undefined,
  more: Partial<Target> = {},
): { session: Session; calls: Call[]; count: (name: string) => number } {
  const calls: Call[] = [];
  const count = (name: string): number => calls.filter(({ operation }) => operation === name).length;
  const target: Target = {
    ...mock,
    ...more,
    send: async (request, options) => {
      const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
      const call = { operation: header?.split('.')[1] ?? '', input: JSON.parse(request.body ?? '{}') as JsonObject };
      calls.push(call);
      const truth = (): Promise<HttpResponse> => mock.send(request, options);
      return (await lie(call, truth, count(call.operation))) ?? truth();
    },
  };
  return { session: openSession(target, suite), calls, count };
}

export const write = (value: string, more: Partial<Step> = {}): Step => ({
  call: 'UpdateUserAttributes',
  with: { AccessToken: '${user.AccessToken}', UserAttributes: [{ Name: 'nickname', Value: value }] },
  ...more,
});
export const written = write('after', { expect: { body: {} }, changes: { nickname: 'after' } });
export const UNKNOWN = [{ Name: 'custom:none', Value: 'x' }];
export const refused: Step = {
  call: 'UpdateUserAttributes',
  with: { AccessToken: '${user.AccessToken}', UserAttributes: UNKNOWN },
  expect: { error: 'InvalidParameterException' },
  control: { UserAttributes: [{ Name: 'nickname', Value: 'controlled' }] },
  changes: {},
};
export const read: Step = { call: 'GetUser', with: { AccessToken: '${user.AccessToken}' }, expect: { body: {} } };

export const some = (steps: Step[], more: Partial<Case> = {}): Case => ({
  id: 'UpdateUserAttributes/some',
  title: 'something is so',
  level: 'must',
  evidence: [],
  given: { pool: 'plain', user: { nickname: 'before' } },
  steps,
  file: 'specs/UpdateUserAttributes/some.json',
  pointer: '/cases/0',
  ...more,
});

export const json = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: [['content-type', 'application/x-amz-json-1.1']],
  body: JSON.stringify(body),
});
export const error = (type: string, message = 'No.'): HttpResponse => json(400, { __type: type, message });
export const on =
  (name: string, answer: HttpResponse | (() => HttpResponse)): Lie =>
  ({ operation }) =>
    operation === name ? (typeof answer === 'function' ? answer() : answer) : undefined;

export async function judge(test: Case, lie?: Lie, more?: Partial<Target>): Promise<Result> {
  const { session } = lying(lie, more);
  const result = await runCase(test, session);
  await closeSession(session);
  return result;
}

export const view = ({ verdict, cause, reason, fingerprint }: Result) => ({ verdict, cause, reason, fingerprint });

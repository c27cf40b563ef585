import { loadSuite } from '../engine/load.ts';
import { foldOver, isOverCase } from '../engine/over.ts';
import type { Case } from '../engine/case.ts';
import type { Result } from '../engine/result.ts';
import { runCases } from '../engine/run-cases.ts';
import { openSession } from '../engine/session.ts';
import { manifestOf, openTarget } from '../hosts/open-target.ts';
import { layersWith, type Fault } from '../mocks/fault.ts';
import type { OperationName } from '../mocks/inputs.ts';
import type { MockRequest, MockResponse } from '../mocks/mock.ts';
import { about, packageRoot } from '../package.ts';
import { startTarget } from '../targets/start.ts';

const loaded = loadSuite(packageRoot, about);
/** The mock is consistent at once: what differs there is not waited for. */
export const suite = {
  ...loaded,
  cases: loaded.cases.map((one) => ({ ...one, steps: one.steps.map(({ eventually: _, ...step }) => step) })),
};
const manifest = await manifestOf({ name: 'mock' });

export interface JudgeOptions {
  /** One after the other unless told, so that what a fault does to one case never depends on another. */
  concurrency?: number;
  onResult?: (result: Result) => void;
}

/** The verdicts on the mock with these faults, checks over every answer included. */
export async function judge(
  cases: readonly Case[],
  faults: readonly Fault[],
  { concurrency = 1, onResult = () => {} }: JudgeOptions = {},
): Promise<Result[]> {
  const open = await openTarget(manifest, { running: await startTarget(manifest, { packageRoot, faults }) });
  const results: Result[] = [];
  const take = (result: Result): void => {
    results.push(result);
    onResult(result);
  };
  const session = openSession(open.target, suite);
  await runCases(cases, session, { concurrency, onResult: take });
  await open.close();
  return [...results, ...foldOver(cases.filter(isOverCase), results)];
}

/** The cases that a fault can reach: it changes what they send or get, an operation that they call or are made by, or what functions answer. */
export async function casesWithin(fault: Fault): Promise<readonly Case[]> {
  const [right, wrong] = [layersWith([]), layersWith([fault])];
  const names = Object.keys(right.operations) as OperationName[];
  const changed = names.filter(
    (name) => right.inputs[name] !== wrong.inputs[name] || right.operations[name] !== wrong.operations[name],
  );
  if (changed.some((name) => shared.has(name))) return suite.cases;
  const reaches = ({ request, response }: Exchange): boolean =>
    changed.some((name) => request.headers['x-amz-target']?.endsWith(`.${name}`)) ||
    (fault.request !== undefined && differs(fault.request(request), request)) ||
    (fault.answer !== undefined && differs(fault.answer(response, request), response));
  const exchanges = await (exchanged ??= exchangesByCase());
  return suite.cases.filter(
    (one) =>
      isOverCase(one) ||
      exchanges.get(one.id)?.some(reaches) ||
      (fault.invoke !== undefined && one.given?.triggers !== undefined),
  );
}

const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

/** A blocked case never got to what it tests, so that it finds nothing. */
export const finds = ({ verdict }: Result): boolean => ['fail', 'warn', 'info'].includes(verdict);

/** Pools and clients are made once for many cases. */
const shared: ReadonlySet<OperationName> = new Set<OperationName>([
  'CreateUserPool',
  'CreateUserPoolClient',
  'DescribeUserPool',
  'DescribeUserPoolClient',
]);

/** A request as the right mock got it, and what it answered. */
interface Exchange {
  request: MockRequest;
  response: MockResponse;
}

let exchanged: Promise<ReadonlyMap<string, readonly Exchange[]>> | undefined;

/** What each case sends and gets, fixtures and observations included; one case after the other, to know whose it is. */
async function exchangesByCase(): Promise<ReadonlyMap<string, readonly Exchange[]>> {
  const found = new Map<string, Exchange[]>();
  let current: Exchange[] = [];
  const listening: Fault = {
    answer: (response, request) => {
      current.push({ request, response });
      return response;
    },
  };
  const onResult = ({ id }: Result): void => {
    found.set(id, current);
    current = [];
  };
  await judge(suite.cases, [listening], { onResult });
  return found;
}

export const withoutRow = (id: string): string => id.split('/').slice(0, 2).join('/');

const rows = new Map<string, Case[]>();
for (const one of suite.cases)
  for (const id of new Set([one.id, withoutRow(one.id)])) rows.set(id, [...(rows.get(id) ?? []), one]);

/** The cases of an id, which may leave their row open. */
export const rowsOf = (id: string): readonly Case[] => rows.get(id) ?? [];

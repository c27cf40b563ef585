import { loadSuite } from '../engine/load.ts';
import { foldOver, isOverCase } from '../engine/over.ts';
import type { Case } from '../engine/case.ts';
import type { Result } from '../engine/result.ts';
import { runCases } from '../engine/run-cases.ts';
import { openSession } from '../engine/session.ts';
import type { Send } from '../engine/target.ts';
import { manifestOf, openTarget } from '../hosts/open-target.ts';
import { layersWith, type Fault } from '../mocks/fault.ts';
import type { OperationName } from '../mocks/inputs.ts';
import { about, packageRoot } from '../package.ts';
import { startTarget } from '../targets/start.ts';

export const suite = loadSuite(packageRoot, about);

export interface JudgeOptions {
  concurrency?: number;
  onResult?: (result: Result) => void;
  /** Stands before the mock. */
  sending?: (send: Send) => Send;
}

/** The verdicts on the mock with these faults, checks over every answer included. */
export async function judge(
  cases: readonly Case[],
  faults: readonly Fault[],
  { concurrency = 64, onResult = () => {}, sending = (send) => send }: JudgeOptions = {},
): Promise<Result[]> {
  const manifest = await manifestOf({ name: 'mock' });
  const open = await openTarget(manifest, { running: await startTarget(manifest, { packageRoot, faults }) });
  const results: Result[] = [];
  const take = (result: Result): void => {
    results.push(result);
    onResult(result);
  };
  const session = openSession({ ...open.target, send: sending(open.target.send) }, suite);
  await runCases(cases, session, { concurrency, onResult: take });
  await open.close();
  return [...results, ...foldOver(cases.filter(isOverCase), results)];
}

/** The cases that a fault can reach: those that call, or make their state by, an operation that it changes, or have functions. */
export async function casesWithin(fault: Fault): Promise<readonly Case[]> {
  if (fault.exchange) return suite.cases;
  const [right, wrong] = [layersWith([]), layersWith([fault])];
  const names = Object.keys(right.operations) as OperationName[];
  const changed = names.filter(
    (name) => right.inputs[name] !== wrong.inputs[name] || right.operations[name] !== wrong.operations[name],
  );
  if (changed.some((name) => shared.has(name))) return suite.cases;
  const called = await (calls ??= callsByCase());
  const isReached = (one: Case): boolean =>
    changed.some((name) => called.get(one.id)?.has(name)) ||
    (fault.invoke !== undefined && one.given?.triggers !== undefined);
  return suite.cases.filter((one) => isOverCase(one) || isReached(one));
}

/** Pools and clients are made once for many cases. */
const shared: ReadonlySet<OperationName> = new Set<OperationName>([
  'CreateUserPool',
  'CreateUserPoolClient',
  'DescribeUserPool',
  'DescribeUserPoolClient',
]);

let calls: Promise<ReadonlyMap<string, ReadonlySet<string>>> | undefined;

/** Which operations each case calls, fixtures and observations included; one case after the other, to know whose call it is. */
async function callsByCase(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  let current = new Set<string>();
  const sending =
    (send: Send): Send =>
    (request, how) => {
      const target = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'x-amz-target');
      current.add(target?.[1].split('.')[1] ?? '');
      return send(request, how);
    };
  const onResult = ({ id }: Result): void => {
    found.set(id, current);
    current = new Set();
  };
  await judge(suite.cases, [], { concurrency: 1, onResult, sending });
  return found;
}

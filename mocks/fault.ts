import { inputs, type Input, type OperationName } from './inputs.ts';
import type { MockRequest, MockResponse } from './mock.ts';
import { operations } from './operations.ts';
import type { Shape } from './shape.ts';
import type { State } from './state.ts';
import type { Invoke } from './triggers.ts';

export type Exchange = (request: MockRequest) => Promise<MockResponse>;
/** What an operation gives back, or what it throws. */
export type Operation = (input: never, state: State) => unknown;

/** A way of being wrong on purpose: functions over the mock's own, each of which gets what it stands in front of. */
export interface Fault {
  /** Over a whole exchange: what a proxy or a web framework could do to it. */
  exchange?: (request: MockRequest, next: Exchange, state: State) => Promise<MockResponse>;
  /** Over what may stand in an operation's input. */
  input?: (shape: Shape, name: OperationName) => Shape;
  /** Over what operations do. */
  operations?: Partial<Record<OperationName, (next: Operation) => Operation>>;
  /** Over how functions are invoked. */
  invoke?: (next: Invoke, state: State) => Invoke;
}

/** What a mock is made of. */
export interface Layers {
  inputs: Readonly<Record<OperationName, Shape>>;
  operations: Readonly<Record<OperationName, Operation>>;
}

/** The mock's own layers with faults over them, the last outermost. */
export function layersWith(faults: readonly Fault[]): Layers {
  return faults.reduce<Layers>(
    (below, { input = (shape) => shape, operations: over = {} }) => ({
      inputs: mapped(below.inputs, input),
      operations: mapped(below.operations, (next, name) => over[name]?.(next) ?? next),
    }),
    { inputs, operations },
  );
}

export function exchangeWith(faults: readonly Fault[], state: State, exchange: Exchange): Exchange {
  return faults.reduce<Exchange>(
    (next, { exchange: over }) => (over ? (request) => over(request, next, state) : next),
    exchange,
  );
}

export function invokeWith(faults: readonly Fault[], state: State, invoke: Invoke): Invoke {
  return faults.reduce<Invoke>((next, { invoke: over }) => (over ? over(next, state) : next), invoke);
}

/** A fault in one operation, or alike in several. */
export function on<Name extends OperationName>(
  names: Name | readonly Name[],
  over: (input: Input<Name>, state: State, next: (input: Input<Name>, state: State) => Promise<Output>) => unknown,
): Fault {
  const change =
    (next: Operation): Operation =>
    async (input: Input<Name>, state) =>
      over(input, state, async (changed, seen) => (await next(changed as never, seen)) as Output);
  return { operations: Object.fromEntries([names].flat().map((name) => [name, change])) };
}

/** Members of an answer, as the operation gives them. */
export type Output = Record<string, unknown>;

/** A fault in answers on their way out. */
export const inAnswers = (change: (answer: MockResponse, request: MockRequest) => MockResponse): Fault => ({
  exchange: async (request, next) => change(await next(request), request),
});

function mapped<Value>(
  values: Readonly<Record<OperationName, Value>>,
  change: (value: Value, name: OperationName) => Value,
): Record<OperationName, Value> {
  const entries = Object.entries(values) as [OperationName, Value][];
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value, name)])) as Record<
    OperationName,
    Value
  >;
}

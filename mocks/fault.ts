import { inputs, type Input, type OperationName } from './inputs.ts';
import type { MockRequest, MockResponse } from './mock.ts';
import { operations } from './operations.ts';
import type { Bounds, Present, Shape, StructureShape } from './shape.ts';
import type { State } from './state.ts';
import type { Invoke } from './triggers.ts';

/** What an operation gives back, or what it throws. */
export type Operation = (input: never, state: State) => unknown;

/** A way of being wrong on purpose: small functions over what the mock does rightly. */
export interface Fault {
  /** Over a request as it comes in, and over an answer as it goes out. */
  request?: (request: MockRequest) => MockRequest;
  answer?: (answer: MockResponse, request: MockRequest) => MockResponse;
  /** Over what may stand in an operation's input. */
  input?: (shape: Shape, name: OperationName) => Shape;
  /** Over what operations do. */
  operations?: Partial<Record<OperationName, (next: Operation) => Operation>>;
  /** Operations that the mock lacks, by name. */
  more?: Readonly<Record<string, { input: Shape; operation: Operation }>>;
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
    (below, { input = (shape) => shape, operations: over = {}, more = {} }) => ({
      inputs: { ...mapped(below.inputs, input), ...valuesOf(more, ({ input }) => input) },
      operations: {
        ...mapped(below.operations, (next, name) => over[name]?.(next) ?? next),
        ...valuesOf(more, ({ operation }) => operation),
      },
    }),
    { inputs, operations },
  );
}

/** An exchange with faults around it, the last outermost. */
export function exchangeWith(
  faults: readonly Fault[],
  exchange: (request: MockRequest) => Promise<MockResponse>,
): (request: MockRequest) => Promise<MockResponse> {
  return faults.reduce(
    (next, { request: changed = (request) => request, answer: change = (answer) => answer }) =>
      async (request) =>
        change(await next(changed(request)), request),
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

/** A fault in what may stand somewhere in an input; `[]` is a member of a list. */
export const inShape = (
  names: readonly OperationName[],
  path: readonly string[],
  change: (shape: Shape) => Shape,
): Fault => ({ input: (shape, name) => (names.includes(name) ? reshaped(shape, path, change) : shape) });

function reshaped(shape: Shape, [step, ...rest]: readonly string[], change: (shape: Shape) => Shape): Shape {
  if (step === undefined) return change(shape);
  if (shape.kind === 'list') return { ...shape, member: reshaped(shape.member, rest, change) };
  const { members } = shape as StructureShape;
  return { ...shape, members: { ...members, [step]: reshaped(members[step] as Shape, rest, change) } } as Shape;
}

/** What may be left out. */
export const optional = (shape: Shape): Shape => {
  const { required: _, ...rest } = shape as Present<Shape>;
  return rest as Shape;
};

/** What may be longer, shorter, or of other letters. */
export const bounded =
  (bounds: Bounds) =>
  (shape: Shape): Shape =>
    ({ ...shape, ...bounds }) as Shape;

/** Members of an answer, as the operation gives them. */
export type Output = Record<string, unknown>;

const valuesOf = <From, To>(record: Readonly<Record<string, From>>, value: (from: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([name, from]) => [name, value(from)]));

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

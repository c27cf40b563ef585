import type { Case, Step } from './case.ts';
import type { Constraint, Suite, Tested } from './suite.ts';

/** What there is to test, by kind; an item without cases and without a reason is open. */
export interface Coverage {
  operations: Item[];
  errors: Item[];
  constraints: Item[];
  statements: Item[];
  evidence: Item[];
}

export interface Item {
  /** The operation that it belongs to; evidence belongs to several. */
  on?: string;
  name: string;
  /** What it says, where its name does not. */
  says?: string;
  /** Ids of the cases that test it, a row each. */
  cases: string[];
  untested?: string;
}

/** Everything that the suite knows of, and which cases test it. */
export function coverageOf(suite: Suite): Coverage {
  const judging = judgedCalls(suite.cases);
  const idsOf = (calls: JudgedCall[]): string[] => [...new Set(calls.map(({ id }) => id))];
  const operations = Object.keys(suite.operations).map((name) =>
    item({ on: name, name, cases: idsOf(judging.get(name) ?? []), untested: operationReason(suite, name) }),
  );
  const inScope = operations.filter(({ untested }) => untested === undefined);
  return {
    operations,
    errors: inScope.flatMap(({ name: on }) =>
      (suite.operations[on]?.errors ?? []).map((name) => {
        const expecting = (judging.get(on) ?? []).filter(({ errors }) => errors.includes(name));
        return item({ on, name, cases: idsOf(expecting), untested: errorReason(suite, on, name) });
      }),
    ),
    constraints: Object.entries(suite.constraints).flatMap(([on, constraints]) =>
      constraints.map((constraint) => item({ on, name: constraintName(constraint), ...tested(constraint, suite) })),
    ),
    statements: suite.statements.map(({ id, on, statement, ...rest }) =>
      item({ on, name: id, says: statement, ...tested(rest, suite) }),
    ),
    evidence: [...suite.evidence.values()].map(({ id, statement, untested }) => {
      const citing = suite.cases.filter(({ evidence }) => evidence.includes(id));
      return item({ name: id, says: statement, cases: citing.map((test) => test.id), untested });
    }),
  };
}

export type State = 'covered' | 'excluded' | 'open';

export function stateOf({ cases, untested }: Item): State {
  if (cases.length > 0) return 'covered';
  return untested === undefined ? 'open' : 'excluded';
}

/** The cases that an id names: itself, or all its rows. */
export function casesNamed(id: string, cases: readonly Case[]): Case[] {
  return cases.filter((test) => test.id === id || (test.row !== undefined && sourceId(test) === id));
}

/** The id as it is written, without the row. */
export function sourceId({ id, row }: Case): string {
  return row === undefined ? id : id.slice(0, id.lastIndexOf('/'));
}

export function operationReason({ untested }: Suite, name: string): string | undefined {
  return untested.operations.find(({ operations }) => operations.includes(name))?.reason;
}

export function errorReason({ untested }: Suite, operation: string, name: string): string | undefined {
  return untested.errors.find(({ error, on }) => error === name && (on?.includes(operation) ?? true))?.reason;
}

/** `UserAttributes[].Name: at most 32 characters`. */
export function constraintName({ member, must }: Constraint): string {
  return `${member}: ${wordsOf(must)}`;
}

function wordsOf(must: Constraint['must']): string {
  if ('required' in must) return 'required';
  if ('type' in must) return `of type ${must.type}`;
  if ('pattern' in must) return `fits ${must.pattern}`;
  return 'minLength' in must ? `at least ${must.minLength} long` : `at most ${must.maxLength} long`;
}

interface JudgedCall {
  id: string;
  /** The error types that the case accepts of it, alone or each of several. */
  errors: string[];
}

/** What the cases judge, by operation. */
function judgedCalls(cases: readonly Case[]): Map<string, JudgedCall[]> {
  const found = new Map<string, JudgedCall[]>();
  for (const test of cases) {
    for (const step of test.steps) {
      if (step.call === undefined || step.expect === undefined) continue;
      const calls = found.get(step.call) ?? [];
      found.set(step.call, [...calls, { id: test.id, errors: errorsOf(step, test) }]);
    }
  }
  return found;
}

/** The error types that a step expects, also those that its row names. */
export function errorsOf({ expect }: Step, { row }: Pick<Case, 'row'>): string[] {
  return [expect?.error ?? []].flat().flatMap((type) => {
    const member = /^\$\{row\.(.+)\}$/.exec(type)?.[1];
    return member === undefined ? [type] : [row?.[member] ?? []].flat().map(String);
  });
}

function tested(
  { cases = [], untested }: Tested,
  suite: Suite,
): Pick<Item, 'cases'> & { untested: string | undefined } {
  return { cases: cases.flatMap((id) => casesNamed(id, suite.cases).map((test) => test.id)), untested };
}

/** A member that is undefined is not there. */
function item({ untested, ...rest }: Omit<Item, 'untested'> & { untested: string | undefined }): Item {
  return untested === undefined ? rest : { ...rest, untested };
}

import type { Report, Result, StepRecord } from '../../engine/result.ts';
import type { ExitCode } from '../exit-code.ts';
import { compareCase, type CaseComparison, type Found } from './compare-case.ts';
import type { Difference } from './difference.ts';
import { KEPT_ANSWERS, repeatedAnswers } from './repeated.ts';
import { refusalIn, type VerdictChange } from './whole-case.ts';

/** Two reports held against each other, case by case and answer by answer. */
export interface Comparison {
  reference: Report['target'];
  target: Report['target'];
  /** How many answers, of how many cases, were held against each other. */
  answers: number;
  cases: number;
  /** Most frequent first. */
  differences: DifferenceGroup[];
  /** How verdicts differ and of how many cases, most frequent first. */
  verdicts: (VerdictChange & { cases: string[] })[];
  /** How many cases were compared by their verdicts alone, as their exchanges were not kept. */
  bare: number;
  /** What was not compared, in words. */
  uncompared: string[];
  /** Why the target could not be judged: only first calls were compared, and no case. */
  problem?: string;
}

/** Differences alike. */
export interface DifferenceGroup {
  cause: string;
  /** How many answers differ so; 0 where it is not an answer that differs. */
  answers: number;
  /** Ids of the cases, sorted. */
  cases: string[];
  example: Difference & { call: string };
}

/** What differs in `target` from `reference`. Either may be of part of the suite. */
export function compare(reference: Report, target: Report): Comparison {
  const others = new Map(target.results.map((result) => [result.id, result]));
  const context = {
    repeated: repeatedAnswers(reference, target),
    fixtures: fixturesOf(reference),
    refusals: refusalsIn(target),
    folded: new Set(
      [reference, target].flatMap(({ results }) => results.flatMap(({ over = {} }) => Object.keys(over))),
    ),
  };
  const pairs = [...reference.results]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap((one): [Result, Result][] => {
      const other = others.get(one.id);
      return other ? [[one, other]] : [];
    });
  const compared = pairs.map(([one, other]) => compareCase(one, other, context));
  const found = compared.flatMap((each) => each.found);
  const caseDiffers = found.some(({ isFolded }) => !isFolded);
  return {
    reference: reference.target,
    target: target.target,
    answers: compared.reduce((sum, { answers }) => sum + answers, 0),
    cases: compared.filter(({ answers }) => answers > 0).length,
    // A check over every answer comes out otherwise because some answer did.
    differences: grouped(found.filter(({ isFolded }) => !isFolded || !caseDiffers)),
    verdicts: changes(compared),
    bare: bareOf(compared),
    uncompared: uncompared(reference, target, compared),
  };
}

/** 0 nothing differs, 1 something does, 3 nothing could be compared. */
export function comparisonCode({ differences, answers }: Comparison): ExitCode {
  if (differences.length > 0) return 1;
  return answers === 0 ? 3 : 0;
}

/** The first accepted call of each operation that fixtures make: shared ones are made in whatever case comes first. */
function fixturesOf({ results }: Report): Map<string, StepRecord> {
  const accepted = new Map<string, StepRecord>();
  for (const record of results.flatMap(({ steps }) => steps)) {
    const { call, role, response } = record;
    if (role === 'fixture' && response && response.status < 300 && !accepted.has(call)) accepted.set(call, record);
  }
  return accepted;
}

/** A shared fixture is refused in one case, and missed in all that share it. */
function refusalsIn({ results }: Report): Map<string, StepRecord> {
  return new Map(
    results.flatMap((result): [string, StepRecord][] => {
      const refused = result.verdict === 'blocked' ? refusalIn(result) : undefined;
      return refused && result.cause !== undefined ? [[result.cause, refused]] : [];
    }),
  );
}

function grouped(found: readonly Found[]): DifferenceGroup[] {
  const groups = new Map<string, { answers: number; cases: Set<string>; example: DifferenceGroup['example'] }>();
  for (const { id, call, difference, isAnswer } of found) {
    const group = groups.get(difference.cause) ?? { answers: 0, cases: new Set(), example: { ...difference, call } };
    groups.set(difference.cause, group);
    group.cases.add(id);
    if (isAnswer) group.answers += 1;
  }
  return [...groups]
    .map(([cause, { answers, cases, example }]) => ({ cause, answers, cases: [...cases], example }))
    .sort(
      (a, b) =>
        rank(a) - rank(b) || b.cases.length - a.cases.length || b.answers - a.answers || (a.cause < b.cause ? -1 : 1),
    );
}

/** Where answers are kept, all else may follow from it. */
function rank({ cause }: DifferenceGroup): number {
  return cause === KEPT_ANSWERS ? 0 : 1;
}

function changes(compared: readonly CaseComparison[]): Comparison['verdicts'] {
  const found = new Map<string, Comparison['verdicts'][number]>();
  for (const { id, change } of compared) {
    if (!change) continue;
    const key = `${change.was} ${change.is}`;
    const same = found.get(key) ?? { ...change, cases: [] };
    found.set(key, same);
    same.cases.push(id);
  }
  return [...found.values()].sort((a, b) => b.cases.length - a.cases.length || (a.was + a.is < b.was + b.is ? -1 : 1));
}

/** What makes any comparison of the two worth less. */
export function mishaps(reference: Report, target: Report): string[] {
  const [one, other] = [reference.suite, target.suite];
  const versions = `suite ${one.version} (${one.hash.slice(0, 8)}) and ${other.version} (${other.hash.slice(0, 8)})`;
  return [
    ...(one.hash === other.hash ? [] : [`the cases are not the same: ${versions}; run both with one version`]),
    ...[reference, target].flatMap(({ run, target: { name } }) =>
      run.complete ? [] : [`the run on ${name} was interrupted`],
    ),
  ];
}

function uncompared(reference: Report, target: Report, compared: readonly CaseComparison[]): string[] {
  const ids = new Set(reference.results.map(({ id }) => id));
  const both = compared.length;
  const lines: string[] = [];
  const alone: [number, string][] = [
    [reference.results.length - both, 'the reference'],
    [target.results.filter(({ id }) => !ids.has(id)).length, 'the other'],
  ];
  for (const [count, whose] of alone) if (count > 0) lines.push(`${cases(count)} only ${whose} has`);
  const skipped = compared.flatMap(({ skipped: reason }) => (reason === undefined ? [] : [reason]));
  for (const reason of [...new Set(skipped)].sort()) {
    lines.push(`${cases(skipped.filter((each) => each === reason).length)} skipped: ${reason}`);
  }
  const bare = bareOf(compared);
  if (bare > 0) lines.push(`${cases(bare)} by their verdicts alone: the exchanges were not kept; run with --trace`);
  return [...mishaps(reference, target), ...lines];
}

function bareOf(compared: readonly CaseComparison[]): number {
  return compared.filter(({ lacksExchanges }) => lacksExchanges).length;
}

function cases(count: number): string {
  return count === 1 ? '1 case' : `${count} cases`;
}

import { coerce, satisfies, validRange } from 'semver';
import type { Result } from './result.ts';
import type { Suite } from './suite.ts';
import { isCurrent, isOfEveryAnswer, isWithin, wordsOf } from './fingerprint.ts';
import { nearest } from './nearest.ts';

/** Differences that a target's owner knows of: the content of `known-failures.json`. */
export interface Baseline {
  $schema?: string;
  formatVersion: 1;
  about: string;
  /** The version of the suite it was drafted with. */
  suite?: string;
  /** Versions of the target it was written for (npm range): outside it nothing is held against it. */
  versions?: string;
  failures: KnownFailure[];
  /** Ids of the cases that passed when it was drafted, sorted: a record that nothing is held against. */
  passes?: string[];
}

export interface KnownFailure {
  id: string;
  reason: string;
  issue?: string;
  /** It depends on the clock: a pass does not make the entry superfluous. */
  sometimes?: true;
  fingerprint: string;
}

export interface Against {
  baseline: Baseline;
  version: string | undefined;
  strict: boolean;
  /** Whether all cases were run: a check over every answer may otherwise differ in less than is known. */
  whole: boolean;
}

/** The verdict in the light of what is known: `known`, `fixed` or `changed`. */
export function applyBaseline(result: Result, against: Against): Result {
  const { baseline } = against;
  const known = baseline.failures.find(({ id }) => id === result.id);
  if (!known) return result;
  const judged = judge(result, known, against);
  if (!isOfEveryAnswer(known.fingerprint)) return judged;
  const { id: _, ...entry } = known;
  return { ...judged, known: { ...entry, ...(baseline.versions !== undefined && { versions: baseline.versions }) } };
}

function judge(result: Result, known: KnownFailure, { baseline, version, strict, whole }: Against): Result {
  const inRange = !baseline.versions || !version || isInRange(version, baseline.versions);
  const inPart = !whole && isOfEveryAnswer(known.fingerprint);
  const issue = known.issue === undefined ? {} : { issue: known.issue };
  if (differs(result, strict)) {
    const { fingerprint = '' } = result;
    if (inPart ? isWithin(fingerprint, known.fingerprint) : fingerprint === known.fingerprint)
      return { ...result, ...issue, verdict: 'known', reason: known.reason };
    if (!inRange)
      return {
        ...result,
        ...issue,
        verdict: 'known',
        reason: `${known.reason} (differs otherwise in version ${version})`,
      };
    const reason = `differs otherwise than the baseline says: ${result.reason}; known was ${wordsOf(known.fingerprint)}`;
    return { ...result, verdict: 'changed', reason };
  }
  if (!inRange || inPart) return result;
  // Better than the entry says, and not as good as that it could go: it has to be drafted anew.
  const improved = ['warn', 'info'].includes(result.verdict) && result.fingerprint !== known.fingerprint;
  if (improved) {
    const reason = `differs less than the baseline says: ${result.reason}; known was ${wordsOf(known.fingerprint)}`;
    return { ...result, verdict: 'changed', reason };
  }
  if (result.verdict !== 'pass' || known.sometimes) return result;
  return {
    ...result,
    verdict: 'fixed',
    cause: 'passes now, and is in the baseline',
    reason: 'take its entry out of the baseline',
  };
}

/** What the reason of an entry begins with until a person gives it one. */
export const UNEXPLAINED = 'not explained yet: ';

/** Said where nothing is held against a target that is of another version than its baseline. */
export function rangeNote({ versions }: Baseline, version: string | undefined): string | undefined {
  if (versions === undefined || version === undefined || isInRange(version, versions)) return undefined;
  return `the baseline is for versions ${versions} and this is ${version}: what is fixed or differs otherwise is not told`;
}

function isInRange(version: string, range: string): boolean {
  return satisfies(coerce(version) ?? version, range);
}

export interface Drafting extends Omit<Against, 'baseline' | 'version'> {
  about: string;
  /** Its version. */
  suite: string;
  older?: Baseline | undefined;
}

/** A baseline of what differs and passes now; an older one's reasons are kept, and what this run did not judge in full. */
export function draftBaseline(found: readonly Result[], { about, suite, strict, whole, older }: Drafting): Baseline {
  const known = new Map(older?.failures.map((failure) => [failure.id, failure]));
  const results = found.filter(
    ({ id, fingerprint = known.get(id)?.fingerprint ?? '' }) => whole || !isOfEveryAnswer(fingerprint),
  );
  const failures = results
    .filter((result) => differs(result, strict))
    .map(({ id, cause = '', fingerprint = '' }): KnownFailure => ({
      id,
      reason: UNEXPLAINED + cause,
      ...known.get(id),
      fingerprint,
    }));
  const judged = new Set(results.filter(({ verdict }) => !['skip', 'error'].includes(verdict)).map(({ id }) => id));
  const drafted = new Set(failures.map(({ id }) => id));
  const unjudged =
    older?.failures.filter(({ id, sometimes }) => !judged.has(id) || (sometimes && !drafted.has(id))) ?? [];
  const all = [...failures, ...unjudged].sort((one, other) => (one.id < other.id ? -1 : 1));
  const passed = results
    .filter(({ id, verdict }) => verdict === 'pass' && !known.get(id)?.sometimes)
    .map(({ id }) => id);
  const passedBefore = older?.passes?.filter((id) => !judged.has(id)) ?? [];
  const passes = [...new Set([...passed, ...passedBefore])].sort();
  const { $schema, versions } = older ?? {};
  return {
    ...($schema !== undefined && { $schema }),
    formatVersion: 1,
    about: older?.about ?? about,
    suite,
    ...(versions !== undefined && { versions }),
    failures: all,
    passes,
  };
}

/** What is wrong with a baseline as such, one line each. `older`: it is about to be written anew. */
export function baselineProblems(baseline: Baseline, suite: Suite, { older = false } = {}): string[] {
  const ids = new Set(suite.cases.map(({ id }) => id));
  const range = baseline.versions;
  const known = ({ id }: KnownFailure): boolean => ids.has(id) || Object.hasOwn(suite.retired, id);
  // A case at fault may be one that nobody can name.
  const strangers = suite.faults.length > 0 ? [] : baseline.failures.filter((entry) => !known(entry));
  const foreign = strangers.length > 0 && baseline.suite !== undefined && baseline.suite !== suite.version;
  return [
    ...(range !== undefined && validRange(range) === null
      ? [`"versions" is "${range}", which is no npm version range`]
      : []),
    ...(foreign ? [foreignSuite(baseline, strangers, suite)] : []),
    ...baseline.failures.flatMap((entry, index) => {
      const { id, fingerprint } = entry;
      if (!isCurrent(fingerprint) && !older) {
        return [
          `/failures/${index}: the fingerprint "${fingerprint}" is of another version; draft it anew with --write-baseline`,
        ];
      }
      if (baseline.failures.findIndex((other) => other.id === id) < index)
        return [`/failures/${index}: "${id}" is there twice`];
      if (ids.has(id)) return [];
      const retired = Object.hasOwn(suite.retired, id) ? suite.retired[id] : undefined;
      if (retired) return older ? [] : [retirement(id, index, retired)];
      if (foreign || !strangers.includes(entry)) return [];
      const near = nearest(id, [...ids]);
      return [`/failures/${index}: no case "${id}".${near ? ` Did you mean "${near}"?` : ''}`];
    }),
  ];
}

function foreignSuite(baseline: Baseline, strangers: readonly KnownFailure[], suite: Suite): string {
  const [first, ...others] = strangers.map(({ id }) => id);
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const unknown = `knows no ${first}${more}`;
  return `was drafted with version ${baseline.suite} of the suite, and this is ${suite.version}, which ${unknown}: run that version, or take those entries out`;
}

function retirement(
  id: string,
  index: number,
  { reason, successor }: { reason: string; successor?: string | undefined },
): string {
  const became = successor
    ? ` It is now "${successor}": --prune moves the entry there`
    : ' --prune takes the entry out';
  return `/failures/${index}: "${id}" was retired: ${reason.replace(/\.$/, '')}.${became}`;
}

function differs({ verdict }: Result, strict: boolean): boolean {
  return verdict === 'fail' || verdict === 'blocked' || (strict && verdict === 'warn');
}

import { expect, test } from 'vitest';
import type { Case, Claim, Expectation, Json, JsonObject, Step } from './engine/case.ts';
import { isObject, type Answer } from './engine/answer.ts';
import { errorsOf } from './engine/coverage.ts';
import { compareAnswer, compareContent } from './engine/expectation.ts';
import { comparableLines } from './engine/lint-evidence.ts';
import { isRefusal } from './engine/lint-steps.ts';
import { loadSuite } from './engine/load.ts';
import { createMatch } from './engine/match.ts';
import { resolve } from './engine/values.ts';
import { about, packageRoot } from './package.ts';

const suite = loadSuite(packageRoot, about);
const match = createMatch(suite.patterns);

/** A refusal that somebody captured. */
type Captured = Claim & { error: string };

/** A captured refusal played to a step of a case that cites it. */
interface Play {
  entry: string;
  claim: Captured;
  test: Case;
  step: Step;
  /** Where the step expects otherwise than what was captured. */
  findings: string[];
}

const plays = suite.cases.flatMap((one) =>
  one.steps
    .filter((step) => step.call !== undefined && isRefusal(step))
    .flatMap((step) => citedBy(one).map(([entry, claim]) => play(entry, claim, one, step))),
);
/** Those of the operation that the claim was made on. */
const ofItsOperation = plays.filter(({ claim, step }) => ['any', step.call].includes(claim.on));

test('what was captured of an operation fits a case that cites it', () => {
  const misfits = [...groups(ofItsOperation, ({ claim }) => claim)].filter((some) => some.every(differs));
  expect(misfits.map((some) => some.map(told))).toEqual([]);
});

test('a refusal whose type was captured is expected as it was captured, its text too', () => {
  const sameError = plays.filter(({ claim, step, test: one }) => errorsOf(step, one).includes(claim.error));
  const misfits = [...groups(sameError, ({ test: one, step }) => `${one.id} ${one.steps.indexOf(step)}`)]
    .map(nearestOperation)
    .filter((some) => some.every(differs));
  expect(misfits.map((some) => some.map(told))).toEqual([]);
});

test('many captured refusals are played', () => {
  const pairs = (some: Play[]): number =>
    new Set(some.map(({ test: one, entry, claim }) => `${one.id} ${entry} ${claim.on} ${claim.source}`)).size;
  const fitting = plays.filter((one) => !differs(one));
  expect(pairs(ofItsOperation)).toBeGreaterThan(90);
  expect(pairs(fitting)).toBeGreaterThan(200);
});

test.each<[name: string, step: Step, claim: Partial<Captured>, findings: string[]]>([
  ['fits', { expect: { error: 'A' } }, {}, []],
  ['has another type', { expect: { error: 'B' } }, {}, ['400 A (told 1) instead of B']],
  ['has another status', { expect: { error: 'A', status: 403 } }, {}, ['status is another value']],
  ['has another text', { expect: { error: 'A' }, should: { message: 'said' } }, {}, ['message is another value']],
  ['has the text with other numbers', { expect: { error: 'A' }, should: { message: 'told 2\n' } }, {}, []],
  ['has one of several lines', { expect: { error: 'A', message: { $lines: ['told 1', 'told 3'] } } }, {}, []],
])('a captured refusal that %s', (_, step, claim, findings) => {
  const captured: Captured = {
    on: 'X',
    tier: 'observed',
    outcome: '',
    source: '',
    error: 'A',
    message: 'told 1',
    ...claim,
  };
  expect(findingsOf(step, captured, undefined)).toEqual(findings);
});

function citedBy({ evidence }: Case): [entry: string, claim: Captured][] {
  return evidence.flatMap((entry) =>
    (suite.evidence.get(entry)?.claims ?? []).flatMap((claim): [string, Captured][] =>
      isCaptured(claim) ? [[entry, claim]] : [],
    ),
  );
}

function isCaptured(claim: Claim): claim is Captured {
  return claim.error !== undefined && (claim.tier === 'recorded' || claim.tier === 'observed');
}

function play(entry: string, claim: Captured, one: Case, step: Step): Play {
  return { entry, claim, test: one, step, findings: findingsOf(step, claim, one.row) };
}

/** What the step expects otherwise; only what the claim says is judged: status, type and text. */
function findingsOf({ expect: must = {}, should }: Step, claim: Captured, row: JsonObject | undefined): string[] {
  const judged = (expectation: Expectation): [Expectation, Answer] => judgedPart(expectation, claim, row);
  return [...compareAnswer(...judged(must), match), ...(should ? compareContent(...judged(should), match) : [])].map(
    ({ message }) => message,
  );
}

function judgedPart(expectation: Expectation, claim: Captured, row: JsonObject | undefined): [Expectation, Answer] {
  const {
    headers: _,
    text: __,
    body: ___,
    message,
    ...outcome
  } = resolve(expectation as Json, { row: row ?? {} }) as Expectation;
  const { status = 400, error } = claim;
  const wanted = message === undefined ? undefined : comparablePattern(message);
  const said = claim.message;
  const answer: Answer = {
    status,
    headers: {},
    text: '',
    body: { __type: error },
    error,
    message: said,
  };
  if (said === undefined) return [outcome, answer];
  const asText = typeof wanted === 'string';
  return [
    { ...outcome, ...(wanted !== undefined && { message: wanted }) },
    { ...answer, message: asText ? comparable(said) : said },
  ];
}

/** Texts are compared as the lint does: without names and numbers that a case may choose, in any order of lines. */
function comparablePattern(pattern: Json): Json {
  if (typeof pattern === 'string') return comparable(pattern);
  return isObject(pattern) && Array.isArray(pattern['$lines']) ? comparable(pattern['$lines'].join('\n')) : pattern;
}

function comparable(text: string): string {
  return [...new Set(comparableLines(text))].sort().join('\n');
}

function groups<Key>(some: Play[], keyOf: (one: Play) => Key): Iterable<Play[]> {
  const found = new Map<Key, Play[]>();
  for (const one of some) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return found.values();
}

/** What was captured of the step's own operation, and of others only where nobody captured that. */
function nearestOperation(some: Play[]): Play[] {
  const own = some.filter((one) => ofItsOperation.includes(one));
  return own.length > 0 ? own : some;
}

function differs({ findings }: Play): boolean {
  return findings.length > 0;
}

function told({ entry, claim, test: one, findings }: Play): string {
  return `${one.id} cites ${entry}: ${claim.error} on ${claim.on} (${claim.source}): ${findings.join('; ')}`;
}

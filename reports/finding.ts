import type { Mismatch, Verdict } from '../engine/result.ts';
import { bestClaim, type FindEvidence } from './best-claim.ts';
import type { Cause } from './causes.ts';
import { columns, cut, pad, wrap } from './columns.ts';
import { styles, type Paint } from './paint.ts';
import { plain } from './plain.ts';

/** How much is told: what is red and no more, or everything in full. */
export type Detail = 'quiet' | 'normal' | 'verbose';

export interface Page {
  detail?: Detail | undefined;
  paint: Paint;
  width: number;
  evidence: FindEvidence;
}

const label = 10;
const mostCases = 3;
const mostMismatches = 3;
const explained: readonly Verdict[] = ['blocked', 'error', 'fixed', 'changed'];
/** What contradicts the evidence; the others never came to it, or agree. */
const contradicting: readonly Verdict[] = ['fail', 'changed', 'warn'];

/** One cause as a person reads it: what was broken, the rules, what was expected, what came, how we know. */
export function finding(cause: Cause, page: Page): string[] {
  const [first] = cause.results;
  const differing = cause.results.find(({ mismatches }) => mismatches.length > 0) ?? first;
  const mismatches = gravest(differing.mismatches);
  const why = first.reason !== undefined && first.reason !== cause.cause;
  return [
    ...heading(cause, page),
    ...rules(cause, page),
    ...(why && (mismatches.length === 0 || explained.includes(cause.verdict))
      ? entry('why', wrapped(first.reason ?? '', page))
      : []),
    ...(page.detail === 'verbose' ? everyDifference(cause, page) : firstDifferences(mismatches, cause, page)),
    ...(contradicting.includes(cause.verdict)
      ? entry(
          'evidence',
          addressed(bestClaim(differing.evidence, page.evidence, mismatches[0]?.call ?? differing.area), page),
        )
      : []),
  ];
}

/** One cause in one line, for what only deserves a glance, and an id to ask further: on a line of its own where there is no room. */
export function findingLine({ cause, verdict, results }: Cause, { paint, width }: Page): string[] {
  const tag = verdict.toUpperCase();
  const room = width - tag.length - 2;
  const count = `  (${cases(results.length)})`;
  const id = `  ${plain(results[0].id)}`;
  const text = cut(plain(cause), room - count.length) + count;
  const line = `${paint(styles[verdict], tag)}  ${text}`;
  return columns(text + id) > room
    ? [line, `${' '.repeat(tag.length)}${paint('dim', cut(id, room + 2))}`]
    : [line + paint('dim', id)];
}

export function cases(count: number): string {
  return count === 1 ? '1 case' : `${count} cases`;
}

function heading({ cause, verdict, results }: Cause, { paint, width }: Page): string[] {
  const tag = verdict.toUpperCase();
  const counts = [...new Set(results.map((result) => result.verdict))].map(
    (each) => `${results.filter((result) => result.verdict === each).length} ${each}`,
  );
  const count = counts.length === 1 ? cases(results.length) : counts.join(', ');
  const lines = wrap(plain(`${cause}  (${count})`), width - tag.length - 2);
  return lines.map((line, index) =>
    index === 0
      ? `${paint(styles[verdict], tag)}  ${paint('bold', line)}`
      : `${' '.repeat(tag.length + 2)}${paint('bold', line)}`,
  );
}

function rules({ results }: Cause, page: Page): string[] {
  const most = page.detail === 'verbose' ? Infinity : mostCases;
  const shown = results
    .slice(0, most)
    .flatMap(({ id, title }) => [...wrapped(title, page), page.paint('dim', short(id, page))]);
  return [...entry(results.length === 1 ? 'rule' : 'rules', shown), ...more(results.length - most)];
}

function firstDifferences(mismatches: readonly Mismatch[], cause: Cause, page: Page): string[] {
  return [
    ...mismatches.slice(0, mostMismatches).flatMap((mismatch) => difference(mismatch, cause, page)),
    ...more(mismatches.length - mostMismatches, 'difference'),
  ];
}

/** Of each case, what is the same told once; whose it is where cases differ otherwise. */
function everyDifference(cause: Cause, page: Page): string[] {
  const idsOf = new Map<string, string[]>();
  for (const { id, mismatches } of cause.results) {
    const told = gravest(mismatches).flatMap((mismatch) => difference(mismatch, cause, page));
    if (told.length > 0) idsOf.set(told.join('\n'), [...(idsOf.get(told.join('\n')) ?? []), id]);
  }
  return [...idsOf].flatMap(([told, ids]) => {
    const dimmed = ids.map((id) => page.paint('dim', short(id, page)));
    return [...(idsOf.size > 1 ? entry('in', dimmed) : []), told];
  });
}

function gravest(mismatches: readonly Mismatch[]): Mismatch[] {
  const grade = (['must', 'should', 'may'] as const).find((each) => mismatches.some((one) => one.grade === each));
  return mismatches.filter((mismatch) => mismatch.grade === grade);
}

function difference(mismatch: Mismatch, { cause }: Cause, page: Page): string[] {
  const { call, kind, path, message, expected, actual } = mismatch;
  const at = cause.includes(call) ? '' : `${call} `;
  const where = `${at}${kind === 'attributes' ? 'attribute' : kind} ${path}`.trim();
  const lines = (wanted: string, came: string) => [
    ...entry('expected', [short(wanted, page)]),
    ...entry('came', [short(came, page)]),
  ];
  if (kind === 'error' || kind === 'status') return lines(`${at}${bare(expected)}`, `${at}${outcome(mismatch)}`);
  if (expected !== undefined || kind === 'attributes') {
    return lines(`${where} ${value(expected)}`, `${where} ${value(actual)}`);
  }
  if (message.endsWith(' is absent')) return lines(`${where} present`, `${where} absent`);
  return entry('came', [short(at + message, page)]);
}

/** The message tells more of what came than the value alone: what the target said. */
function outcome({ message, expected, actual }: Mismatch): string {
  const instead = ` instead of ${bare(expected)}`;
  return message.endsWith(instead) ? message.slice(0, -instead.length) : bare(actual);
}

function bare(of: unknown): string {
  return typeof of === 'string' ? of : value(of);
}

function value(of: unknown): string {
  return of === undefined ? 'absent' : JSON.stringify(of);
}

function more(count: number, noun?: string): string[] {
  if (count <= 0) return [];
  const what = noun === undefined ? '' : ` ${noun}${count === 1 ? '' : 's'}`;
  return entry('', [`… and ${count} more${what}`]);
}

function entry(name: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${pad(index === 0 ? name : '', label)}${line}`);
}

function short(text: string, { width }: Page): string {
  return cut(plain(text), width - label - 2);
}

function wrapped(text: string, { width }: Page): string[] {
  return wrap(plain(text), width - label - 2);
}

const ADDRESS = /^\W*https?:\/\//;

/** The suite's own words: an address stays whole, to be clicked and copied. What a target says never leaves the width. */
function addressed(text: string, { width }: Page): string[] {
  return wrap(plain(text), width - label - 2, ADDRESS);
}

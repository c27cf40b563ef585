import type { CaseSource, Claim, Json, JsonObject } from './case.ts';
import { isObject } from './answer.ts';
import { unknown } from './lint-references.ts';
import type { Place, Problem } from './lint.ts';
import type { Suite } from './suite.ts';

export function evidenceExists({ source, suite }: Place): string[] {
  return source.evidence.flatMap((id) => unknown('evidence', id, [...suite.evidence.keys()]));
}

/** Every error and status of a `must` was declared, documented or seen by somebody. */
export function errorsStandInClaims({ source, suite }: Place): string[] {
  if (source.level !== 'must') return [];
  const claims = claimsOf(source, suite).filter(({ tier }) => tier !== 'inferred');
  return expected(source).flatMap(({ error, status }) => [
    ...[error ?? []]
      .flat()
      .flatMap((type) =>
        type.startsWith('${') || claims.some((claim) => claim.error === type)
          ? []
          : [`${type} stands in no cited claim better than inferred`],
      ),
    ...(typeof status !== 'number' || status === 200 || claims.some((claim) => claim.status === status)
      ? []
      : [`status ${status} stands in no cited claim better than inferred`]),
  ]);
}

/** Nobody's wording is asserted but one that somebody captured; names and numbers in it may differ. */
export function textsStandInClaims({ source, suite }: Place): string[] {
  const captured = claimsOf(source, suite).flatMap(({ message }) => (message === undefined ? [] : lines(message)));
  const texts = messagesIn([source.steps, source.expect ?? null] as unknown as Json, Object.values(source.each ?? {}));
  return texts
    .flatMap(lines)
    .flatMap((line) => (captured.includes(line) ? [] : [`the text "${line}" stands in no cited claim`]));
}

export function idleEvidence(suite: Suite, places: Place[]): Problem[] {
  const cited = new Set(places.flatMap(({ source }) => source.evidence));
  return [...suite.evidence.values()].flatMap(({ id, untested }) =>
    cited.has(id) || untested
      ? []
      : [{ file: 'specs/evidence', pointer: '', message: `${id} is cited by no case and has no "untested" reason` }],
  );
}

function claimsOf(source: CaseSource, suite: Suite): Claim[] {
  return source.evidence.flatMap((id) => suite.evidence.get(id)?.claims ?? []);
}

function expected(source: CaseSource): { error?: string | string[]; status?: Json }[] {
  const rows = Object.values(source.each ?? {});
  return [{ expect: source.expect }, ...source.steps].flatMap(({ expect }) => {
    if (!expect) return [];
    const fromRow = /^\$\{row\.(.+)\}$/.exec(typeof expect.error === 'string' ? expect.error : '')?.[1];
    if (!fromRow) return [expect];
    return rows.map((row) => ({ ...expect, error: row[fromRow] as string | string[] }));
  });
}

/** Literal texts under `message`, also those that rows give to it. */
function messagesIn(part: Json, rows: JsonObject[]): string[] {
  if (Array.isArray(part)) return part.flatMap((item) => messagesIn(item, rows));
  if (!isObject(part)) return [];
  return Object.entries(part).flatMap(([name, value]) => {
    if (name === 'with') return [];
    return name === 'message' ? textsOf(value, rows) : messagesIn(value, rows);
  });
}

function textsOf(pattern: Json, rows: JsonObject[]): string[] {
  if (isObject(pattern)) return Array.isArray(pattern['$lines']) ? pattern['$lines'].map(String) : [];
  if (typeof pattern !== 'string') return [];
  const member = /^\$\{row\.(.+)\}$/.exec(pattern)?.[1];
  return member === undefined ? [pattern] : rows.flatMap((row) => textsOf(row[member] ?? null, []));
}

/** A text as compared: line by line, without the names and numbers that a case may choose. */
function lines(text: string): string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) =>
      line
        .replace(/user\.[^:\s]+(:[^:\s]+)?:/, 'user.*:')
        .replace(/value for \S+ must/, 'value for * must')
        .replace(/\d+/g, '#'),
    );
}

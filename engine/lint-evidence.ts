import type { CaseSource, Claim, Json, JsonObject } from './case.ts';
import { isObject } from './answer.ts';
import { unknown } from './lint-references.ts';
import type { Found, Place } from './lint.ts';
import { partOf } from './positions.ts';
import type { Suite, SupportData } from './suite.ts';

export function evidenceExists({ source, suite }: Place): Found[] {
  return source.evidence.flatMap((id, index) =>
    unknown(`/evidence/${index}`, 'evidence', id, [...suite.evidence.keys()]),
  );
}

/** Every error and status of a `must` was declared, documented or seen by somebody. */
export function errorsStandInClaims({ source, suite }: Place): Found[] {
  if (source.level !== 'must') return [];
  const claims = claimsOf(source, suite).filter(({ tier }) => tier !== 'inferred');
  const missing = 'stands in no cited claim better than inferred';
  const parts = source.steps.map(({ expect }, index) => ({ expect, at: `/steps/${index}/expect` }));
  return [{ expect: source.expect, at: '/expect' }, ...parts].flatMap(({ expect, at }) => {
    const status = expect?.status;
    return [
      ...valuesOf(expect?.error ?? [], `${at}/error`, source).flatMap(([place, error]) =>
        [error].flat().flatMap((type) => {
          const claimed = typeof type !== 'string' || claims.some((claim) => claim.error === type);
          return claimed ? [] : [{ at: place, message: `${type} ${missing}` }];
        }),
      ),
      ...(typeof status !== 'number' || status === 200 || claims.some((claim) => claim.status === status)
        ? []
        : [{ at: `${at}/status`, message: `status ${status} ${missing}` }]),
    ];
  });
}

/** Nobody's wording is asserted but one that somebody captured; names and numbers in it may differ. */
export function textsStandInClaims({ source, suite }: Place): Found[] {
  const captured = claimsOf(source, suite).flatMap(({ message }) =>
    message === undefined ? [] : comparableLines(message),
  );
  const patterns = { steps: source.steps, expect: source.expect ?? null } as unknown as Json;
  return messagesIn(patterns, '')
    .flatMap(([at, pattern]) => valuesOf(pattern, at, source))
    .flatMap(([at, pattern]) => textsOf(pattern, at))
    .flatMap(([at, text]) => comparableLines(text).map((line) => ({ at, line })))
    .flatMap(({ at, line }) =>
      captured.includes(line) ? [] : [{ at, message: `the text "${line}" stands in no cited claim` }],
    );
}

/** Entries that no case cites and that do not say why. */
export function idleEvidence(suite: Pick<Suite, 'cases' | 'evidence'>): string[] {
  const cited = new Set(suite.cases.flatMap(({ evidence }) => evidence));
  return [...suite.evidence.values()].flatMap(({ id, untested }) => (cited.has(id) || untested ? [] : [id]));
}

function claimsOf(source: CaseSource, suite: SupportData): Claim[] {
  return source.evidence.flatMap((id) => suite.evidence.get(id)?.claims ?? []);
}

/** A pattern, or what the rows give in its place, and where that stands. */
function valuesOf(pattern: Json, at: string, { each = {} }: CaseSource): [at: string, pattern: Json][] {
  const member = typeof pattern === 'string' ? /^\$\{row\.(.+)\}$/.exec(pattern)?.[1] : undefined;
  if (member === undefined) return [[at, pattern]];
  return Object.entries(each).map(([slug, row]) => [`/each/${slug}${partOf(member)}`, row[member] ?? null]);
}

/** What stands under `message`, but in inputs. */
function messagesIn(part: Json, at: string): [at: string, pattern: Json][] {
  if (Array.isArray(part)) return part.flatMap((item, index) => messagesIn(item, `${at}/${index}`));
  if (!isObject(part)) return [];
  return Object.entries(part as JsonObject).flatMap(([name, value]): [string, Json][] => {
    const here = at + partOf(name);
    if (name === 'with') return [];
    return name === 'message' ? [[here, value]] : messagesIn(value, here);
  });
}

function textsOf(pattern: Json, at: string): [at: string, text: string][] {
  if (typeof pattern === 'string') return [[at, pattern]];
  const list = isObject(pattern) ? pattern['$lines'] : undefined;
  return Array.isArray(list) ? list.map((line, index) => [`${at}/$lines/${index}`, String(line)]) : [];
}

/** A text as compared: line by line, without the names and numbers that a case may choose. */
export function comparableLines(text: string): string[] {
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

import type { Difference } from './difference.ts';
import type { Identity } from './identity.ts';

/** Characters of the texts shown. */
const SHOWN = 200;
/** What a decoder writes for bytes that are no UTF-8. */
const UNREADABLE = '\ufffd';

/** How two bodies differ, content codings undone: in what they say, or else in how it is written. */
export function compareBodies(reference: string, target: string, identity: Identity): Difference[] {
  const [one, other] = [parse(reference), parse(target)];
  const differs = (cause: string): Difference[] => [{ cause, expected: excerpt(reference), came: excerpt(target) }];
  if (one === undefined || other === undefined) {
    if (identity.same(reference, target)) return [];
    return differs(`body ${textCause(reference, target, one !== undefined, identity)}`);
  }
  const found = unlike(one.value, other.value, '', identity);
  const [first] = found;
  if (!first) return formDifferences(reference, target);
  if (target.includes(UNREADABLE) && !reference.includes(UNREADABLE)) {
    return differs('body is re-encoded: it is no UTF-8 any more');
  }
  const places = [...new Set(found.map(({ at }) => at))];
  const cause = `body says something else at ${places.slice(0, 3).join(', ')}${places.length > 3 ? ', …' : ''}`;
  return [{ cause, expected: shown(first.one), came: shown(first.other) }];
}

function textCause(reference: string, target: string, wasJson: boolean, identity: Identity): string {
  if (target === '') return 'is lost';
  if (reference === '') return 'is added';
  if (target.includes(UNREADABLE) && !reference.includes(UNREADABLE)) return 're-encoded: it is no UTF-8 any more';
  if (identity.same(reference.trim(), target.trim())) return 'has other white space around it';
  if (target.length < reference.length && identity.same(reference.slice(0, target.length), target)) return 'is cut off';
  return wasJson ? 'is no JSON any more' : 'says something else';
}

interface Unlike {
  /** A JSON pointer, `*` for every index. */
  at: string;
  one: unknown;
  other: unknown;
}

/** Counts what other cases of the run made meanwhile. */
const MOVING = /\/EstimatedNumberOfUsers$/;

/** Drawn for each sign-in, as hexadecimal digits or Base64 of any length. */
const DRAWN = /\/ChallengeParameters\/(SALT|SECRET_BLOCK|SRP_B)$/;

/** All places that do not say the same. */
function unlike(one: unknown, other: unknown, at: string, identity: Identity): Unlike[] {
  const here = [{ at: at || '/', one, other }];
  if (typeof one === 'string' && typeof other === 'string') {
    const same = DRAWN.test(at) ? alphabetOf(one) === alphabetOf(other) : identity.same(one, other);
    return same ? [] : here;
  }
  if (typeof one === 'number' && typeof other === 'number') {
    return one === other || MOVING.test(at) || (isTime(one) && isTime(other)) ? [] : here;
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return here;
    return one.flatMap((item, index) => unlike(item, other[index], `${at}/*`, identity));
  }
  if (isRecord(one) && isRecord(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return names.flatMap((name) => {
      const pointer = `${at}/${name}`;
      const both = Object.hasOwn(one, name) && Object.hasOwn(other, name);
      return both
        ? unlike(one[name], other[name], pointer, identity)
        : [{ at: pointer, one: one[name], other: other[name] }];
    });
  }
  return one === other ? [] : here;
}

function alphabetOf(text: string): string {
  if (/^[\da-f]+$/i.test(text)) return 'hexadecimal';
  return /^[\w+/-]+=*$/.test(text) ? 'Base64' : text;
}

/** Seconds or milliseconds since 1970, from 2008 to 2096. */
function isTime(value: number): boolean {
  return (value > 1.2e9 && value < 4e9) || (value > 1.2e12 && value < 4e12);
}

/** The same JSON, written otherwise. */
function formDifferences(reference: string, target: string): Difference[] {
  const [one, other] = [formOf(reference), formOf(target)];
  if (one === other) return [];
  const at = [...one].findIndex((character, index) => character !== other[index]);
  const from = Math.max(0, (at < 0 ? one.length : at) - 40);
  return [
    { cause: `body ${formCause(one, other)}`, expected: excerpt(one.slice(from)), came: excerpt(other.slice(from)) },
  ];
}

function formCause(one: string, other: string): string {
  if (one === other.trim()) return 'has white space added around it';
  if (unspaced(one) === unspaced(other)) return 'is re-encoded: other white space';
  const sorted = (form: string): string => [...unspaced(form)].sort().join('');
  if (sorted(one) === sorted(other)) return 'is re-encoded: members in another order';
  return 'is re-encoded: characters or numbers are written otherwise';
}

/** The text without values: of a string its escapes and what is beyond ASCII, of a number whether it has a fraction. */
function formOf(text: string): string {
  return text.replace(
    /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gis,
    (whole, quoted?: string, colon?: string) => {
      if (quoted === undefined) return isTime(Number(whole)) ? '0' : whole.replace(/\d+/g, '0');
      if (colon !== undefined) return whole;
      return `"${(quoted.match(/\\u[\da-f]{4}|\\.|[^ -~]/gi) ?? []).join('')}"`;
    },
  );
}

/** Without white space between strings. */
function unspaced(form: string): string {
  return form.replace(/("(?:[^"\\]|\\.)*")|\s+/gs, (_, quoted: string | undefined) => quoted ?? '');
}

function shown(value: unknown): string | undefined {
  return value === undefined ? undefined : excerpt(JSON.stringify(value));
}

function excerpt(text: string): string {
  if (text === '') return 'an empty body';
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { createRequire } from 'node:module';
import type * as Parser from 'jsonc-parser';
import { once } from './once.ts';

/** Counted from 1. */
export interface Position {
  line: number;
  column: number;
}

/** What `JSON.parse` does not tell of a text. */
export interface Layout {
  /** Every value by its pointer; objects and lists stand where they begin. */
  positions: ReadonlyMap<string, Position>;
  /** Members whose name the same object has already. */
  repeated: { pointer: string; name: string; position: Position }[];
  /** Where it is not JSON, and what was wanted there. */
  errors: { message: string; position: Position }[];
}

// Loaded only where something is wrong, or a position is asked for.
const parser = once(() => createRequire(import.meta.url)('jsonc-parser') as typeof Parser);

/** Where a value stands; one that is not there, where its next holder stands. */
export function positionIn({ positions }: Layout, pointer: string): Position {
  for (let holder = pointer; holder !== ''; holder = holder.slice(0, holder.lastIndexOf('/'))) {
    const position = positions.get(holder);
    if (position) return position;
  }
  return positions.get('') ?? { line: 1, column: 1 };
}

export function layoutOf(text: string): Layout {
  const { visit, printParseErrorCode } = parser();
  const positions = new Map<string, Position>();
  const repeated: Layout['repeated'] = [];
  const errors: Layout['errors'] = [];
  const names: Set<string>[] = [];
  const at = (line: number, character: number): Position => ({ line: line + 1, column: character + 1 });
  const note = (line: number, character: number, path: () => (string | number)[]): void =>
    void positions.set(pointerOf(path()), at(line, character));
  visit(
    text,
    {
      onObjectBegin: (_, __, line, character, path) => {
        names.push(new Set());
        note(line, character, path);
      },
      onObjectProperty: (name, _, __, line, character, path) => {
        const seen = names.at(-1);
        if (seen?.has(name))
          repeated.push({ pointer: pointerOf([...path(), name]), name, position: at(line, character) });
        seen?.add(name);
      },
      onObjectEnd: () => void names.pop(),
      onArrayBegin: (_, __, line, character, path) => note(line, character, path),
      onLiteralValue: (_, __, ___, line, character, path) => note(line, character, path),
      onError: (code, offset, length, line, character) => {
        const found = text.slice(offset, offset + length);
        errors.push({ message: said(printParseErrorCode(code), found), position: at(line, character) });
      },
    },
    { disallowComments: true },
  );
  return { positions, repeated, errors };
}

/** Whether an object of a JSON text names a member twice: the text then has more names than what was read of it. */
export function repeatsNames(text: string, content: unknown): boolean {
  let names = 0;
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon !== undefined) names += 1;
  return names !== membersOf(content);
}

export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value) as unknown[];
  return inner.reduce<number>((sum, one) => sum + membersOf(one), Array.isArray(value) ? 0 : inner.length);
}

/** `ValueExpected` and `,` as `value expected, found ","`. */
function said(code: string, found: string): string {
  const words = code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return `${words}, found ${found === '' ? 'the end' : JSON.stringify(found)}`;
}

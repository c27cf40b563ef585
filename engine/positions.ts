import { createRequire } from 'node:module';
import type * as Parser from 'jsonc-parser';

/** Counted from 1. */
export interface Position {
  line: number;
  column: number;
}

/** What `JSON.parse` does not tell of a text. */
export interface Layout {
  /** Every value by its pointer; objects and lists stand where they begin. */
  positions: ReadonlyMap<string, Position>;
  /** Members whose name the same object has already, where the name stands again. */
  repeated: { pointer: string; name: string; position: Position }[];
}

/** Where a value stands; one that is not there, where its next holder stands. */
export function positionIn({ positions }: Layout, pointer: string): Position {
  for (let holder = pointer; holder !== ''; holder = holder.slice(0, holder.lastIndexOf('/'))) {
    const position = positions.get(holder);
    if (position) return position;
  }
  return positions.get('') ?? { line: 1, column: 1 };
}

/** Reads a text that is JSON. A third of the time of a parser that also reads what is none: every Playwright worker needs it. */
export function layoutOf(text: string): Layout {
  const positions = new Map<string, Position>();
  const repeated: Layout['repeated'] = [];
  const open: { path: string; item: number; names: Set<string> | undefined }[] = [];
  let line = 1;
  let lineStart = 0;
  let name: string | undefined;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:\n]|[^\s{}[\],:"]+/g)) {
    const holder = open.at(-1);
    const position = { line, column: index - lineStart + 1 };
    if (token === '\n') {
      line += 1;
      lineStart = index + 1;
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ',') {
      if (holder) holder.item += 1;
      name = undefined;
    } else if (holder?.names && name === undefined) {
      name = JSON.parse(token) as string;
      if (holder.names.has(name)) repeated.push({ pointer: holder.path + partOf(name), name, position });
      holder.names.add(name);
    } else if (token !== ':') {
      const path = holder ? holder.path + (holder.names ? partOf(name ?? '') : `/${holder.item}`) : '';
      positions.set(path, position);
      if (token === '{' || token === '[') {
        open.push({ path, item: 0, names: token === '{' ? new Set() : undefined });
        name = undefined;
      }
    }
  }
  return { positions, repeated };
}

/** Where a text is not JSON, and what was wanted there. */
export function syntaxErrorIn(text: string): Position & { message: string } {
  // Needed only where something is wrong.
  const { visit, printParseErrorCode } = createRequire(import.meta.url)('jsonc-parser') as typeof Parser;
  const errors: (Position & { message: string })[] = [];
  const onError: Parser.JSONVisitor['onError'] = (code, offset, length, line, character) => {
    const found = length === 0 ? 'the end' : JSON.stringify(text.slice(offset, offset + length));
    const wanted = printParseErrorCode(code).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    errors.push({ message: `${wanted.toLowerCase()}, found ${found}`, line: line + 1, column: character + 1 });
  };
  visit(text, { onError }, { disallowComments: true });
  return errors[0] ?? { message: 'a character that JSON does not know', line: 1, column: 1 };
}

/** Whether an object of a JSON text names a member twice: the text then has more names than what was read of it. */
export function repeatsNames(text: string, content: unknown): boolean {
  let names = 0;
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon !== undefined) names += 1;
  return names !== membersOf(content);
}

/** A name as a part of a JSON pointer, its slash first. */
export function partOf(name: string): string {
  return `/${/[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name}`;
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value) as unknown[];
  return inner.reduce<number>((sum, one) => sum + membersOf(one), Array.isArray(value) ? 0 : inner.length);
}

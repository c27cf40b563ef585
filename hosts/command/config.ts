import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { nearest } from '../../engine/nearest.ts';
import { whyUnread } from '../../targets/why-unread.ts';
import { UsageError } from '../usage-error.ts';
import { text, type Flags } from './flags.ts';

/** What the flags of a command are called, and in its usage what each takes: `FILE`, `DIR`, `N`, any other word a text. */
export interface FlagTable {
  usage: string;
  options: NonNullable<ParseArgsConfig['options']>;
}

/** Read where no flag names another. */
const CONFIG = 'cognito-conformance.config.json';

/** Where a flag gives one of these, the file has no say in the others. */
const CHOICES = [
  ['target', 'endpoint'],
  ['baseline', 'no-baseline'],
  ['write-baseline', 'prune'],
  ['quiet', 'verbose'],
  ['reporter', 'json'],
];

/** The flags, and what a file of flags adds to them. Throws a `UsageError`. */
export function withConfig(flags: Flags, table: FlagTable): Flags {
  const named = text(flags['config']);
  if (named === undefined && !existsSync(CONFIG)) return flags;
  const file = named ?? CONFIG;
  const names = Object.keys(table.options).filter((name) => name !== 'config');
  const added = Object.entries(read(file)).flatMap(([name, value]): [string, Flags[string]][] => {
    if (name === '$schema') return [];
    if (!names.includes(name)) throw unknownMember(file, name, names);
    const decided = CHOICES.find((choice) => choice.includes(name)) ?? [name];
    const flag = flagOf(file, name, value, table);
    return decided.some((other) => flags[other] !== undefined) ? [] : [[name, flag]];
  });
  return { ...Object.fromEntries(added), ...flags };
}

function read(file: string): object {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`the configuration ${file} cannot be read: ${whyUnread(error)}`);
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw new UsageError(`${file}: is ${JSON.stringify(content)}; must be an object with flags of run as its members`);
}

/** A member as the command line would have given it. */
function flagOf(file: string, name: string, value: unknown, { options, usage }: FlagTable): Flags[string] {
  const { type, multiple } = options[name] ?? {};
  const wrong = (must: string): UsageError =>
    new UsageError(`${file}: /${name}: is ${JSON.stringify(value)}; must be ${must}`);
  if (type === 'boolean') {
    if (typeof value !== 'boolean') throw wrong('true or false');
    return value || undefined;
  }
  const takes = new RegExp(`--${name} (\\w+)`).exec(usage)?.[1];
  if (takes === 'N') {
    if (typeof value !== 'number') throw wrong('a number');
    return String(value);
  }
  const placed = (one: string): string => {
    const [, replay = '', path = ''] = /^(replay:)?(.*)$/s.exec(one) ?? [];
    return replay !== '' || isPath(one, takes) ? replay + resolve(dirname(file), path) : one;
  };
  if (isText(value)) return multiple ? [placed(value)] : placed(value);
  if (multiple && Array.isArray(value) && value.every(isText)) return value.map(placed);
  throw wrong(multiple ? 'a text or a list of texts' : 'a text');
}

/** Paths are of the folder in which the file lies. What may be a name is a path where it looks like one. */
function isPath(value: string, takes: string | undefined): boolean {
  if (takes === 'FILE' || takes === 'DIR') return true;
  return takes === 'NAME' && /[/\\]|\.json$/.test(value) && !/^https?:/.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function unknownMember(file: string, name: string, names: string[]): UsageError {
  const near = nearest(name, names);
  const advice = /credential|secret|key|password|token/i.test(name)
    ? ' Credentials are read from the environment alone.'
    : near
      ? ` Did you mean "${near}"?`
      : '';
  return new UsageError(`${file}: /${name}: is unknown; there are ${names.join(', ')}.${advice}`);
}

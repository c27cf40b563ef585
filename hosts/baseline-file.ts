import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isObject } from '../engine/answer.ts';
import { baselineProblems, draftBaseline, UNEXPLAINED, type Baseline, type Drafting } from '../engine/baseline.ts';
import { createPruning, type Pruning } from '../engine/pruning.ts';
import type { Report, Result } from '../engine/result.ts';
import { schemaProblems } from '../engine/schema-problems.ts';
import { succeed, type Succession } from '../engine/successors.ts';
import type { Suite } from '../engine/suite.ts';
import { packageRoot } from '../package.ts';
import { causes } from '../reports/causes.ts';
import { requireFolder, writeOutput } from '../reports/output.ts';
import { whyUnread } from '../targets/why-unread.ts';
import { UsageError } from './usage-error.ts';
import { warn } from './warn.ts';

/** Reads and checks a file of known differences. Throws a `UsageError`, a line a problem. */
export function readBaseline(file: string, suite: Suite, options: { older?: boolean } = {}): Baseline {
  const content = parse(file);
  if (isManifest(content)) throw new UsageError(`${file} is a manifest of a target, no baseline`);
  const schema = JSON.parse(readFileSync(new URL('targets/baseline.schema.json', packageRoot), 'utf8')) as object;
  const validate = new Ajv2020({ allErrors: true, verbose: true }).compile<Baseline>(schema);
  const problems = validate(content)
    ? baselineProblems(content, suite, options).map((problem) => `${file}: ${problem}`)
    : schemaProblems(file, validate.errors ?? []).map(
        ({ pointer, message }) => `${file} at ${pointer || '/'}: ${message}`,
      );
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return content as Baseline;
}

/** Writes the baseline of what differs now. What is there is read, and the folder made, before anything is run. */
export function baselineDrafter(
  file: string,
  suite: Suite,
  options: Pick<Drafting, 'strict' | 'whole'>,
): (report: Report) => void {
  const older = existsSync(file) ? succeed(readBaseline(file, suite, { older: true }), suite) : undefined;
  requireFolder(dirname(file));
  return ({ target, results }) => {
    const about = `Known differences of ${target.name}${target.version ? ` ${target.version}` : ''} from Cognito.`;
    const drafting = { ...options, about, suite: suite.version, older: older?.baseline };
    const baseline = draftBaseline(results, drafting);
    write(file, baseline);
    if (older) saySuccession(file, older);
    const unexplained = baseline.failures.filter(({ reason }) => reason.startsWith(UNEXPLAINED)).length;
    const count = `${baseline.failures.length} known differences in ${file}`;
    sayBlocked(results, baseline.failures.length);
    warn(unexplained > 0 ? `${count}: give a reason in words to ${unexplained}` : count);
  };
}

/** What is blocked hides what differs behind it: a baseline of it is green whatever the target does there. */
function sayBlocked(results: readonly Result[], entries: number): void {
  const [first, ...others] = causes(results, ['blocked']);
  if (first === undefined) return;
  const count = [first, ...others].reduce((sum, cause) => sum + cause.results.length, 0);
  const of = entries === 1 ? 'the only entry is' : `${count} of ${entries} entries ${count === 1 ? 'is' : 'are'}`;
  const [by, it] =
    others.length === 0
      ? [`1 cause (${first.cause})`, ['it', 'that']]
      : [`${others.length + 1} causes (most: ${first.cause})`, ['them', 'those']];
  warn(`${of} blocked by ${by}: nothing behind ${it[0]} is judged; mend ${it[1]} first`);
}

/** Judges by the baseline and writes it without what passes now. */
export interface Pruner extends Pick<Pruning, 'judge'> {
  write(): void;
}

/** What is there is read before anything is run. */
export function baselinePruner(file: string, suite: Suite): Pruner {
  const older = succeed(readBaseline(file, suite, { older: true }), suite);
  const { judge, pruned, fixed } = createPruning(older);
  requireFolder(dirname(file));
  return {
    judge,
    write: () => {
      if (fixed.length + older.moved.size + older.dropped.length > 0) {
        write(file, { ...pruned(), suite: suite.version });
      }
      saySuccession(file, older);
      const list = [...fixed].sort();
      warn(
        list.length === 0
          ? `nothing in ${file} passes now`
          : `taken out of ${file}, as they pass now: ${list.join(', ')}`,
      );
    },
  };
}

function saySuccession(file: string, { moved, dropped }: Succession): void {
  for (const [id, before] of moved) warn(`${file}: the entry of ${before} is now that of ${id}`);
  for (const id of dropped) warn(`${file}: the entry of ${id} is gone with its case`);
}

function write(file: string, baseline: Baseline): void {
  writeOutput(dirname(file), basename(file), `${JSON.stringify(baseline, null, 2)}\n`);
}

function isManifest(content: unknown): boolean {
  return isObject(content) && 'start' in content && !('failures' in content);
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`the baseline ${file} cannot be read: ${whyUnread(error)}`);
  }
}

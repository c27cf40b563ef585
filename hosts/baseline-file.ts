import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { baselineProblems, draftBaseline, type Baseline, type Drafting } from '../engine/baseline.ts';
import type { Report } from '../engine/result.ts';
import { schemaProblems } from '../engine/schema-problems.ts';
import type { Suite } from '../engine/suite.ts';
import { packageRoot } from '../package.ts';
import { requireFolder, writeOutput } from '../reports/output.ts';
import { UsageError } from './usage-error.ts';

/** Reads and checks a file of known differences. Throws a `UsageError`, a line a problem. */
export function readBaseline(file: string, suite: Suite): Baseline {
  const content = parse(file);
  const schema = JSON.parse(readFileSync(new URL('targets/baseline.schema.json', packageRoot), 'utf8')) as object;
  const validate = new Ajv2020({ allErrors: true, verbose: true }).compile<Baseline>(schema);
  const problems = validate(content)
    ? baselineProblems(content, suite).map((problem) => `${file}: ${problem}`)
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
  const older = existsSync(file) ? withoutStale(readBaseline(file, suite), suite) : undefined;
  requireFolder(dirname(file));
  return ({ target, results }) => {
    const about = `Known differences of ${target.name}${target.version ? ` ${target.version}` : ''} from Cognito.`;
    const baseline = draftBaseline(results, { ...options, about, older });
    writeOutput(dirname(file), basename(file), `${JSON.stringify(baseline, null, 2)}\n`);
    console.error(`${baseline.failures.length} known differences in ${file}: give each a reason in words`);
  };
}

/** Passes are a record: one of a case that is gone is forgotten, not a fault. */
function withoutStale(baseline: Baseline, { cases }: Suite): Baseline {
  if (baseline.passes === undefined) return baseline;
  const ids = new Set(cases.map(({ id }) => id));
  return { ...baseline, passes: baseline.passes.filter((id) => ids.has(id)) };
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`the baseline ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

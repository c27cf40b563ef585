import { readFileSync, statSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Report, Result, Run } from '../engine/result.ts';
import { totals, verdicts } from './totals.ts';

/** A file that holds no results. The message is one line: path, what is wrong with it, what to do. */
export class ReportError extends Error {
  override name = 'ReportError';
}

/**
 * Reads a `results.json`. A file torn by the sudden end of its run is read up to its last whole result. Throws a
 * `ReportError` when it cannot be read, does not fit `results.schema.json`, or its totals are not those of its results.
 */
export function readReport(path: string): Report {
  const text = attempt(path, () => readFileSync(path, 'utf8'));
  const report = parse(text) ?? repaired(path, text);
  const problem = fault(report);
  if (problem === undefined) return report as Report;
  throw new ReportError(`${path} is no results.json: ${problem}; name a file that a run wrote`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Totals and run stand behind the results and are lost with the tear; the start is then no more than a guess. */
function repaired(path: string, text: string): unknown {
  const [head, ...lines] = text.split(/(?<="results":\[)\n/);
  const header = parse(`${head}]}`);
  if (typeof header !== 'object' || header === null) return undefined;
  const results: Result[] = [];
  for (const line of lines.join('\n').split('\n')) {
    const result = parse(line.replace(/,$/, ''));
    if (typeof result !== 'object' || result === null || Array.isArray(result)) break;
    results.push(result as Result);
  }
  const run: Run = {
    id: 'unknown',
    startedAt: attempt(path, () => statSync(path)).mtime.toISOString(),
    durationMs: 0,
    host: 'command',
    via: 'wire',
    node: 'unknown',
    complete: false,
    notes: ['the file ended within a result: its run was killed while it wrote'],
  };
  return { ...header, results, totals: totals(results), run };
}

function fault(report: unknown): string | undefined {
  const ajv = new Ajv2020({ allowUnionTypes: true });
  const validate = ajv.compile<Report>(
    JSON.parse(readFileSync(new URL('./results.schema.json', import.meta.url), 'utf8')),
  );
  if (report === undefined) return 'it is not JSON';
  if (!validate(report)) return ajv.errorsText(validate.errors?.slice(0, 1), { dataVar: '' }).replace(/^ /, 'it ');
  const counted = totals(report.results);
  const wrong = verdicts.find((verdict) => counted[verdict] !== report.totals[verdict]);
  return wrong && `its totals say ${report.totals[wrong]} ${wrong}, its results are ${counted[wrong]}`;
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const [cause = ''] = String(error instanceof Error ? error.message : error).split(', ');
    throw new ReportError(`cannot read ${path}: ${cause}; name the results.json of a run`, { cause: error });
  }
}

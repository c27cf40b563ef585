import { nearest } from '../../engine/nearest.ts';
import type { Report } from '../../engine/result.ts';
import type { ReportContext } from '../../reports/context.ts';
import { writeOutput } from '../../reports/output.ts';
import { reporters } from '../../reports/reporters.ts';
import { terminalMatrix } from '../../reports/terminal-matrix.ts';
import { UsageError } from '../usage-error.ts';

/** Writes reports in the formats asked for: to the folder what has a file there, all else to standard output. */
export function render(reports: Report[], names: string[], out: string | undefined, context: ReportContext): void {
  for (const name of names) {
    const { file, render: format } = reporters[name] ?? {};
    const rendered = format?.(reports, context) ?? '';
    if (file !== undefined && out !== undefined) writeOutput(out, file, rendered);
    else process.stdout.write(rendered);
  }
  if (names.includes('terminal') && reports.length > 1) process.stdout.write(`\n${terminalMatrix(reports, context)}`);
}

/** The name, if it is one of a reporter. Throws a `UsageError`. */
export function reporterNamed(name: string): string {
  if (Object.hasOwn(reporters, name)) return name;
  const names = Object.keys(reporters);
  const near = nearest(name, names);
  throw new UsageError(
    `no reporter "${name}"; there are ${names.join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`,
  );
}

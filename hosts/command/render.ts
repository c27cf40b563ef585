import { nearest } from '../../engine/nearest.ts';
import type { Report } from '../../engine/result.ts';
import { writeOutput } from '../../reports/output.ts';
import { reporters } from '../../reports/reporters.ts';
import { terminalMatrix } from '../../reports/terminal-matrix.ts';
import type { TerminalContext } from '../../reports/terminal.ts';
import type { Detail } from '../../reports/finding.ts';
import { UsageError } from '../usage-error.ts';
import { text, texts, type Flags } from './flags.ts';

/** Writes reports in the formats asked for: to the folder what has a file there, all else to standard output. */
export function render(reports: Report[], names: string[], out: string | undefined, context: TerminalContext): void {
  for (const name of names) {
    const { file, render: format } = reporters[name] ?? {};
    const rendered = format?.(reports, context) ?? '';
    if (file !== undefined && out !== undefined) writeOutput(out, file, rendered);
    else process.stdout.write(rendered);
  }
  if (names.includes('terminal') && reports.length > 1) process.stdout.write(`\n${terminalMatrix(reports, context)}`);
}

/** The formats that `--reporter` and `--json` ask for: `--json` is the format json with nothing beside it. Throws a `UsageError`. */
export function reportersOf(flags: Flags): string[] {
  const named = texts(flags['reporter']).map(reporterNamed);
  if (flags['json'] !== true) return named.length === 0 ? ['terminal'] : named;
  const others = named.filter((name) => name !== 'json');
  for (const name of others) {
    const { file } = reporters[name] ?? {};
    if (file === undefined)
      throw new UsageError(`--json and --reporter ${name} exclude each other: both write to standard output`);
    if (text(flags['out']) === undefined) {
      throw new UsageError(
        `--json and --reporter ${name} both write to standard output: give ${file} a folder with --out DIR`,
      );
    }
  }
  return [...others, 'json'];
}

/** How much is told. Throws a `UsageError`. */
export function detailOf(flags: Flags): Detail {
  const [quiet, verbose] = [flags['quiet'] === true, flags['verbose'] === true];
  if (quiet && verbose) throw new UsageError('--quiet and --verbose exclude each other');
  return quiet ? 'quiet' : verbose ? 'verbose' : 'normal';
}

/** The name, if it is one of a reporter. Throws a `UsageError`. */
function reporterNamed(name: string): string {
  if (Object.hasOwn(reporters, name)) return name;
  const names = Object.keys(reporters);
  const near = nearest(name, names);
  throw new UsageError(
    `no reporter "${name}"; there are ${names.join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`,
  );
}

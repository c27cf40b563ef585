import { parse } from 'node:path';
import { nearest } from '../../engine/nearest.ts';
import type { Report } from '../../engine/result.ts';
import { fileName, lastingNames } from '../../reports/column-names.ts';
import type { ReportContext } from '../../reports/context.ts';
import { writeOutput } from '../../reports/output.ts';
import { reporters, type Reporter } from '../../reports/reporters.ts';
import { terminalMatrix } from '../../reports/terminal-matrix.ts';
import type { Detail } from '../../reports/finding.ts';
import { UsageError } from '../usage-error.ts';
import { text, texts, type Flags } from './flags.ts';

/** Writes reports in the formats asked for: to the folder what has a file there, all else to standard output. */
export function render(reports: Report[], names: string[], out: string | undefined, context: ReportContext): void {
  for (const name of names) {
    const reporter = reporters[name];
    if (reporter) for (const { file, text } of filesOf(reporter, reports, context)) write(text, file, out);
  }
  if (names.includes('terminal') && reports.length > 1) process.stdout.write(`\n${terminalMatrix(reports, context)}`);
}

/** The formats that flags ask for; without the page where `--open` writes it. Throws a `UsageError`. */
export function formatsOf(flags: Flags): string[] {
  const json = flags['json'] === true;
  const names = texts(flags['reporter'], json ? [] : ['terminal']).map(reporterNamed);
  if (json) return [...besideJson(names, flags), 'json'];
  const printed = flags['open'] === true ? names.filter((name) => name !== 'html') : names;
  const filed = text(flags['out']) !== undefined;
  if (printed.includes('html') && !filed)
    throw new UsageError('html is a page for a browser: say where with --out DIR, or --open it');
  requireOneWriter(printed.filter((name) => !filed || reporters[name]?.file === undefined));
  requireFiles(printed, [...texts(flags['target']), ...texts(flags['endpoint'])].length, filed);
  return printed;
}

/** What each target has a file of its own for is no one text of several. Throws a `UsageError`. */
export function requireFiles(names: readonly string[], targets: number, filed: boolean): void {
  const name = names.find((one) => reporters[one]?.each);
  if (name === undefined || targets < 2 || filed) return;
  throw new UsageError(`--reporter ${name} writes a file a target: give those of ${targets} a folder with --out DIR`);
}

/** Annotations are lines that the runner takes out of what a person reads. */
const BESIDE_EACH_OTHER = ['terminal', 'github'];

/** Of those that write to standard output: one file after the other is none. */
function requireOneWriter(names: readonly string[]): void {
  const [one, other] = names.every((name) => BESIDE_EACH_OTHER.includes(name)) ? [] : new Set(names);
  if (one === undefined || other === undefined) return;
  const filed = [other, one].map((name) => reporters[name]?.file).find((file) => file !== undefined);
  throw new UsageError(
    `--reporter ${one} and --reporter ${other} both write to standard output: ${filed === undefined ? 'ask for one of them' : `give ${filed} a folder with --out DIR`}`,
  );
}

/** What else is asked for beside `--json`, which has standard output for itself. */
function besideJson(names: readonly string[], flags: Flags): string[] {
  const others = names.filter((name) => name !== 'json' && !(name === 'html' && flags['open'] === true));
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
  return others;
}

interface Output {
  file: string | undefined;
  text: string;
}

function filesOf({ file, each, render: format }: Reporter, reports: Report[], context: ReportContext): Output[] {
  if (!each || file === undefined || reports.length === 1) return [{ file, text: format(reports, context) }];
  const { name, ext } = parse(file);
  const names = lastingNames(reports);
  return reports.map((report, index) => ({
    file: `${name}-${fileName(names[index] ?? '')}${ext}`,
    text: format([report], context),
  }));
}

function write(text: string, file: string | undefined, out: string | undefined): void {
  if (file !== undefined && out !== undefined) writeOutput(out, file, text);
  else process.stdout.write(text);
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

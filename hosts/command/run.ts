import { join, relative } from 'node:path';
import type { Flags } from '../../cli.ts';
import { loadSuite } from '../../engine/load.ts';
import { nearest } from '../../engine/nearest.ts';
import type { Report } from '../../engine/result.ts';
import { manifestOf } from '../open-target.ts';
import { about, packageRoot } from '../../package.ts';
import { exitCode } from '../../reports/exit-code.ts';
import { requireFolder, writeOutput } from '../../reports/output.ts';
import { reporters } from '../../reports/reporters.ts';
import { terminalMatrix } from '../../reports/terminal-matrix.ts';
import type { TerminalContext } from '../../reports/terminal.ts';
import { runTarget } from './run-target.ts';
import { selectCases } from './select-cases.ts';
import { targetNames, type Manifest } from '../../targets/manifest.ts';
import { UsageError } from '../usage-error.ts';

const INTERRUPTED = 130;

/** `run`: every target in turn, then the reports. */
export async function runCommand(flags: Flags): Promise<number> {
  const wanted = texts(flags['reporter'], ['terminal']).map(reporterNamed);
  const concurrency = concurrencyOf(flags['concurrency']);
  const suite = loadSuite(packageRoot, about);
  const cases = selectCases(suite.cases, texts(flags['case']));
  const manifests = await manifestsOf(flags);
  const out = text(flags['out']);
  const baseline = text(flags['baseline']);
  const writeBaseline = text(flags['write-baseline']);
  if ((baseline ?? writeBaseline) !== undefined && manifests.length > 1) {
    throw new UsageError('--baseline and --write-baseline are for one target; run the targets one by one');
  }
  const folderOf = ({ name }: Manifest): string | undefined => out && (manifests.length > 1 ? join(out, name) : out);
  for (const folder of manifests.map(folderOf)) if (folder !== undefined) requireFolder(folder);

  const strict = flags['strict'] === true;
  const trace = flags['trace'] === true;
  const signal = watchInterrupts();
  const reports: Report[] = [];
  for (const manifest of manifests) {
    const folder = folderOf(manifest);
    if (signal.aborted) break;
    reports.push(
      await runTarget(manifest, {
        suite,
        cases,
        out: folder,
        baseline,
        writeBaseline,
        strict,
        trace,
        concurrency,
        signal,
      }),
    );
  }
  render(reports, wanted, out, {
    evidence: (id) => suite.evidence.get(id),
    colour: colours(),
    width: process.stdout.columns ?? 100,
    strict,
    baseline: (target) => shortPath(baseline ?? manifests.find(({ name }) => name === target)?.baseline),
  });
  return signal.aborted ? INTERRUPTED : exitCode(reports, { strict });
}

/** As a person in this folder would write it. */
function shortPath(file: string | undefined): string | undefined {
  return file === undefined ? undefined : relative(process.cwd(), file);
}

function render(reports: Report[], names: string[], out: string | undefined, context: TerminalContext): void {
  for (const name of names) {
    const { file, render: format } = reporters[name] ?? {};
    const rendered = format?.(reports, context) ?? '';
    if (file !== undefined && out !== undefined) writeOutput(out, file, rendered);
    else process.stdout.write(rendered);
  }
  if (names.includes('terminal') && reports.length > 1) process.stdout.write(`\n${terminalMatrix(reports, context)}`);
}

async function manifestsOf(flags: Flags): Promise<Manifest[]> {
  const choices = [
    ...texts(flags['target']).map((name) => ({ name })),
    ...texts(flags['endpoint']).map((endpoint) => ({ endpoint })),
  ];
  if (choices.length === 0) {
    const names = (await targetNames(packageRoot)).join(', ');
    throw new UsageError(
      `run needs a target: --target NAME (there are ${names}, or the path of a manifest) or --endpoint URL`,
    );
  }
  await Promise.all(texts(flags['target']).map(knownTarget));
  const manifests = await Promise.all(choices.map(manifestOf));
  const twice = manifests.find(({ name }, index) => manifests.some((other, at) => at < index && other.name === name));
  if (twice) throw new UsageError(`the target "${twice.name}" is named twice`);
  return manifests;
}

/** A name is of the package's own targets; anything with a slash or `.json` is the path of a manifest. */
async function knownTarget(name: string): Promise<void> {
  const names = await targetNames(packageRoot);
  if (/[/\\]|\.json$/.test(name) || names.includes(name)) return;
  const near = nearest(name, names);
  throw new UsageError(
    `no target "${name}"; there are ${names.join(', ')}, or the path of a manifest.${near ? ` Did you mean "${near}"?` : ''}`,
  );
}

function reporterNamed(name: string): string {
  if (Object.hasOwn(reporters, name)) return name;
  const names = Object.keys(reporters);
  const near = nearest(name, names);
  throw new UsageError(
    `no reporter "${name}"; there are ${names.join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`,
  );
}

function concurrencyOf(flag: Flags[string]): number | undefined {
  const given = text(flag);
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,2}$/.test(given)) return Number(given);
  throw new UsageError(`--concurrency "${given}" is not a number from 1 to 999`);
}

/** The first Ctrl-C lets the run end and clean up; a second one ends at once. */
function watchInterrupts(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED);
      controller.abort();
      console.error('\ninterrupted: cleaning up; once more to end at once');
    });
  }
  return controller.signal;
}

function colours(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  return NO_COLOR ? false : Boolean(FORCE_COLOR) || process.stdout.isTTY === true;
}

function text(flag: Flags[string]): string | undefined {
  return typeof flag === 'string' ? flag : undefined;
}

function texts(flag: Flags[string], otherwise: string[] = []): string[] {
  return Array.isArray(flag) ? flag.map(String) : otherwise;
}

import { join, relative } from 'node:path';
import { loadSuite } from '../../engine/load.ts';
import type { Report } from '../../engine/result.ts';
import type { Suite } from '../../engine/suite.ts';
import { about, packageRoot } from '../../package.ts';
import { comparisonCode } from '../../reports/comparison/compare.ts';
import { compareFiles } from '../../reports/comparison/compare-files.ts';
import { fileMarkdown } from '../../reports/comparison/file-markdown.ts';
import { comparisonPage } from '../../reports/comparison/page.ts';
import { exitCode } from '../../reports/exit-code.ts';
import type { ReportContext } from '../../reports/context.ts';
import { markdown } from '../../reports/markdown.ts';
import { requireFolder } from '../../reports/output.ts';
import { sweepCommand } from '../../targets/aws/sweep-command.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { approveWith, Declined } from '../aws/choose.ts';
import { baselineDrafter, baselinePruner, readBaseline } from '../baseline-file.ts';
import { requireEmptyFolder } from '../recording/keep-recording.ts';
import { sayOtherSuite } from '../recording/open-replay.ts';
import { sayFaults } from '../say-faults.ts';
import { quotasWith } from '../quotas.ts';
import { UsageError } from '../usage-error.ts';
import { openVia, viaOf } from '../via/open-via.ts';
import { chooseTargets } from './choose-targets.ts';
import { runSides, sidesOf } from './reference.ts';
import { colours } from './colours.ts';
import { contractOf } from './contract.ts';
import { text, texts, type Flags } from './flags.ts';
import { addToJobSummary } from './job-summary.ts';
import { openReport } from './open-report.ts';
import { placesIn, type TargetFiles } from './places.ts';
import { detailOf, formatsOf, render } from './render.ts';
import { runTarget, type RunTargetOptions } from './run-target.ts';
import { terminalWidth } from './terminal-width.ts';
import { selectCases } from './select-cases.ts';

const INTERRUPTED = 130;

/** `run`: every target in turn, then the reports. Everything that can be wrong with the use is found before the first. */
export async function runCommand(flags: Flags): Promise<number> {
  const wanted = formatsOf(flags);
  const detail = detailOf(flags);
  const concurrency = concurrencyOf(flags['concurrency']);
  const manifests = await chooseTargets(flags);
  const through = viaOf(flags, manifests);
  const sides = await sidesOf(flags, manifests);
  const out = text(flags['out']);
  const baseline = text(flags['baseline']);
  const drafted = text(flags['write-baseline']);
  const blank = flags['no-baseline'] === true;
  const prune = flags['prune'] === true;
  if (prune && (blank || drafted !== undefined)) {
    throw new UsageError(`--prune and --${blank ? 'no-baseline' : 'write-baseline'} exclude each other`);
  }
  if (blank && baseline !== undefined) throw new UsageError('--baseline and --no-baseline exclude each other');
  if ((baseline ?? drafted) !== undefined && manifests.length > 1) {
    throw new UsageError('--baseline and --write-baseline are for one target; run the targets one by one');
  }
  const record = text(flags['record']);
  if (record !== undefined) requireRecordable(flags, manifests);
  // To load it is most of the time that a refusal takes.
  const suite = loadSuite(packageRoot, about);
  sayFaults(suite);
  for (const manifest of manifests) sayOtherSuite(manifest, suite);
  const cases = selectCases(suite, texts(flags['case']));
  const strict = flags['strict'] === true;
  const opens = flags['open'] === true;
  const whole = cases.length === suite.cases.length;
  const account = manifests.map(({ start }) => ('aws' in start ? start.aws : undefined)).find(Boolean);
  const signal = watchInterrupts(account && `what it has made is left behind: ${sweepCommand(account)}`);
  const aws = account && {
    suite,
    cases,
    quotas: quotasWith(texts(flags['quota'])),
    approve: approveWith(flags),
    signal,
  };
  // What is drafted anew is not held against the old one.
  const fileOf = ({ baseline: own }: Manifest) => (drafted === undefined && !blank ? (baseline ?? own) : undefined);
  const context = contextOf(suite, { detail, strict }, (target) => {
    const index = manifests.findIndex(({ name }) => name === target);
    const manifest = manifests[index];
    return { baseline: manifest && fileOf(manifest), manifest: pathOf(texts(flags['target'])[index]) };
  });
  if (sides) {
    if (out !== undefined) requireFolder(out);
    const { reports, comparison } = await runSides(sides, { suite, cases, folder: out, concurrency, detail, signal });
    const formats = comparison ? wanted.filter((name) => name !== 'terminal') : wanted;
    render(reports, formats, out, context);
    const [here, there] = reports;
    const isCompared = here && there && comparison && comparison.problem === undefined;
    addToJobSummary(() =>
      isCompared ? fileMarkdown(compareFiles(there, here, { strict })) : markdown(reports, context),
    );
    if (opens && !signal.aborted) await openReport(reports, out, context);
    if (comparison && wanted.includes('terminal')) process.stdout.write(comparisonPage(comparison, context));
    return signal.aborted ? INTERRUPTED : comparison ? comparisonCode(comparison) : 3;
  }
  if (record !== undefined) requireEmptyFolder(record);
  const runs = manifests.map((manifest) => {
    const folder = out && (manifests.length > 1 ? join(out, manifest.name) : out);
    if (folder !== undefined) requireFolder(folder);
    const file = fileOf(manifest);
    if (prune && file === undefined) throw noBaseline(manifest.name);
    const pruner = prune && file !== undefined ? baselinePruner(file, suite) : undefined;
    const known = file === undefined || pruner ? undefined : readBaseline(file, suite);
    const draft = drafted === undefined ? undefined : baselineDrafter(drafted, suite, { strict, whole });
    const trace = flags['trace'] === true;
    const options: RunTargetOptions = {
      suite,
      cases,
      folder,
      baseline: known,
      pruner,
      draft,
      strict,
      trace,
      concurrency,
      detail,
      record,
      aws,
      signal,
    };
    return { manifest, options };
  });

  const reports: Report[] = [];
  const via = await openVia(through, flags);
  try {
    for (const { manifest, options } of runs) {
      if (!signal.aborted) reports.push(await runTarget(manifest, { ...options, via }));
    }
  } catch (error) {
    if (!(error instanceof Declined)) throw error;
    console.error('nothing was made');
    return INTERRUPTED;
  } finally {
    await via?.close();
  }
  render(reports, wanted, out, context);
  addToJobSummary(() => markdown(reports, context));
  if (opens && !signal.aborted) await openReport(reports, out, context);
  return signal.aborted ? INTERRUPTED : exitCode(reports, { strict });
}

/** A recording is of one target, by the bare wire, in pools of its own. */
function requireRecordable(flags: Flags, [manifest, ...others]: readonly Manifest[]): void {
  if (others.length > 0) throw new UsageError('--record is for one target; run the targets one by one');
  const other = ['reference', 'via'].find((flag) => flags[flag] !== undefined && flags[flag] !== 'wire');
  if (other)
    throw new UsageError(
      `--record and --${other} exclude each other: what is kept is what one target says on the wire`,
    );
  if (manifest?.pools)
    throw new UsageError(`--record needs pools of the run's own, and ${manifest.name} names existing ones`);
  if (manifest && 'replay' in manifest.start)
    throw new UsageError('--record of a recording keeps nothing new: name a live target');
}

function contextOf(
  suite: Suite,
  { detail, strict }: Pick<ReportContext, 'detail' | 'strict'>,
  filesOf: (target: string) => TargetFiles,
): ReportContext {
  return {
    evidence: (id) => suite.evidence.get(id),
    colour: colours(),
    width: terminalWidth(),
    detail,
    strict,
    baseline: (target) => shortPath(filesOf(target).baseline),
    place: placesIn(suite, filesOf),
    contract: contractOf(suite),
  };
}

/** A manifest of one's own is given by its path. */
function pathOf(target: string | undefined): string | undefined {
  return target?.endsWith('.json') ? target : undefined;
}

function noBaseline(target: string): UsageError {
  return new UsageError(`${target} has no baseline to prune: name it with --baseline FILE or in its manifest`);
}

/** As a person in this folder would write it. */
function shortPath(file: string | undefined): string | undefined {
  return file === undefined ? undefined : relative(process.cwd(), file);
}

function concurrencyOf(flag: Flags[string]): number | undefined {
  const given = text(flag);
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,2}$/.test(given)) return Number(given);
  throw new UsageError(`--concurrency "${given}" is not a number from 1 to 999`);
}

/** The first Ctrl-C lets the run end and clean up; a second one ends at once, with a last word. */
function watchInterrupts(last?: string): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) {
        if (last !== undefined) console.error(last);
        process.exit(INTERRUPTED);
      }
      controller.abort();
      console.error('\ninterrupted: cleaning up; once more to end at once');
    });
  }
  return controller.signal;
}

import { join, resolve } from 'node:path';
import { loadSuite } from '../../engine/load.ts';
import { about, packageRoot } from '../../package.ts';
import { columnNames, fileName } from '../../reports/column-names.ts';
import { exitCode } from '../../reports/exit-code.ts';
import { markdown } from '../../reports/markdown.ts';
import { requireFolder } from '../../reports/output.ts';
import { openResults } from '../../reports/writer.ts';
import { joinReports } from '../join-reports.ts';
import { readResults } from '../results-file.ts';
import { UsageError } from '../usage-error.ts';
import { colours } from './colours.ts';
import { contractOf } from './contract.ts';
import { text, type Flags } from './flags.ts';
import { addToJobSummary } from './job-summary.ts';
import { openReport } from './open-report.ts';
import { placesIn } from './places.ts';
import { detailOf, formatsOf, render, requireFiles } from './render.ts';
import { terminalWidth } from './terminal-width.ts';

/** `report FILE...`: shards of one target as one report, several targets as a matrix, in any format. */
export async function reportCommand(flags: Flags, files: readonly string[]): Promise<number> {
  const wanted = formatsOf(flags);
  const detail = detailOf(flags);
  if (files.length === 0) throw new UsageError('report needs files that run --out has written: report FILE...');
  const twice = files.find((file, index) => files.findIndex((other) => resolve(other) === resolve(file)) < index);
  if (twice !== undefined) throw new UsageError(`${twice} is named twice`);
  const parts = files.map((file) => ({ file, report: readResults(file) }));
  const out = text(flags['out']);
  if (out !== undefined) requireFolder(out);
  const suite = loadSuite(packageRoot, about);
  const strict = flags['strict'] === true;
  const reports = joinReports(parts, { suite, strict });
  requireFiles(wanted, reports.length, out !== undefined);
  const names = columnNames(reports);
  for (const [index, report] of out === undefined ? [] : reports.entries()) {
    const { results, run, totals: _, ...header } = report;
    const name = fileName(names[index] ?? '');
    const writer = openResults(reports.length > 1 ? join(out ?? '', name) : (out ?? ''), header, run);
    for (const result of results) writer.add(result);
    writer.finish(run);
  }
  const evidence = (id: string) => suite.evidence.get(id);
  const place = placesIn(suite);
  const context = {
    evidence,
    colour: colours(),
    width: terminalWidth(),
    detail,
    strict,
    place,
    contract: contractOf(suite),
  };
  render(reports, wanted, out, context);
  addToJobSummary(() => markdown(reports, context));
  if (flags['open'] === true) await openReport(reports, out, context);
  return exitCode(reports, { strict });
}

import { join } from 'node:path';
import { nearest } from '../../engine/nearest.ts';
import { compareFiles, fileComparisonCode, type FileComparison } from '../../reports/comparison/compare-files.ts';
import { fileMarkdown } from '../../reports/comparison/file-markdown.ts';
import { filePage } from '../../reports/comparison/file-page.ts';
import { isRecording } from '../recording/read.ts';
import { readResults } from '../results-file.ts';
import { UsageError } from '../usage-error.ts';
import { colours } from './colours.ts';
import { texts, type Flags } from './flags.ts';
import { addToJobSummary } from './job-summary.ts';
import { terminalWidth } from './terminal-width.ts';

const formats: Readonly<Record<string, (comparison: FileComparison) => string>> = {
  terminal: (comparison) => filePage(comparison, { colour: colours(), width: terminalWidth() }),
  markdown: fileMarkdown,
  json: (comparison) => `${JSON.stringify(comparison, undefined, 2)}\n`,
};

/** `compare A.json B.json`: what differs in B from A. */
export async function compareCommand(flags: Flags, files: readonly string[]): Promise<number> {
  const json = flags['json'] === true;
  const named = texts(flags['reporter'], [json ? 'json' : 'terminal']);
  const [format] = named.map(formatNamed);
  const other = json ? named.find((name) => name !== 'json') : undefined;
  if (other !== undefined) {
    throw new UsageError(`--json and --reporter ${other} exclude each other: both write to standard output`);
  }
  const [one, another] = new Set(named);
  if (another !== undefined) {
    throw new UsageError(
      `--reporter ${one} and --reporter ${another} both write to standard output: ask for one of them`,
    );
  }
  const [first, second] = files;
  if (first === undefined || second === undefined) {
    throw new UsageError('compare needs two files that run --out has written: compare A.json B.json');
  }
  const comparison = compareFiles(readResults(resultsIn(first)), readResults(resultsIn(second)), {
    strict: flags['strict'] === true,
  });
  if (format) process.stdout.write(format(comparison));
  addToJobSummary(() => fileMarkdown(comparison));
  return fileComparisonCode(comparison);
}

/** A recording keeps its results beside the exchanges. */
function resultsIn(path: string): string {
  return isRecording(path) ? join(path, 'results.json') : path;
}

function formatNamed(name: string): (comparison: FileComparison) => string {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format) return format;
  const names = Object.keys(formats);
  const near = nearest(name, names);
  throw new UsageError(
    `compare has no reporter "${name}"; there are ${names.join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`,
  );
}

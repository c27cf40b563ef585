import { compare, comparisonCode } from '../../reports/comparison/compare.ts';
import { comparisonPage } from '../../reports/comparison/page.ts';
import { readResults } from '../results-file.ts';
import { UsageError } from '../usage-error.ts';
import { colours } from './colours.ts';
import type { Flags } from './flags.ts';
import { terminalWidth } from './terminal-width.ts';

/** `compare A.json B.json`: what differs in B from A. */
export async function compareCommand(flags: Flags, files: readonly string[]): Promise<number> {
  const [reference, target] = files;
  if (reference === undefined || target === undefined) {
    throw new UsageError('compare needs two files that run --out has written: compare A.json B.json');
  }
  const comparison = compare(readResults(reference), readResults(target));
  const page = { colour: colours(), width: terminalWidth() };
  const text =
    flags['json'] === true ? `${JSON.stringify(comparison, undefined, 2)}\n` : comparisonPage(comparison, page);
  process.stdout.write(text);
  return comparisonCode(comparison);
}

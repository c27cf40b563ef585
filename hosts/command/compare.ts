import { compare, comparisonCode } from '../../reports/comparison/compare.ts';
import { named } from '../../reports/comparison/named.ts';
import { comparisonPage } from '../../reports/comparison/page.ts';
import { readResults } from '../results-file.ts';
import { UsageError } from '../usage-error.ts';
import { colours } from './colours.ts';
import { terminalWidth } from './terminal-width.ts';

/** `compare A.json B.json`: what differs in B from A. */
export async function compareCommand(files: readonly string[]): Promise<number> {
  const [reference, target] = files;
  if (reference === undefined || target === undefined) {
    throw new UsageError('compare needs two files that run --out has written: compare A.json B.json');
  }
  const comparison = named(compare(readResults(reference), readResults(target)));
  process.stdout.write(comparisonPage(comparison, { colour: colours(), width: terminalWidth() }));
  return comparisonCode(comparison);
}

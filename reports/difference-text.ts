import type { Result } from '../engine/result.ts';
import { causes } from './causes.ts';
import type { ReportContext } from './context.ts';
import { finding } from './finding.ts';
import { painter } from './paint.ts';

/** One result as the terminal shows it, for who reads it elsewhere: nothing cut that a person would read. */
export function differenceText(result: Result, { evidence }: Pick<ReportContext, 'evidence'>): string {
  const page = { paint: painter(false), width: 1000, evidence };
  return causes([result], [result.verdict])
    .flatMap((cause) => finding(cause, page))
    .join('\n');
}

import type { Cause } from './causes.ts';
import type { ReportContext } from './context.ts';
import { finding } from './finding.ts';
import { painter } from './paint.ts';

/** A cause as the terminal shows it, for who reads it elsewhere: nothing cut that a person would read. */
export function findingText(cause: Cause, { evidence }: Pick<ReportContext, 'evidence'>): string {
  return finding(cause, { paint: painter(false), width: 1000, evidence }).join('\n');
}

import type { Report } from '../engine/result.ts';
import { exitCode } from './exit-code.ts';
import type { ReportContext } from './context.ts';
import { tally } from './matrix.ts';

/** What shields.io makes a badge of: https://shields.io/badges/endpoint-badge. */
interface Badge {
  schemaVersion: 1;
  label: string;
  message: string;
  color: string;
}

/** Passed of judged on one target, how many cases were never reached, and how many it lacks: what is skipped is no pass. */
export function badge([report]: readonly Report[], { strict }: Pick<ReportContext, 'strict'>): string {
  if (report === undefined) return '';
  const label = report.target.selfTest === true ? 'self-test' : 'Cognito conformance';
  const content: Badge = { schemaVersion: 1, label, message: messageOf(report), color: colourOf(report, strict) };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function messageOf({ results, run }: Report): string {
  const { passed, judged, skipped, unreached } = tally(results);
  if (judged === 0) return 'not judged';
  return [
    `${passed}/${judged}`,
    ...(unreached > 0 ? [`${unreached} blocked`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(run.complete ? [] : ['incomplete']),
  ].join(', ');
}

function colourOf(report: Report, strict: boolean): string {
  const code = exitCode([report], { strict });
  if (code === 1) return 'red';
  if (code === 3) return 'lightgrey';
  const { passed, judged } = tally(report.results);
  return passed === judged ? 'brightgreen' : 'yellow';
}

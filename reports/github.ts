import type { Report, Verdict } from '../engine/result.ts';
import { causes, type Cause } from './causes.ts';
import { columnNames } from './column-names.ts';
import type { ReportContext } from './context.ts';
import { cases } from './finding.ts';
import { findingText } from './finding-text.ts';
import { plain } from './plain.ts';
import { workflowCommand } from './workflow-command.ts';

interface Annotation {
  title: string;
  message: string;
  place: Record<string, string | number>;
  /** Of how many cases it tells. */
  count: number;
}

/** More of a kind GitHub does not show of one step. */
const MOST = 10;

const nonconforming: readonly Verdict[] = ['fail', 'changed', 'blocked', 'fixed'];

/** Annotations of GitHub Actions: every cause once, at its first case, most frequent first. */
export function github(reports: readonly Report[], context: ReportContext): string {
  const names = columnNames(reports);
  const of = (wanted: readonly Verdict[]): Annotation[] =>
    reports.flatMap((report, index) =>
      causes(report.results, wanted).map((cause) => annotation(cause, report, names[index] ?? '', context)),
    );
  const lacks = reports.flatMap((report, index) => lack(report, names[index] ?? ''));
  const errors = frequent(of(context.strict ? [...nonconforming, 'warn'] : nonconforming));
  const warnings = [...lacks, ...frequent(of(context.strict ? ['error'] : ['error', 'warn']))];
  const lines = [...written('error', errors), ...written('warning', warnings), ...left(errors, warnings)];
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(cause: Cause, { target }: Report, name: string, context: ReportContext): Annotation {
  const [first, ...others] = cause.results;
  const { file, line, column } = context.place?.(first, target.name) ?? {};
  return {
    title: plain(`${name}: ${cause.cause}`),
    message: findingText(cause, context),
    place: file === undefined ? {} : { file, line: line ?? 1, col: column ?? 1 },
    count: 1 + others.length,
  };
}

/** What is said of no case. */
function lack({ run }: Report, name: string): Annotation[] {
  const message = run.problem ?? (run.complete ? undefined : 'the run was interrupted: not every case was judged');
  if (message === undefined) return [];
  return [{ title: plain(`${name} was not judged in full`), message: plain(message), place: {}, count: 0 }];
}

function frequent(annotations: Annotation[]): Annotation[] {
  return annotations.sort((one, other) => other.count - one.count);
}

function written(kind: 'error' | 'warning', annotations: readonly Annotation[]): string[] {
  return annotations
    .slice(0, MOST)
    .map(({ title, message, place }) => workflowCommand(kind, { title, ...place }, message));
}

function left(...kinds: readonly Annotation[][]): string[] {
  const rest = kinds.flatMap((annotations) => annotations.slice(MOST));
  if (rest.length === 0) return [];
  const count = rest.reduce((sum, annotation) => sum + annotation.count, 0);
  const what = rest.length === 1 ? '1 more cause' : `${rest.length} more causes`;
  const title = `${what} of ${cases(count)}`;
  return [workflowCommand('notice', { title }, `GitHub shows ${MOST} of a kind; the job summary names all`)];
}

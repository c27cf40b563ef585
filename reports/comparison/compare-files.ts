import type { Report } from '../../engine/result.ts';
import { columnNames } from '../column-names.ts';
import type { ExitCode } from '../exit-code.ts';
import { compare, mishaps, type Comparison } from './compare.ts';
import { named } from './named.ts';
import { compareVerdicts, type VerdictComparison } from './verdicts.ts';

/** What two files of results say of each other: two targets, or two dates of one. */
export interface FileComparison {
  /** What tells the two apart. */
  names: [first: string, second: string];
  verdicts: VerdictComparison;
  /** Whether neither run was interrupted. */
  complete: boolean;
  /** Only where both hold the exchanges of all cases. */
  answers?: Comparison;
  /** What was not compared, in words. */
  uncompared: string[];
}

export function compareFiles(first: Report, second: Report, options: { strict: boolean }): FileComparison {
  const [one = '', other = ''] = columnNames([first, second]);
  const answers = compare(first, second);
  const isWhole = answers.answers > 0 && answers.bare === 0;
  return {
    names: [one, other],
    verdicts: compareVerdicts(first, second, options),
    complete: first.run.complete && second.run.complete,
    ...(isWhole && { answers: named(answers) }),
    uncompared: [
      ...[first, second].flatMap(({ run }, index) =>
        run.problem === undefined ? [] : [`${index === 0 ? one : other}: nothing could be judged: ${run.problem}`],
      ),
      ...mishaps(first, second),
      ...(isWhole ? [] : ['answers: not all exchanges were kept; run both with --trace']),
    ],
  };
}

/** 0 nothing is newly broken or differs for another reason, and no answer does; 1 something; 3 nothing was compared, or not all was run. */
export function fileComparisonCode({ verdicts, answers, complete }: FileComparison): ExitCode {
  const { broken, changed, judged } = verdicts;
  if (broken.length + changed.length + (answers?.differences.length ?? 0) > 0) return 1;
  return judged === 0 || !complete ? 3 : 0;
}

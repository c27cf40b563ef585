import type { Result, StepRecord } from '../../engine/result.ts';

/**
 * What was sent but for fixtures, in the order it was; what one side asked again, waiting for an answer, counts once.
 * `parted` where the two sent other things.
 */
export function aligned(reference: Result, target: Result): { pairs: [StepRecord, StepRecord][]; parted: boolean } {
  const [all, allOthers] = [stepsOf(reference), stepsOf(target)];
  const waited = all.length !== allOthers.length;
  const ones = waited ? settled(all) : all;
  const others = waited ? settled(allOthers) : allOthers;
  const pairs = ones.flatMap((one, index): [StepRecord, StepRecord][] => {
    const other = others[index];
    return other && other.call === one.call && other.role === one.role ? [[one, other]] : [];
  });
  return { pairs, parted: pairs.length !== Math.max(ones.length, others.length) };
}

function settled(records: StepRecord[]): StepRecord[] {
  return records.filter(({ call, role, request }, index) => {
    const next = records[index + 1];
    return next?.call !== call || next.role !== role || next.request.body !== request.body;
  });
}

function stepsOf({ steps }: Result): StepRecord[] {
  return steps.filter(({ role }) => role !== 'fixture');
}

import type { Report, StepRecord } from '../../engine/result.ts';

export const KEPT_ANSWERS =
  'an answer comes a second time, with the x-amzn-requestid of an earlier one: the proxy keeps answers (a cache)';

/** Answers of the target that bear the request id of an earlier one; none where the reference itself repeats ids. */
export function repeatedAnswers(reference: Report, target: Report): Set<StepRecord> {
  return repeats(reference).size > 0 ? new Set() : repeats(target);
}

function repeats({ results }: Report): Set<StepRecord> {
  const seen = new Set<string>();
  const again = new Set<StepRecord>();
  for (const record of results.flatMap(({ steps }) => steps)) {
    const id = record.response?.headers.find(([name]) => name.toLowerCase() === 'x-amzn-requestid')?.[1];
    if (id === undefined) continue;
    if (seen.has(id)) again.add(record);
    seen.add(id);
  }
  return again;
}

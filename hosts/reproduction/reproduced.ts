import type { Case } from '../../engine/case.ts';
import type { Mismatch, Result, Verdict } from '../../engine/result.ts';
import type { Suite } from '../../engine/suite.ts';
import type { Target } from '../../engine/target.ts';
import { cut } from '../../reports/columns.ts';
import { shortName } from '../../reports/target-name.ts';
import { ANYWHERE, reproduction, type Came } from './script.ts';
import type { Places } from './places.ts';

/** What somebody has to act on, or has: with warnings the results would be a third larger. */
const SHOWN: readonly Verdict[] = ['fail', 'blocked', 'changed', 'known'];

/** The longest line of what a target said. */
const WIDTH = 160;

/** A result that differs with the script that shows it, made of the case and not of what was sent. */
export function reproduced(
  result: Result,
  test: Case | undefined,
  { suite, target, places }: { suite: Suite; target: Target; places: Places },
): Result {
  if (!test || !SHOWN.includes(result.verdict)) return result;
  const { region, values } = target;
  const { codes, messages, signingKey } = places;
  // The mock within the run has no address that anybody else could call.
  const endpoint = target.endpoint.endsWith('.invalid') ? ANYWHERE.endpoint : target.endpoint;
  const script = reproduction(
    test,
    suite,
    { endpoint, region, values, codes, messages, signingKey },
    cameOf(result, target),
  );
  return script === undefined ? result : { ...result, reproduction: script };
}

function cameOf({ verdict, reason, mismatches }: Result, target: Target): Came {
  const steps = new Map<number, string[]>();
  for (const { step, ...mismatch } of mismatches) {
    steps.set(step, [...(steps.get(step) ?? []), cut(`${shortName(target)}: ${said(mismatch)}`, WIDTH)]);
  }
  return { whole: cut(`${shortName(target)}: ${verdict}${reason === undefined ? '' : `, ${reason}`}`, WIDTH), steps };
}

function said({ kind, path, message }: Omit<Mismatch, 'step'>): string {
  return [kind, path, message].filter(Boolean).join(' ');
}

import type { Mismatch } from '../../engine/result.ts';
import { plain } from '../plain.ts';
import type { Difference } from './page.ts';
import { block } from './text.ts';

/** A mismatch as what was expected and what came, where it has both sides. */
export function difference({ call, kind, path, grade, message, expected, actual }: Mismatch): Difference {
  const isOutcome = kind === 'error' || kind === 'status';
  const place = `${kind === 'attributes' ? 'attribute' : kind} ${path}`.trim();
  const head = { grade, where: plain(isOutcome ? call : `${call}: ${place}`), message: plain(message) };
  if (isOutcome) return { ...head, expected: block(side(expected)), came: block(outcome(message, expected, actual)) };
  if (expected === undefined && kind !== 'attributes') return head;
  return { ...head, expected: block(side(expected)), came: block(side(actual)) };
}

/** The message tells more of what came than the value alone: what the target said. */
function outcome(message: string, expected: unknown, actual: unknown): string {
  const instead = ` instead of ${side(expected)}`;
  return message.endsWith(instead) ? message.slice(0, -instead.length) : side(actual);
}

function side(of: unknown): string {
  if (of === undefined) return 'absent';
  return typeof of === 'string' ? of : JSON.stringify(of, undefined, 2);
}

import type { Mismatch, Result, StepRecord } from '../../engine/result.ts';
import { plain } from '../plain.ts';
import type { Exchange } from './page.ts';
import { block, pretty } from './text.ts';

/** What was sent and what came, and which of it shows a difference. */
export function exchanges({ steps, mismatches }: Result): Exchange[] {
  const differing = new Set(mismatches.flatMap((mismatch) => shownBy(mismatch, steps)));
  return steps.map((step, index) => ({
    call: plain(step.call),
    role: step.role,
    ...(differing.has(index) && { differs: true as const }),
    request: request(step),
    response: response(step),
    outcome: step.response === undefined ? 'no answer' : String(step.response.status),
    durationMs: step.durationMs,
  }));
}

/** The step itself; where attributes differ, also who looked at them next. A retried step counts by its last answer. */
function shownBy({ step, call, kind }: Mismatch, steps: readonly StepRecord[]): number[] {
  const own = steps.flatMap(({ role }, index) => (role === 'step' ? [index] : []));
  const at = own[step];
  const found =
    at !== undefined && steps[at]?.call === call ? at : own.findLast((index) => steps[index]?.call === call);
  if (step < 0 || found === undefined) return [];
  const looked = steps.findIndex(({ role }, index) => index > found && role === 'observation');
  return kind === 'attributes' && looked > 0 ? [found, looked] : [found];
}

function request({ request: { method, url, headers, body } }: StepRecord): string {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return message([`${method} ${url}`, ...fields], body);
}

function response({ response, failure }: StepRecord): string {
  if (response === undefined) return plain(failure ?? 'no answer came');
  const { status, headers, body, retried } = response;
  const fields = headers.map(([name, value]) => `${name}: ${value}`);
  return message([retried ? `${status} (sent again on a fresh connection)` : String(status), ...fields], body);
}

function message(head: readonly string[], body = ''): string {
  const lines = head.map(plain);
  return (body === '' ? lines : [...lines, '', block(pretty(body))]).join('\n');
}

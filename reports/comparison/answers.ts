import type { StepRecord } from '../../engine/result.ts';
import { compareBodies } from './bodies.ts';
import type { Difference } from './difference.ts';
import { compareHeaders } from './headers.ts';
import type { Identity } from './identity.ts';
import { isPage, meaningOf } from './meaning.ts';
import { errorOf, outcomeOf, type Response } from './outcome.ts';

type Exchange = Pick<StepRecord, 'call' | 'response' | 'failure'>;

/** Everything in which the answers to the same request differ; of another outcome only that, not what follows from it. */
export function compareAnswers(reference: Exchange, target: Exchange, identity: Identity): Difference[] {
  const one = reference.response;
  const other = target.response;
  if (!one || !other) return compareFailures(reference, target);
  if (one.status === other.status && errorOf(one) === errorOf(other) && !isPage(other, one)) {
    return [...compareHeaders(one.headers, other.headers, identity), ...compareBodies(one.body, other.body, identity)];
  }
  const [expected, came] = [outcomeOf(one), outcomeOf(other)];
  const shown = { expected, came: `${came}${said(other)}` };
  const rewritten = one.status !== other.status && one.body !== '' && compareBodies(one.body, other.body, identity);
  if (rewritten && rewritten.length === 0) {
    return [
      {
        cause: `status ${other.status} instead of ${one.status}, with the same body: the status is rewritten`,
        ...shown,
      },
    ];
  }
  const meaning = meaningOf(other, one);
  // What stands between answers the same whatever it was asked.
  if (meaning !== undefined) return [{ cause: `${came}: ${meaning}`, ...shown }];
  return [{ cause: `${came} instead of ${expected}`, ...shown }];
}

function compareFailures({ response, failure }: Exchange, target: Exchange): Difference[] {
  if (!response && !target.response) {
    const alike = failure === target.failure;
    return alike ? [] : [{ cause: 'no answer, for another reason', expected: failure, came: target.failure }];
  }
  if (!response)
    return [{ cause: 'an answer where the reference gives none', expected: failure, came: outcomeOf(target.response) }];
  const { failure: why = 'no answer' } = target;
  const cause = /within \d/.test(why) ? 'no answer in time' : 'no answer: the connection is lost';
  return [{ cause, expected: outcomeOf(response), came: why }];
}

/** The beginning of a text that is no JSON: pages say who wrote them. */
function said({ body }: Response): string {
  const text = body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? '' : ` ${text.slice(0, 120)}`;
}

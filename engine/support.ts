import { isAccepted, readAnswer, type Answer } from './answer.ts';
import { operationRequest } from './caller.ts';
import { once } from './once.ts';
import type { Redactor } from './redact.ts';
import type { Suite } from './suite.ts';
import type { Target } from './target.ts';

/** No operation of any version of the API. */
export const MADE_UP = 'DescribeConformanceUnicorn';

/** Which operations the target has, found out by what it says to an operation that nobody has. */
export interface Support {
  /** The answer to the made-up operation. */
  madeUp: () => Promise<Answer>;
  /** Whether an operation answers an empty input as the made-up one: asked before means are missed. */
  missing(operation: string): Promise<boolean>;
  /** Whether the target answers at all, right now and on a fresh connection. */
  answers: () => Promise<boolean>;
  /** Whether this answer to an operation says that the target does not have it. */
  lacks(operation: string, answer: Answer): Promise<boolean>;
}

export function createSupport(target: Target, { operations }: Pick<Suite, 'operations'>, redactor: Redactor): Support {
  const ask = async (operation: string, fresh = false): Promise<Answer> => {
    const response = await target.send(operationRequest(target, operation, {}, { signed: true }), { fresh });
    return redactor.clean(readAnswer(response));
  };
  const madeUp = once(() => ask(MADE_UP));
  const asked = new Map<string, Promise<Answer>>();
  const answered = new Set<string>();
  const probe = (operation: string): Promise<Answer> => {
    const there = asked.get(operation) ?? ask(operation);
    asked.set(operation, there);
    there.catch(() => asked.delete(operation));
    return there;
  };

  const declares = (operation: string, error: string): boolean =>
    operations[operation]?.errors.includes(error) ?? false;
  /** Types that are Cognito's own tell nothing by themselves, and neither does none: then the texts must agree too. */
  const alike = (operation: string, answer: Answer, unicorn: Answer): boolean => {
    if (answer.status !== unicorn.status || answer.error !== unicorn.error) return false;
    if (unicorn.error !== undefined && !declares(operation, unicorn.error)) return true;
    return withoutName(answer.text, operation) === withoutName(unicorn.text, MADE_UP);
  };

  const support: Support = {
    madeUp,
    missing: async (operation) => !answered.has(operation) && support.lacks(operation, await probe(operation)),
    answers: () =>
      ask(MADE_UP, true).then(
        () => true,
        () => false,
      ),
    lacks: async (operation, answer) => {
      if (isAccepted(answer)) {
        answered.add(operation);
        return false;
      }
      if (answered.has(operation)) return false;
      const unicorn = await madeUp();
      if (!alike(operation, answer, unicorn)) return false;
      // No operation is known to answer such a type: the target itself says what it means.
      if (unicorn.error !== undefined && !declares(operation, unicorn.error)) return true;
      // A bare 500 may also be a crash: an operation that exists says something else to an empty input.
      return alike(operation, await probe(operation), unicorn);
    },
  };
  return support;
}

function withoutName(text: string, operation: string): string {
  const snake = operation.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
  return text.replaceAll(operation, '*').replaceAll(snake, '*');
}

import { isAccepted, isGarbled, readAnswer, type Answer } from './answer.ts';
import { operationRequest } from './caller.ts';
import { NoAnswer } from './exchange.ts';
import { once } from './once.ts';
import type { Redactor } from './redact.ts';
import type { Suite } from './suite.ts';
import { during, type Target } from './target.ts';

/** No operation of any version of the API. */
export const MADE_UP = 'DescribeConformanceUnicorn';

/** How many requests beside one that stays without an answer have to be answered. */
const STEADY = 20;

/** How often a target may break off before it counts as gone. */
const CHANCES = 5;

/** Which operations the target has, found out by what it says to an operation that nobody has. */
export interface Support {
  /** The answer to the made-up operation, at the door where this one goes in; where that of administrators is, unless told. */
  madeUp: (operation?: string) => Promise<Answer>;
  /** Whether an operation answers an empty input as the made-up one: asked before means are missed. */
  missing(operation: string): Promise<boolean>;
  /** Whether the target answers at all, at every door, right now and on a fresh connection. */
  answers: () => Promise<boolean>;
  /** Told where an answer was lost that came when it was asked for again. */
  losesAnswers: () => void;
  /** Whether it answers every one of several requests, each on a connection of its own, and never lost an answer. */
  isSteady: () => Promise<boolean>;
  /** Whether what it says now is no answer of the API, even to an operation to which it gave one before. */
  garbles: () => Promise<boolean>;
  /** Whether this answer to an operation says that the target does not have it. */
  lacks(operation: string, answer: Answer): Promise<boolean>;
}

export function createSupport(target: Target, { operations }: Pick<Suite, 'operations'>, redactor: Redactor): Support {
  /** What users call is asked where they call it, and what is said there to an operation that nobody has. */
  const isSigned = (operation: string): boolean =>
    target.admin === undefined || operations[operation]?.signed !== false;
  const ask = async (
    operation: string,
    { fresh = false, body = '{}', signed = isSigned(operation) } = {},
  ): Promise<Answer> => {
    const request = operationRequest(target, operation, body, { signed });
    return redactor.clean(readAnswer(await target.send(request, { fresh })));
  };
  /** Whichever case asks: all share the answer. */
  const askForAll: typeof ask = (operation, options) =>
    during(target, { name: 'fixtures/support', redactor }, () => ask(operation, options));
  const atDoor = {
    signed: once(() => askForAll(MADE_UP)),
    unsigned: once(() => askForAll(MADE_UP, { signed: false })),
  };
  const madeUp = (operation = MADE_UP): Promise<Answer> => atDoor[isSigned(operation) ? 'signed' : 'unsigned']();
  const doors = target.admin === undefined ? [true] : [true, false];
  /** Why one of them does not answer right now on a fresh connection, or undefined. */
  const knock = (): Promise<unknown> =>
    Promise.all(doors.map((signed) => ask(MADE_UP, { fresh: true, signed }))).then(
      () => undefined,
      (error: unknown) => error,
    );
  let isUnsteady = false;
  const asked = new Map<string, Promise<Answer>>();
  const answered = new Set<string>();
  const probe = (operation: string): Promise<Answer> => {
    const there = asked.get(operation) ?? askForAll(operation);
    asked.set(operation, there);
    there.catch(() => asked.delete(operation));
    return there;
  };

  const declares = (operation: string, error: string): boolean =>
    operations[operation]?.errors.includes(error) ?? false;
  /** It answers a type that no operation is known to answer, or the status that HTTP has for it. */
  const saysItself = (operation: string, { status, error = '' }: Answer): boolean =>
    status === 501 || (LACKING.test(error) && !declares(operation, error));
  const isOwnType = (operation: string, unicorn: Answer): boolean =>
    unicorn.error !== undefined && !declares(operation, unicorn.error);
  /** Types that are Cognito's own tell nothing by themselves, and neither does none: then the texts must agree too. */
  const alike = (operation: string, answer: Answer, unicorn: Answer): boolean =>
    isSameKind(answer, unicorn) &&
    (isOwnType(operation, unicorn) || essence(answer.text, operation) === essence(unicorn.text, MADE_UP));
  /** Some repeat what they were asked: the made-up operation is asked the same. */
  const echoes = async (operation: string, answer: Answer, unicorn: Answer): Promise<boolean> =>
    answer.sent !== undefined &&
    isSameKind(answer, unicorn) &&
    alike(
      operation,
      redactor.clean(answer),
      await askForAll(MADE_UP, { body: answer.sent, signed: isSigned(operation) }),
    );

  /** What it says depends on the input, as it does not where nobody has the operation: it is there, and refuses this input. */
  const hasRead = async (operation: string, answer: Answer, unicorn: Answer): Promise<boolean> => {
    if (answer.sent === undefined || essence(answer.text, operation) === essence(unicorn.text, MADE_UP)) return false;
    const [empty, likewise] = await Promise.all([
      probe(operation),
      askForAll(MADE_UP, { body: answer.sent, signed: isSigned(operation) }),
    ]);
    const told = essence(redactor.clean(answer).text, operation);
    const reads =
      !isGarbled(empty) &&
      essence(empty.text, operation) !== told &&
      essence(likewise.text, MADE_UP) === essence(unicorn.text, MADE_UP);
    if (reads) answered.add(operation);
    return reads;
  };

  const isThere = (operation: string, answer: Answer): false => {
    if (isAccepted(answer)) answered.add(operation);
    return false;
  };

  const support: Support = {
    madeUp,
    missing: async (operation) => !answered.has(operation) && support.lacks(operation, await probe(operation)),
    answers: async () => {
      for (let tries = 0; tries < CHANCES; tries += 1) {
        const lost = await knock();
        if (lost === undefined) {
          if (tries > 0) support.losesAnswers();
          return true;
        }
        // Who does not even break off is not there.
        if (!(lost instanceof NoAnswer) || ['timeout', 'unreachable'].includes(lost.kind)) return false;
      }
      return false;
    },
    losesAnswers: () => {
      isUnsteady = true;
    },
    isSteady: async () => {
      if (isUnsteady) return false;
      const lost = await Promise.all(Array.from({ length: STEADY }, knock));
      isUnsteady = lost.some((one) => one !== undefined);
      return !isUnsteady;
    },
    garbles: async () => !isGarbled(await madeUp()) && isGarbled(await ask(MADE_UP, { fresh: true })),
    lacks: async (operation, answer) => {
      if (answered.has(operation)) return false;
      // A success needs no comparison where there is none to be had.
      const unicorn = await madeUp(operation).catch((error: unknown) => {
        if (!isAccepted(answer)) throw error;
      });
      if (!unicorn) return isThere(operation, answer);
      if (saysItself(operation, answer)) return !(await hasRead(operation, answer, unicorn));
      if (!alike(operation, answer, unicorn) && !(await echoes(operation, answer, unicorn))) {
        return isThere(operation, answer);
      }
      // No operation is known to answer such a type: the target itself says what it means.
      if (isOwnType(operation, unicorn)) return !(await hasRead(operation, answer, unicorn));
      // A bare 500 may also be a crash, and 200 a success: an operation that exists says something else to an empty input.
      return alike(operation, await probe(operation), unicorn) || isThere(operation, answer);
    },
  };
  return support;
}

/** Types by which servers say that they do not have an operation. */
const LACKING =
  /^(not_?implemented|unimplemented|(unknown|unsupported)_?(operation|action)|unsupported|invalid_?action)(_?(exception|error|fault))?$/i;

function isSameKind(answer: Answer, unicorn: Answer): boolean {
  return answer.status === unicorn.status && answer.error === unicorn.error;
}

/** A text without the name of the operation, however it is written, and without ids, dates and numbers. */
function essence(text: string, operation: string): string {
  const words = operation.split(/(?<=[a-z])(?=[A-Z])/);
  return text
    .replace(new RegExp(words.join('[-_ ]?'), 'gi'), '*')
    .replace(/[\w-]+/g, (word) => (/\d/.test(word) ? '#' : word));
}

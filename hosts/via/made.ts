import type { Json } from '../../engine/case.ts';
import { brief, isObject, isSuccess, readAnswer, type Answer } from '../../engine/answer.ts';
import type { Made } from '../../engine/client.ts';
import type { Finding } from '../../engine/expectation.ts';
import type { HttpResponse } from '../../engine/target.ts';

/** What the SDK gave its caller. */
export type Outcome = { output: unknown } | { thrown: unknown };

/** Its exceptions by name. */
export type Exceptions = Readonly<Record<string, (new (...args: never[]) => Error) | undefined>>;

/** An error as the SDK throws it, with what it read of the answer. */
interface Thrown {
  name: string;
  message: string;
  $metadata?: Metadata;
}

interface Metadata {
  httpStatusCode?: number;
  requestId?: string;
}

/** Where the SDK made something else of an answer than stands in it. */
export function madeOf(response: HttpResponse, outcome: Outcome, exceptions: Exceptions): Made {
  const answer = readAnswer(response);
  if (isSuccess(answer)) {
    if ('thrown' in outcome) {
      const { name } = outcome.thrown as Thrown;
      return { breaks: [breaks('exception', `the SDK throws ${name} where a success came`, name)], details: [] };
    }
    const { $metadata, ...output } = outcome.output as { $metadata: Metadata };
    return { breaks: differences(answer.body ?? {}, output), details: metadata(answer, $metadata) };
  }
  if ('output' in outcome) {
    return { breaks: [breaks('exception', `the SDK takes ${brief(answer)} for a success`, 'none')], details: [] };
  }
  return thrownFor(answer, outcome.thrown as Thrown, exceptions);
}

/** Of a refusal: the class by which programs catch it, and what they may show of it. */
function thrownFor(answer: Answer, thrown: Thrown, exceptions: Exceptions): Made {
  const { name, message } = thrown;
  const { error, message: text } = answer;
  const modelled = error === undefined ? undefined : exceptions[error];
  const come = brief(answer);
  if (error === undefined || name !== error) {
    const found = `the SDK throws ${name} where ${come} came`;
    return { breaks: [breaks('exception', found, name, { expected: error, actual: name })], details: [] };
  }
  if (modelled && !(thrown instanceof modelled)) {
    const found = `the SDK throws a ${name} that is no instance of its class ${name}`;
    return { breaks: [breaks('exception', found, 'class')], details: [] };
  }
  const details = metadata(answer, thrown.$metadata ?? {});
  if (text !== undefined && text !== message) {
    details.push(breaks('message', 'the SDK gives another message', 'other', { expected: text, actual: message }));
  }
  return { breaks: [], details };
}

function metadata({ status, headers }: Answer, { httpStatusCode, requestId }: Metadata): Finding[] {
  const id = headers['x-amzn-requestid'];
  return [
    ...(httpStatusCode === status
      ? []
      : [of('$metadata.httpStatusCode', 'is another', { expected: status, actual: httpStatusCode })]),
    ...(id === undefined || requestId === id
      ? []
      : [of('$metadata.requestId', 'is another', { expected: id, actual: requestId })]),
  ];
}

/** What a program reads of the output that is not what came. Members that the SDK does not know it leaves out, as it should. */
function differences(came: Json | undefined, output: unknown, path = ''): Finding[] {
  if (output instanceof Date) return dateDifference(came, output, path);
  if (Array.isArray(output) && Array.isArray(came)) {
    if (output.length !== came.length) return [of(path, 'has other items', { expected: came, actual: output })];
    return output.flatMap((item, index) => differences(came[index], item, `${path}/${index}`));
  }
  if (typeof output === 'object' && output !== null && isObject(came)) {
    return Object.entries(output).flatMap(([name, value]) => differences(came[name], value, `${path}/${name}`));
  }
  return output === came ? [] : [of(path, 'is another value', { expected: came, actual: output })];
}

/** The protocol has dates as seconds; of what else came a program may get some other moment, or none. */
function dateDifference(came: Json | undefined, date: Date, path: string): Finding[] {
  const seconds = Number(came);
  const moment = Number.isNaN(seconds) ? Date.parse(String(came)) : Math.round(seconds * 1000);
  if (moment === date.getTime()) return [];
  const actual = Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString();
  return [of(path, 'is another moment', { expected: came, actual })];
}

function of(path: string, how: string, values: Pick<Finding, 'expected' | 'actual'>): Finding {
  return breaks(path, `the SDK's ${path || 'output'} ${how}`, how.replace('is ', ''), values);
}

function breaks(path: string, message: string, keyword: string, values: Partial<Finding> = {}): Finding {
  return { kind: 'client', path, message, keyword, ...values };
}

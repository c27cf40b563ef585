import type { Expectation, Json, JsonObject } from './case.ts';
import { brief, isAccepted, isObject, isRefused, type Answer } from './answer.ts';
import type { Difference, Match } from './match.ts';
import type { Mismatch } from './result.ts';

/** A mismatch before the step it belongs to is known; `keyword` goes into the fingerprint. */
export type Finding = Pick<Mismatch, 'kind' | 'path' | 'message' | 'expected' | 'actual'> & { keyword: string };

/** Where an answer is not as expected. Without `error` or `status` the expected status is 200. */
export function compareAnswer(expected: Expectation, answer: Answer, match: Match): Finding[] {
  const outcome = outcomeOf(expected, answer, match);
  // An answer of the wrong kind differs in everything else too.
  return outcome.length > 0 ? outcome : contentOf(expected, answer, match);
}

/** The `should` part: of the outcome it says only what it names. */
export function compareContent(expected: Expectation, answer: Answer, match: Match): Finding[] {
  const outcome = expected.error === undefined ? [] : outcomeOf(expected, answer, match);
  return [...outcome, ...contentOf(expected, answer, match)];
}

function contentOf({ message, headers, body, text, status }: Expectation, answer: Answer, match: Match): Finding[] {
  return [
    ...(status === undefined ? [] : found('status', match(status, answer.status))),
    ...(message === undefined ? [] : found('message', match(message, answer.message))),
    ...(headers === undefined ? [] : headerFindings(headers, answer, match)),
    ...(body === undefined ? [] : found('body', match(body, answer.body))),
    ...(text === undefined ? [] : found('text', match(text, answer.text))),
  ];
}

function outcomeOf({ error, status }: Expectation, answer: Answer, match: Match): Finding[] {
  if (error !== undefined) {
    const allowed = [error].flat();
    const holds = answer.error !== undefined && allowed.includes(answer.error);
    if (holds && (status !== undefined || isRefused(answer))) return [];
    const expected = allowed.join(' or ');
    return [outcome('error', `${said(answer)} instead of ${expected}`, expected, brief(answer))];
  }
  if (status === undefined || status === 200) {
    return answer.status === 200 && isAccepted(answer)
      ? []
      : [outcome('status', `${said(answer)} instead of 200`, 200, brief(answer))];
  }
  return match(status, answer.status).map(({ keyword }) => ({
    ...outcome('status', `${said(answer)} instead of ${statusWords(status)}`, status, answer.status),
    keyword,
  }));
}

function outcome(kind: 'error' | 'status', message: string, expected: unknown, actual: unknown): Finding {
  return { kind, path: '', message, expected, actual, keyword: String(actual) };
}

/** A status as a person names it: `200 or 204`, `400 to 499`. */
function statusWords(status: Json): string {
  const schema = isObject(status) && isObject(status['$is']) ? status['$is'] : {};
  if (Array.isArray(schema['enum'])) return schema['enum'].join(' or ');
  const { minimum, maximum } = schema;
  return minimum === undefined || maximum === undefined ? JSON.stringify(status) : `${minimum} to ${maximum}`;
}

function said(answer: Answer): string {
  return answer.message ? `${brief(answer)} (${answer.message.trim()})` : brief(answer);
}

function headerFindings(headers: JsonObject, answer: Answer, match: Match): Finding[] {
  return Object.entries(headers).flatMap(([name, pattern]) =>
    match(pattern, answer.headers[name]).map((difference) => {
      const absent = !Object.hasOwn(answer.headers, name);
      return {
        kind: 'header' as const,
        path: name,
        message: absent ? `header ${name} is absent` : `header ${name} ${difference.message}`,
        expected: difference.expected ?? pattern,
        actual: answer.headers[name],
        keyword: absent ? 'absent' : 'other',
      };
    }),
  );
}

function found(kind: 'status' | 'message' | 'body' | 'text', differences: Difference[]): Finding[] {
  return differences.map(({ path, keyword, message, expected, actual }) => ({
    kind,
    path,
    message: `${kind}${path} ${message}`,
    expected,
    actual,
    keyword,
  }));
}

/** Findings of the service model's shape, in the same form. */
export function shapeFindings(differences: Difference[]): Finding[] {
  return differences.map(({ path, keyword, message, expected, actual }) => ({
    kind: 'shape',
    path,
    message: `answer${path} ${message}`,
    expected,
    actual: actual as Json,
    keyword,
  }));
}

import type { Expectation, Json, JsonObject, Level, Over, Step } from '../../engine/case.ts';
import { list } from './page.ts';
import { memberWords, words } from './value.ts';

const MODAL: Record<Level, string> = { must: 'must', should: 'should', may: 'is expected to' };

/** What is sent and what is to come of it, a sentence each; what is sent first. */
export function stepSentences(step: Step, level: Level): string[] {
  const {
    call,
    with: input,
    headers,
    sign,
    request,
    expect,
    should,
    control,
    changes,
    others,
    messages,
    events,
    save,
    eventually,
  } = step;
  const modal = expect ? MODAL[level] : 'must';
  return [
    request ? rawSentence(request) : callSentence(call ?? '', input ?? {}, headers, sign),
    ...(eventually ? [`It is sent again, for at most ${eventually.withinMs} ms, until the answer fits.`] : []),
    ...(expect ? expectationSentences(expect, modal) : ['It is preparation: refused, the case is blocked.']),
    ...(should ? shouldSentences(should) : []),
    ...(changes ? [changesSentence('user', changes, modal)] : []),
    ...Object.entries(others ?? {}).map(([name, set]) => changesSentence(name, set, modal)),
    ...(messages === undefined ? [] : [messagesSentence(messages, modal)]),
    ...(events === undefined ? [] : [eventsSentence(events, modal)]),
    ...(control
      ? [`Then the same with ${list(memberWords(control))} must be accepted, else the refusal says nothing.`]
      : []),
    ...(save === undefined ? [] : [`The answer is kept as "${save}".`]),
  ];
}

/** A check on answers wherever they come, a sentence each. */
export function overSentences({ calls, outcome, origin }: Over, expect: Expectation, level: Level): string[] {
  const of = calls === undefined ? 'any operation' : list(calls, 'or');
  const when = outcome === undefined ? '' : ` that was ${outcome}`;
  const from = origin === undefined ? '' : ', sent with an Origin header';
  const { status, error, ...content } = expect;
  return [
    `Every answer of the run to a call of ${of}${when}${from}.`,
    ...(error === undefined ? [] : [`Its error ${MODAL[level]} be ${list([error].flat(), 'or')}.`]),
    ...(status === undefined ? [] : [`Its status ${MODAL[level]} be ${words(status)}.`]),
    ...contentSentences(content, MODAL[level]),
  ];
}

function callSentence(call: string, input: JsonObject, headers: Step['headers'], sign: Step['sign']): string {
  const with_ = Object.keys(input).length === 0 ? 'an empty input' : memberWords(input).join('; ');
  const extra = headers ? `, and the headers ${list(memberWords(headers))}` : '';
  return `${call} is sent${sign ? ', signed,' : ''} with ${with_}${extra}.`;
}

function rawSentence({ method, path = '/', headers, body }: NonNullable<Step['request']>): string {
  const parts = [
    ...(headers ? [`the headers ${list(memberWords(headers))}`] : []),
    ...(body === undefined ? ['no body'] : [`the body ${words(body)}`]),
  ];
  return `A raw ${method} ${path} is sent with ${list(parts)}.`;
}

function expectationSentences(expect: Expectation, modal: string): string[] {
  const { error, status } = expect;
  if (error !== undefined) {
    const types = list([error].flat().map(errorWords), 'or');
    const code = status === undefined ? 'a status of 4xx' : `the status ${words(status)}`;
    return [`It ${modal} be refused with ${types} and ${code}.`, ...contentSentences(expect, modal)];
  }
  const accepted = status === undefined || status === 200;
  const outcome = accepted ? `It ${modal} be accepted.` : `It ${modal} be answered with the status ${words(status)}.`;
  return [outcome, ...contentSentences(expect, modal)];
}

function shouldSentences(should: Expectation): string[] {
  const { error, status } = should;
  return [
    ...(error === undefined ? [] : [`The error should be ${list([error].flat().map(errorWords), 'or')}.`]),
    ...(status === undefined ? [] : [`The status should be ${words(status)}.`]),
    ...contentSentences(should, 'should'),
  ];
}

function contentSentences({ message, headers = {}, body, text }: Expectation, modal: string): string[] {
  return [
    ...(message === undefined ? [] : [`The message ${modal} be ${words(message)}.`]),
    ...Object.entries(headers).map(([name, pattern]) => `The header ${name} ${modal} be ${words(pattern)}.`),
    ...(body === undefined ? [] : [`The body ${modal} be ${words(body)}.`]),
    ...(text === undefined ? [] : [`The body as it came ${modal} be ${words(text)}.`]),
  ];
}

function messagesSentence(messages: Json, modal: string): string {
  return isNone(messages) ? `It ${modal} send nothing.` : `It ${modal} send ${words(messages)}, and nothing else.`;
}

function eventsSentence(events: Json, modal: string): string {
  return isNone(events)
    ? `It ${modal} invoke no function.`
    : `It ${modal} invoke functions with the events ${words(events)}, and no others.`;
}

function isNone(list: Json): boolean {
  return Array.isArray(list) && list.length === 0;
}

function errorWords(type: string): string {
  return type.startsWith('${') ? words(type) : type;
}

function changesSentence(name: string, changes: JsonObject, modal: string): string {
  const entries = Object.entries(changes);
  if (entries.length === 0) return `It ${modal} leave every attribute of ${name} as it was.`;
  const parts = entries.map(([attribute, value]) => {
    if (value === null) return `${attribute} is gone`;
    const any = typeof value === 'object' && !Array.isArray(value) && value['$any'] === true;
    return any ? `${attribute} may be anything` : `${attribute} is ${words(value)}`;
  });
  return `After it ${list(parts)}, and no other attribute of ${name} has changed.`;
}

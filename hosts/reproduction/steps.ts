import { asJson, nameOf } from '../../engine/case-run.ts';
import type { Case, JsonObject, Level, RawRequest, Step } from '../../engine/case.ts';
import type { Suite } from '../../engine/suite.ts';
import { stepSentences } from '../../reports/explain/step.ts';
import { plain } from '../../reports/plain.ts';
import { fill, fillPatched, membersRead, put, type Names } from './names.ts';
import { readingCommand, whereabouts, type Places } from './places.ts';
import { awsCommand, callCommand, rawCommand } from './requests.ts';
import { comment, nameFor, option, variable, word } from './shell.ts';
import { readCommand } from './state.ts';

export interface Part {
  test: Case;
  suite: Suite;
  places: Places;
  names: Names;
  /** How a target differed, by the index of the step. */
  came: ReadonlyMap<number, readonly string[]>;
}

/** One step: what is sent, what Cognito answers, what is there afterwards. */
export function stepCommands(step: Step, index: number, part: Part): string[] {
  const { test, came, names } = part;
  const users = usersOf(test);
  const sent = sendingCommands(step, part);
  const before = names.before.splice(0);
  const control = step.control ? [commandOf(step, step.control, part)] : [];
  return [
    heading(`${index + 1}. ${nameOf(step)}${step.expect ? '' : ', a preparation'}`),
    ...before,
    ...sent,
    ...(came.get(index) ?? []).map(comment),
    ...saying(answerSentences(step, test.level)),
    ...(step.changes ? users.map((user) => `show "$${nameFor(user, 'name')}"`) : []),
    ...(step.messages === undefined ? [] : users.map((user) => messagesCommand(user, part))),
    ...codeCommands(step, part),
    ...(control.length > 0
      ? [
          ...names.before.splice(0).filter((line) => !before.includes(line)),
          heading(`${index + 1}. The control`),
          ...control,
          ...saying([CONTROL]),
        ]
      : []),
  ];
}

/** Shown beside the answers: without it nobody knows which is which. */
function heading(text: string): string {
  return `heading ${word(plain(text))}`;
}

const CONTROL = 'It must be accepted, else the refusal says nothing.';

/** What is to come of a step: not what is sent, nor what the suite does with it. */
function answerSentences({ control: _, save: __, eventually, ...step }: Step, level: Level): string[] {
  const told = stepSentences(step, level).slice(step.expect ? 1 : 2);
  return eventually ? [...told, `This may take up to ${eventually.withinMs} ms.`] : told;
}

function saying(sentences: readonly string[]): string[] {
  const words = sentences.map((sentence) => word(plain(sentence)));
  return words.length === 0 ? [] : [['cognito_says', ...words].join(' \\\n  ')];
}

function usersOf({ given }: Case): string[] {
  return [...(given?.user ? ['user'] : []), ...Object.keys(given?.users ?? {})];
}

function commandOf(step: Step, patch: JsonObject, { suite, names }: Part): string {
  const { call, headers = {}, request } = step;
  if (call === undefined) return rawCommand(fillPatched(asJson(request), patch, names) as unknown as RawRequest);
  const input = fillPatched(step.with ?? {}, patch, names);
  const form = { signed: isSigned(step, suite), headers: fill(asJson(headers), names) as Record<string, string> };
  return callCommand(call, input, form);
}

/** The step as it is sent, and variables for those members of its answer that later steps send. */
function sendingCommands(step: Step, part: Part): string[] {
  const { names, suite } = part;
  const { call, save } = step;
  const read = save === undefined ? [] : membersRead(part.test, save);
  // Of a preparation nothing is judged but that it is accepted: the CLI tells that.
  const byCli = call !== undefined && !step.expect && !step.headers && step.sign === undefined;
  const input = byCli ? fill(step.with ?? {}, names) : {};
  const command = byCli ? (query?: string) => awsCommand(call, input, isSigned(step, suite), query) : undefined;
  const sent = command ? command() : commandOf(step, {}, part);
  if (save === undefined || read.length === 0) return [sent];
  const made = read.map((path): [string, string] => [nameFor(save, path.split('.').at(-1) ?? ''), path]);
  for (const [name, path] of made) put(names.scope, `${save}.${path}`, variable(name));
  if (command) return [readCommand(made, command)];
  const answer = nameFor(save, 'answer');
  return [
    `${answer}=$(${sent})`,
    `printf '%s\\n' "$${answer}"`,
    ...made.map(([name, path]) => `${name}=$(printf '%s' "$${answer}" | member ${option(path)})`),
  ];
}

function isSigned({ call, sign }: Step, { operations }: Suite): boolean {
  return sign ?? operations[call ?? '']?.signed ?? false;
}

function messagesCommand(user: string, { places: { messages } }: Part): string {
  const owner = nameFor(user, 'name');
  const reading = readingCommand(messages, owner);
  return reading ? `${reading}; echo` : comment(`What was sent to ${user} is read where the target shows it.`);
}

/** The code that the step caused, for those steps that send it. */
function codeCommands(step: Step, { test, places: { codes } }: Part): string[] {
  const { save } = step;
  if (save === undefined || !JSON.stringify(test.steps).includes(`{"$code":"${save}"}`)) return [];
  const reading = readingCommand(codes) ?? `ask ${word(`the code that was sent${whereabouts(codes)}`)}`;
  return [`${nameFor(save, 'code')}=$(${reading})`];
}

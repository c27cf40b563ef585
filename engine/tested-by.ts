import type { Step } from './case.ts';
import { isObject } from './answer.ts';
import type { CaseRun } from './case-run.ts';

/** Names the case that judges what a preparation takes for granted, as the end of a sentence. */
export function testedBy(step: Step, { test, session }: CaseRun): string {
  const judge = session.suite.cases.find(
    ({ id, given, steps }) =>
      id !== test.id && given?.pool === test.given?.pool && steps.some((other) => judges(other, step)),
  );
  return judge ? `; ${judge.id} tests it` : '';
}

/** The same operation on the same attributes, with its success judged. */
function judges(other: Step, step: Step): boolean {
  const accepted = other.expect !== undefined && other.expect.error === undefined;
  return other.call === step.call && accepted && attributesOf(other) === attributesOf(step);
}

function attributesOf({ with: input }: Step): string {
  const list = input?.['UserAttributes'];
  return Array.isArray(list)
    ? list.map((item) => (isObject(item) ? `${String(item['Name'])}${item['Value'] === '' ? '=' : ''}` : '')).join()
    : '';
}

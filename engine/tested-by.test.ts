import { expect, test } from 'vitest';
import type { Case, Json, Step } from './case.ts';
import type { CaseRun } from './case-run.ts';
import { testedBy } from './tested-by.ts';

const write = (attributes: Json, more: Partial<Step> = {}): Step => ({
  call: 'Write',
  with: { UserAttributes: attributes },
  ...more,
});
const team = [{ Name: 'team', Value: 'red' }];
const judged = { expect: { body: {} } };
const one = (id: string, steps: Step[], pool = 'plain'): Case =>
  ({ id, steps, given: { pool, user: {} } }) as unknown as Case;
const preparing = one('Write/prepares', [write(team)]);

test.each<[name: string, other: Case, told: boolean]>([
  ['judges the same', one('Write/judges', [write([{ Name: 'team', Value: 'blue' }], judged)]), true],
  ['judges it in a later step', one('Write/judges', [{ call: 'Read' }, write(team, judged)]), true],
  ['expects a status of it', one('Write/judges', [write(team, { expect: { status: 200 } })]), true],
  ['only prepares by it', one('Write/judges', [write(team)]), false],
  ['expects a refusal', one('Write/judges', [write(team, { expect: { error: 'Bad' } })]), false],
  ['is of another pool', one('Write/judges', [write(team, judged)], 'other'), false],
  ['calls something else', one('Write/judges', [{ ...write(team, judged), call: 'Send' }]), false],
  ['writes another attribute', one('Write/judges', [write([{ Name: 'name', Value: 'x' }], judged)]), false],
  ['empties the attribute', one('Write/judges', [write([{ Name: 'team', Value: '' }], judged)]), false],
  ['writes more', one('Write/judges', [write([...team, { Name: 'name', Value: 'x' }], judged)]), false],
  ['writes no list', one('Write/judges', [write({ Name: 'team' }, judged)]), false],
  ['writes no object', one('Write/judges', [write(['team'], judged)]), false],
  ['is the same case', one('Write/prepares', [write(team, judged)]), false],
])('a case that %s', (_, other, told) => {
  const run = { test: preparing, session: { suite: { cases: [preparing, other] } } } as unknown as CaseRun;
  expect(testedBy(preparing.steps[0] as Step, run)).toBe(told ? '; Write/judges tests it' : '');
});

test('steps without attributes are alike', () => {
  const step: Step = { call: 'Send', with: { Id: 'a' } };
  const [before, other] = [one('Send/prepares', [step]), one('Send/judges', [{ call: 'Send', ...judged }])];
  const run = { test: before, session: { suite: { cases: [before, other] } } } as unknown as CaseRun;
  expect(testedBy(step, run)).toBe('; Send/judges tests it');
});

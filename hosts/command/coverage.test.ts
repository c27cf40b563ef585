import { expect, test } from 'vitest';
import type { Case, Evidence } from '../../engine/case.ts';
import type { Operation, Suite } from '../../engine/suite.ts';
import { coverageJson, coverageText } from './coverage.ts';
import { said } from './in-process.test-data.ts';

const operation = (...errors: string[]): Operation => ({ signed: false, writes: 'nothing', input: [], errors });
const cases = [
  { id: 'Write/one', evidence: ['seen'], steps: [{ call: 'Write', expect: { error: 'Bad' } }] },
] as unknown as Case[];
const suite = {
  cases,
  evidence: new Map<string, Evidence>([['seen', { id: 'seen', statement: 'It was seen.', claims: [] }]]),
  operations: { Read: operation('Bad'), Write: operation('Bad', 'Busy', 'Worse', 'Worst') },
  statements: [
    { id: 'one', on: 'Write', statement: 'One is written.', cases: ['Write/one'] },
    { id: 'two', on: 'Write', statement: 'Two are written, one after the other.' },
  ],
  constraints: { Write: [{ member: 'Items', must: { required: true } }] },
  untested: {
    operations: [{ operations: ['Read'], reason: 'It only reads.' }],
    errors: [{ error: 'Busy', reason: 'Nobody can make it busy.' }],
  },
} as unknown as Suite;

test('totals come first, then what is open and what is excluded, a group at a time', () => {
  expect(coverageText(suite, 40)).toBe(
    `
                                  covered      open  excluded
operations                              1         0         1
declared errors                         1         2         1
input constraints                       0         1         0
statements of the API reference         1         1         0
evidence                                1         0         0

operations: 1 covered, 0 open, 1 excluded
  excluded
    Read: It only reads.

declared errors   covered      open  excluded
Write                   1         2         1
  open
    Write: Worse; Worst
  excluded
    Busy (Write): Nobody can make it
      busy.

input constraints   covered      open  excluded
Write                     0         1         0
  open
    Write: Items: required

statements of the API reference   covered      open  excluded
Write                                   1         1         0
  open
    two: Two are written, one after
      the other.

evidence: 1 covered, 0 open, 0 excluded`.slice(1),
  );
});

test('JSON has every item with its state', () => {
  const { errors, statements } = JSON.parse(coverageJson(suite)) as Record<string, unknown>;
  expect(errors).toEqual({
    totals: { covered: 1, open: 2, excluded: 1 },
    items: [
      { on: 'Write', name: 'Bad', cases: ['Write/one'], state: 'covered' },
      { on: 'Write', name: 'Busy', cases: [], untested: 'Nobody can make it busy.', state: 'excluded' },
      { on: 'Write', name: 'Worse', cases: [], state: 'open' },
      { on: 'Write', name: 'Worst', cases: [], state: 'open' },
    ],
  });
  expect(statements).toMatchObject({ totals: { covered: 1, open: 1, excluded: 0 } });
});

test('list --coverage is about the whole suite, and list --lonely takes cases', async () => {
  const [text, json, lonely, lonelyJson] = await Promise.all([
    said('list', '--coverage'),
    said('list', '--coverage', '--json'),
    said('list', '--lonely', '--case', 'GetUser/*'),
    said('list', '--lonely', '--json', '--case', 'GetUser/*'),
  ]);
  expect([text.code, json.code, lonely.code, lonelyJson.code]).toEqual([0, 0, 0, 0]);
  expect(text.stdout).toMatch(/^ +covered +open +excluded\noperations +\d+ +0 +\d+\ndeclared errors /);
  expect(Object.keys(JSON.parse(json.stdout) as object)).toEqual([
    'operations',
    'errors',
    'constraints',
    'statements',
    'evidence',
  ]);
  const rows = JSON.parse(lonelyJson.stdout) as { id: string }[];
  const lines = lonely.stdout.trimEnd().split('\n');
  expect(lines.at(-1)).toMatch(/^\d+ of \d+ cases were? .* our mock, as |^No baseline of a shipped target /);
  expect(rows.map(({ id }) => id)).toEqual(lines.slice(0, -2).map((line) => line.split(' ')[0]));
});

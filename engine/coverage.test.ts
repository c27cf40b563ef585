import { expect, test } from 'vitest';
import type { Case, Evidence, Step } from './case.ts';
import { casesNamed, constraintName, coverageOf, errorsOf, sourceId, stateOf } from './coverage.ts';
import { coverageProblems } from './lint-coverage.ts';
import type { Constraint, Operation, Suite } from './suite.ts';

const operation = (errors: string[], input: string[] = []): Operation => ({
  signed: false,
  writes: 'nothing',
  input,
  errors,
});
const one = (id: string, steps: Step[], row?: Case['row']): Case => ({
  id,
  title: 'a title',
  level: 'must',
  evidence: ['seen'],
  steps,
  file: 'specs/Write/some.json',
  pointer: '/cases/0',
  ...(row && { row }),
});
const refused = (error: string | string[]): Step[] => [{ call: 'Read' }, { call: 'Write', expect: { error } }];
const entry = (id: string, untested?: string): [string, Evidence] => [
  id,
  { id, statement: `${id} it is`, claims: [], ...(untested && { untested }) },
];

const suite = (more: Partial<Suite> = {}): Suite => ({
  name: 'a suite',
  version: '0.0.0',
  hash: '',
  folder: '/',
  faults: [],
  cases: [
    one('Write/plain', [{ call: 'Write', expect: { body: {} } }]),
    one('Write/refused', refused(['Bad', 'Worse'])),
    one('Write/rows/first', refused('${row.error}'), { error: 'Bad' }),
    one('Write/rows/second', refused('${row.error}'), { error: ['Worst'] }),
  ],
  evidence: new Map([entry('seen'), entry('odd', 'nobody sees it')]),
  operations: { Read: operation(['Bad']), Write: operation(['Bad', 'Worse', 'Worst', 'Never', 'Open'], ['Items']) },
  shapes: {},
  tokenKinds: {},
  patterns: {},
  pools: {},
  client: {},
  retired: { 'Write/old': { reason: 'two in one', successor: 'Write/plain' } },
  statements: [
    { id: 'rows', on: 'Write', statement: 'Rows are refused.', cases: ['Write/rows', 'Write/plain'] },
    { id: 'dark', on: 'Write', statement: 'It is dark inside.', untested: 'nobody sees it' },
    { id: 'free', on: 'Write', statement: 'Anybody may write.' },
  ],
  constraints: {
    Write: [
      { member: 'Items[].Name', must: { maxLength: 3 }, cases: ['Write/rows/first'] },
      { member: 'Items', must: { required: true } },
    ],
  },
  untested: {
    operations: [{ operations: ['Read'], reason: 'it only reads' }],
    errors: [{ error: 'Never', on: ['Write'], reason: 'nobody can' }],
  },
  ...more,
});

test('every item has the cases that test it, or its reason, or neither', () => {
  const rows = ['Write/rows/first', 'Write/rows/second'];
  expect(coverageOf(suite())).toEqual({
    operations: [
      { on: 'Read', name: 'Read', cases: [], untested: 'it only reads' },
      { on: 'Write', name: 'Write', cases: ['Write/plain', 'Write/refused', ...rows] },
    ],
    errors: [
      { on: 'Write', name: 'Bad', cases: ['Write/refused', 'Write/rows/first'] },
      { on: 'Write', name: 'Worse', cases: ['Write/refused'] },
      { on: 'Write', name: 'Worst', cases: ['Write/rows/second'] },
      { on: 'Write', name: 'Never', cases: [], untested: 'nobody can' },
      { on: 'Write', name: 'Open', cases: [] },
    ],
    constraints: [
      { on: 'Write', name: 'Items[].Name: at most 3 long', cases: ['Write/rows/first'] },
      { on: 'Write', name: 'Items: required', cases: [] },
    ],
    statements: [
      { on: 'Write', name: 'rows', says: 'Rows are refused.', cases: [...rows, 'Write/plain'] },
      { on: 'Write', name: 'dark', says: 'It is dark inside.', cases: [], untested: 'nobody sees it' },
      { on: 'Write', name: 'free', says: 'Anybody may write.', cases: [] },
    ],
    evidence: [
      { name: 'seen', says: 'seen it is', cases: ['Write/plain', 'Write/refused', ...rows] },
      { name: 'odd', says: 'odd it is', cases: [], untested: 'nobody sees it' },
    ],
  });
});

test('a case decides over a reason', () => {
  expect(coverageOf(suite()).errors.map(stateOf)).toEqual(['covered', 'covered', 'covered', 'excluded', 'open']);
  expect(stateOf({ name: 'x', cases: ['a'], untested: 'y' })).toBe('covered');
});

test('an id without its row names all rows', () => {
  const named = (id: string): string[] => casesNamed(id, suite().cases).map((test) => test.id);
  expect(named('Write/rows')).toEqual(['Write/rows/first', 'Write/rows/second']);
  expect(named('Write/rows/first')).toEqual(['Write/rows/first']);
  expect(named('Write')).toEqual([]);
  expect(suite().cases.map(sourceId)).toEqual(['Write/plain', 'Write/refused', 'Write/rows', 'Write/rows']);
});

test('the small suite is in order', () => {
  expect(coverageProblems(suite())).toEqual([]);
});

const statement = { id: 'some', on: 'Write', statement: 'Something is so.' };
const S = 'specs/statements.json at /statements/0';
const C = 'specs/constraints.json at /constraints';
const U = 'specs/untested.json at /untested';
const reasons = (more: Partial<Suite['untested']>): Partial<Suite> => ({
  untested: { operations: [], errors: [], ...more },
});

test.each<[fault: string, more: Partial<Suite>, line: string]>([
  [
    'a case that is not there',
    { statements: [{ ...statement, cases: ['Write/row'] }] },
    `${S}/cases/0: some: no case "Write/row". Did you mean "Write/rows"?`,
  ],
  [
    'a case that was retired',
    { statements: [{ ...statement, cases: ['Write/old'] }] },
    `${S}/cases/0: some: no case "Write/old": it was retired, and is now "Write/plain"`,
  ],
  [
    'an operation that is not there',
    { statements: [{ ...statement, on: 'Writ' }] },
    `${S}/on: some: no operation "Writ"; there are Read, Write. Did you mean "Write"?`,
  ],
  [
    'an id used twice',
    { statements: [statement, statement] },
    'specs/statements.json at /statements/1/id: some: the id is there twice',
  ],
  [
    'a member that is not there',
    { constraints: { Write: [{ member: 'Item[].Name', must: { type: 'string' } }] } },
    `${C}/Write/0/member: Item[].Name: of type string: no member of the input of Write "Item"; there are Items. Did you mean "Items"?`,
  ],
  [
    'a constraint that is there twice',
    { constraints: { Write: [1, 2].map(() => ({ member: 'Items', must: { minLength: 1 } })) } },
    `${C}/Write/1: Items: at least 1 long: is there twice`,
  ],
  [
    'constraints of no operation',
    { constraints: { Rite: [] } },
    `${C}/Rite: Rite: no operation "Rite"; there are Read, Write. Did you mean "Write"?`,
  ],
  [
    'a reason for no operation',
    reasons({ operations: [{ operations: ['Raed'], reason: 'r' }] }),
    `${U}/operations/0/operations/0: no operation "Raed"; there are Read, Write. Did you mean "Read"?`,
  ],
  [
    'a reason for no error',
    reasons({ errors: [{ error: 'Nevr', reason: 'r' }] }),
    `${U}/errors/0/error: no declared error "Nevr"; there are Bad, Worse, Worst, Never, Open. Did you mean "Never"?`,
  ],
  [
    'a reason for an error of another operation',
    reasons({ errors: [{ error: 'Never', on: ['Read'], reason: 'r' }] }),
    `${U}/errors/0/on/0: Read does not declare Never`,
  ],
  [
    'a reason for an error of no operation',
    reasons({ errors: [{ error: 'Never', on: ['Write', 'Writ'], reason: 'r' }] }),
    `${U}/errors/0/on/1: no operation "Writ"; there are Read, Write. Did you mean "Write"?`,
  ],
  [
    'a reason beside a case, of an error',
    reasons({ errors: [{ error: 'Worst', reason: 'r' }] }),
    'specs/untested.json: Write: Worst: has a reason why nothing tests it, and Write/rows/second does; take the reason out',
  ],
  [
    'a reason beside a case, of an operation',
    reasons({ operations: [{ operations: ['Write'], reason: 'r' }] }),
    'specs/untested.json: Write: has a reason why nothing tests it, and Write/plain does; take the reason out',
  ],
  [
    'a reason beside a case, of evidence',
    { evidence: new Map([entry('seen', 'nobody sees it')]) },
    'specs/evidence: seen: has a reason why nothing tests it, and Write/plain does; take the reason out',
  ],
])('the lint finds %s', (_, more, line) => {
  const lines = coverageProblems(suite(more)).map(
    ({ file, pointer, message }) => `${file}${pointer ? ` at ${pointer}` : ''}: ${message}`,
  );
  expect(lines).toEqual([line]);
});

test.each<[must: Constraint['must'], name: string]>([
  [{ required: true }, 'A: required'],
  [{ type: 'string' }, 'A: of type string'],
  [{ pattern: '^a$' }, 'A: fits ^a$'],
  [{ minLength: 1 }, 'A: at least 1 long'],
  [{ maxLength: 9 }, 'A: at most 9 long'],
])('a constraint has a name: %j', (must, name) => {
  expect(constraintName({ member: 'A', must })).toBe(name);
});

test.each<[error: string | string[], row: Case['row'] | undefined, errors: string[]]>([
  ['Bad', undefined, ['Bad']],
  [['Bad', '${row.error}'], { error: ['Worse', 'Worst'] }, ['Bad', 'Worse', 'Worst']],
  ['${row.none}', { error: 'Bad' }, []],
  ['${row.none}', undefined, []],
  ['x${row.error}', { error: 'Bad' }, ['x${row.error}']],
  ['${row.error}x', { error: 'Bad' }, ['${row.error}x']],
])('a step that expects %j with the row %j expects %j', (error, row, errors) => {
  expect(errorsOf({ call: 'Write', expect: { error } }, row === undefined ? {} : { row })).toEqual(errors);
});

test('a step that expects nothing expects no error', () => {
  expect([errorsOf({ call: 'Write' }, {}), errorsOf({ call: 'Write', expect: { body: {} } }, {})]).toEqual([[], []]);
});

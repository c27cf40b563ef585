import { expect, test } from 'vitest';
import type { JsonObject } from '../../engine/case.ts';
import { explain, type ExplainContext, type Subject } from './explain.ts';

const context: ExplainContext = {
  pools: { verified: { AutoVerifiedAttributes: ['email'] } },
  width: 72,
  colour: false,
};
const subject: Subject = {
  id: 'Write/some',
  title: 'a name is refused and nothing is written',
  level: 'must',
  given: { pool: 'verified', user: { nickname: 'before' } },
  steps: [
    {
      call: 'Write',
      with: { AccessToken: '${user.AccessToken}', UserAttributes: [{ Name: '${row.name}', Value: 'x' }] },
      control: { UserAttributes: [{ Name: 'nickname', Value: 'after' }] },
      expect: { error: 'Bad' },
      should: { message: 'no such name' },
      changes: {},
    },
  ],
  file: 'specs/Write/some.json',
  tokens: { expired: 'past its exp' },
  rows: { plain: { name: 'team' }, capital: { name: 'Team' } },
  evidence: [
    {
      id: 'names',
      statement: 'names are checked',
      claims: [
        {
          on: 'Write',
          tier: 'observed',
          outcome: 'Refused.',
          error: 'Bad',
          message: 'no\n',
          source: 'https://a.example/1',
        },
        { on: 'any', tier: 'model', outcome: 'Declared.', error: 'Bad', source: 'the model' },
        { on: 'any', tier: 'model', outcome: 'Declared.', error: 'Worse', source: 'the model' },
      ],
      contradictions: ['another saw it accepted'],
    },
  ],
  byHand: ['explain Write/some --script | sh', '', '#!/bin/sh'],
  statements: ['Names are those of the schema.'],
};

test('a case is told from its title to its command', () => {
  expect(explain(subject, context)).toBe(
    `
Write/some
A name is refused and nothing is written.

Level must. A correct client can notice it: a target that differs fails.

Its rule in the API reference
  Names are those of the schema.

Rows
  plain    name: "team"
  capital  name: "Team"

It begins with
  The pool "verified": AutoVerifiedAttributes ["email"].
  A user with nickname = "before".

Its tokens
  expired: Past its exp.

What is sent, and what is to come of it
  1. Write is sent with AccessToken: the access token of user;
     UserAttributes: [the row's name = "x"].
     It must be refused with Bad and a status of 4xx.
     The message should be "no such name".
     It must leave every attribute of user as it was.
     Then the same with UserAttributes: [nickname = "after"] must be
     accepted, else the refusal says nothing.

What it rests on
  names: Names are checked.
    - observed by somebody else on Write: Refused. (Bad "no\\n")
      https://a.example/1
    - in the service model: Declared. (Bad, Worse)
      the model
    ! Sources disagree: Another saw it accepted.

Run it
  npx cognito-conformance run --case Write/some --target NAME
  With --trace --reporter json it shows what was sent and what came.
  Written in specs/Write/some.json.

By hand
  explain Write/some --script | sh

  #!/bin/sh
`.slice(1),
  );
});

test('what a case does not have is not mentioned', () => {
  const { given: _, ...rest } = subject;
  const text = explain(
    { ...rest, rows: {}, tokens: {}, statements: [], level: 'may', steps: [{ call: 'Write' }] },
    context,
  );
  expect(text).not.toMatch(/API reference|Row|tokens/);
  expect(text).toContain('Level may. A difference is reported and held against nobody.');
  expect(text).toContain('It begins with\n  Nothing is made beforehand.\n');
});

test('headings are bold in colour, and a link is never broken', () => {
  const text = explain(subject, { ...context, width: 40, colour: true });
  expect(text.split('\n')[0]).toBe('\u001b[1mWrite/some\u001b[22m');
  expect(text).toContain('\u001b[1mRun it\u001b[22m\n  npx cognito-conformance run --case Write/some --target NAME\n');
  const narrow = explain({ ...subject, evidence: [longSource()] }, { ...context, width: 40 });
  expect(narrow.split('\n')).toContain(`      https://a.example/${'long/'.repeat(12)}`);
});

test('a check on every answer has no state and no steps', () => {
  const { given: _, ...rest } = subject;
  const text = explain(
    { ...rest, rows: {}, byHand: [], steps: [], over: {}, expect: { headers: { date: 'x' } } },
    context,
  );
  expect(text).not.toMatch(/It begins with|What is sent/);
  expect(text).toContain(
    'What is held against it\n  Every answer of the run to a call of any operation.\n  The header date must be "x".\n',
  );
  expect(text.slice(text.indexOf('Run it'))).toBe(
    `Run it
  npx cognito-conformance run --target NAME
  It is judged by the answers to all other cases that are run with it.
  Written in specs/Write/some.json.
`,
  );
});

test('rules, rows and paragraphs that are long go on below', () => {
  const rows = { a: { one: 'x'.repeat(20), two: 'y' }, longer: { one: 'z', two: 'y' } };
  const statements = ['Names are those of the schema.', 'Values are texts.'];
  const text = explain({ ...subject, rows, statements }, { ...context, width: 32 });
  expect(text).toContain(
    `
Its rules in the API reference
  Names are those of the schema.
  Values are texts.

Rows
  a       one:
          "xxxxxxxxxxxxxxxxxxxx";
          two: "y"
  longer  one: "z"; two: "y"
`,
  );
  expect(explain({ ...subject, statements: [statements.join(' ')] }, { ...context, width: 32 })).toContain(
    'Its rule in the API reference\n  Names are those of the schema.\n    Values are texts.\n',
  );
});

test('rows of one are a row', () => {
  const rows: Record<string, JsonObject> = { plain: { name: 'team' } };
  expect(explain({ ...subject, rows }, context)).toContain('\nRow\n  plain  name: "team"\n');
});

function longSource(): Subject['evidence'][number] {
  const source = `https://a.example/${'long/'.repeat(12)}`;
  return { id: 'x', statement: 'x is so', claims: [{ on: 'any', tier: 'documented', outcome: 'said', source }] };
}

import { expect, test } from 'vitest';
import type { CaseSource, Claim, Evidence } from './case.ts';
import { comparableLines, idleEvidence } from './lint-evidence.ts';
import { lint } from './lint.ts';
import type { SupportData } from './suite.ts';

const FILE = 'specs/Write/some.json';

const claim = (more: Partial<Claim>): Claim => ({
  on: 'Write',
  tier: 'observed',
  outcome: 'seen',
  source: 'https://example.com',
  ...more,
});
const evidence: Evidence[] = [
  {
    id: 'seen',
    statement: 'It was seen.',
    claims: [
      claim({ error: 'Refused', message: 'user.team: Attribute does not exist.\nIt has 3 letters.\n' }),
      claim({ status: 413 }),
      claim({ tier: 'inferred', error: 'Guessed', status: 418 }),
    ],
  },
];

const suite = (more: Partial<SupportData> = {}): SupportData => ({
  folder: '',
  evidence: new Map(evidence.map((entry) => [entry.id, entry])),
  operations: {
    Read: { signed: false, writes: 'nothing', input: ['Id'], errors: [] },
    Write: {
      signed: false,
      writes: 'attributes',
      input: ['Id', 'Name', 'Value', 'AccessToken', 'UserAttributes', 'Code', 'A', 'B'],
      errors: ['Refused'],
    },
    Send: { signed: false, writes: 'other', input: ['Id', 'Code'], errors: [] },
    AdminDeleteUser: { signed: true, writes: 'other', input: [], errors: [] },
    AddCustomAttributes: { signed: true, writes: 'other', input: [], errors: [] },
  },
  shapes: {
    Read: {
      type: 'object',
      properties: {
        Name: { type: 'string' },
        Items: { type: 'array', items: { type: 'object', properties: { Id: { type: 'string' } } } },
      },
    },
    Send: { anyOf: [{ type: 'object', properties: { Deep: { type: 'string' } } }] },
  },
  tokenKinds: { expired: { about: 'past its exp', signature: 'own' } },
  patterns: {},
  pools: { plain: {}, verified: {}, loud: { LambdaConfig: { PreSignUp: 'arn' } } },
  client: {},
  retired: { 'Write/gone': { reason: 'it said nothing' } },
  statements: [],
  constraints: {},
  untested: { operations: [], errors: [] },
  ...more,
});

const good: CaseSource = {
  id: 'Write/good',
  title: 'a plain value is written',
  level: 'must',
  evidence: ['seen'],
  given: { pool: 'plain', user: {} },
  steps: [
    { call: 'Write', with: { AccessToken: '${user.AccessToken}' }, expect: { body: {} }, changes: { team: 'red' } },
  ],
};

/** What is found, each with its pointer into the case. */
function found(more: Partial<CaseSource>, within: Partial<SupportData> = {}): string[] {
  const problems = lint(suite(within), [{ file: FILE, pointer: '/cases/0', source: { ...good, ...more } }]);
  return problems.map(({ file, pointer, message }) => {
    expect([file, pointer.slice(0, 8)]).toEqual([FILE, '/cases/0']);
    return `${pointer.slice(8)} ${message.replace(`${more.id ?? good.id}: `, '')}`.trimStart();
  });
}

const triggered = { pool: 'loud', triggers: { PreSignUp: { answers: {} } } };
const read = { call: 'Read', expect: { body: {} } };
const write = good.steps[0] ?? {};
const refused = { ...write, expect: { error: 'Refused' }, control: { Value: 'good' }, changes: {} };

test.each<[name: string, more: Partial<CaseSource>]>([
  ['the plain one', {}],
  ['a refusal with a control', { steps: [refused] }],
  ['a refusal after the same call was accepted', { steps: [write, { ...write, expect: { error: 'Refused' } }] }],
  ['a text as captured', { steps: [{ ...refused, should: { message: 'user.name: Attribute does not exist.\n' } }] }],
  [
    'one of several lines, with another number',
    { steps: [{ ...refused, should: { message: { $lines: ['It has 12 letters.'] } } }] },
  ],
  ["a text sent is nobody's wording", { steps: [{ ...write, with: { UserAttributes: [{ message: 'free' }] } }] }],
  ['a status that was seen', { steps: [{ ...refused, expect: { status: 413 } }] }],
  [
    'a guess, where only a should rests on it',
    { level: 'should', steps: [{ ...refused, expect: { error: 'Guessed' } }] },
  ],
  ['a retry of what writes nothing', { steps: [{ ...read, eventually: { withinMs: 100 } }] }],
  [
    'a deleted user, whom nobody can read',
    { steps: [{ call: 'AdminDeleteUser' }, { call: 'Write', expect: { error: 'Refused' }, control: { a: 1 } }] },
  ],
  [
    'a pool of its own, changed',
    { given: { pool: 'plain', own: true }, steps: [{ call: 'AddCustomAttributes', expect: { body: {} } }] },
  ],
  [
    'a name that is saved and read',
    {
      steps: [
        { ...read, save: 'first' },
        { call: 'Send', with: { Id: '${first.Id}' }, expect: { body: {} } },
      ],
    },
  ],
  [
    'a code that is saved and read',
    {
      steps: [
        { ...read, save: 'sent' },
        { call: 'Send', with: { Code: { $code: 'sent' } } },
      ],
    },
  ],
  [
    'a name that only a row reads',
    {
      each: { one: { id: '${first.Id}' } },
      steps: [
        { ...read, save: 'first' },
        { call: 'Send', with: { Id: '${row.id}' }, expect: { body: {} } },
      ],
    },
  ],
  [
    'a code that only a row reads',
    {
      each: { one: { code: { $code: 'sent' } } },
      steps: [
        { ...read, save: 'sent' },
        { call: 'Send', with: { Code: '${row.code}' } },
      ],
    },
  ],
  ['a known kind of token', { steps: [{ ...write, with: { AccessToken: { $token: 'expired' } } }] }],
  [
    'rows, all read',
    { each: { one: { value: 'a' }, two: { value: 'b' } }, steps: [{ ...write, changes: { team: '${row.value}' } }] },
  ],
  [
    'rows of errors that were seen',
    {
      each: { one: { error: 'Refused' }, two: { error: ['Refused'] } },
      steps: [{ ...refused, expect: { error: '${row.error}' } }],
    },
  ],
  [
    'a set whose members are told apart',
    { steps: [{ ...write, expect: { body: { List: { $set: [{ Name: 'a' }, { Name: 'b' }] } } } }] },
  ],
  [
    'a refusal of a status without its number',
    { steps: [{ ...write, expect: { status: { $is: { minimum: 200 } } } }] },
  ],
  ['a status below those of refusals', { level: 'should', steps: [{ ...write, expect: { status: 399 } }] }],
  [
    'events of functions that the pool names',
    { given: { ...triggered, user: {} }, steps: [{ ...write, events: [], messages: [] }] },
  ],
  [
    'events of another user than the first',
    { given: { ...triggered, users: { rival: {} } }, steps: [{ ...read, events: [] }] },
  ],
  ['a check over every answer', { steps: [], over: { calls: ['Read'] }, expect: { status: 200, headers: { a: 'b' } } }],
  ['a word in the schema of an $is', { steps: [{ ...read, expect: { body: { Name: { $is: { $ref: '#' } } } } }] }],
  [
    'a set whose members differ in what is further in',
    { steps: [{ ...read, expect: { body: { Name: { $set: [{ a: [{ b: 1 }] }, { a: [{ b: 2 }], c: 1 }] } } } }] },
  ],
  ['a text that only looks like a token', { steps: [{ ...write, with: { Value: 'eyJhbGciO.eyJzdWIiO' } }] }],
  [
    'a member that a user of the case was given',
    { given: { pool: 'plain', user: { 'custom:a': 'b' } }, steps: [{ ...write, with: { Value: '${user.custom:a}' } }] },
  ],
  [
    'a client by name',
    { given: { pool: 'plain', clients: { other: {} } }, steps: [{ ...read, with: { Id: '${other.ClientId}' } }] },
  ],
  [
    'a member of a row that only the given reads',
    { given: { pool: 'plain', user: { name: '${row.name}' } }, each: { one: { name: 'a' }, two: { name: 'b' } } },
  ],
  [
    'a saved name that only a code of a row reads',
    {
      each: { one: { code: { $code: 'sent' } }, two: { code: 'x' } },
      steps: [
        { ...read, save: 'sent' },
        { call: 'Send', with: { Code: '${row.code}' } },
      ],
    },
  ],
  [
    'a token of another user',
    {
      given: { pool: 'plain', users: { rival: {} } },
      steps: [{ ...write, with: { AccessToken: { $token: 'expired', of: 'rival' } } }],
    },
  ],
  [
    'a set whose members share one literal and differ in another',
    {
      steps: [
        {
          ...read,
          expect: {
            body: {
              Items: {
                $set: [
                  { Id: 'a', n: 1 },
                  { Id: 'a', n: 2 },
                ],
              },
            },
          },
        },
      ],
    },
  ],
  [
    'a set of lists in another order',
    { steps: [{ ...read, expect: { body: { Items: { $set: [{ Id: [1, 2] }, { Id: [2, 1] }] } } } }] },
  ],
  [
    'a text whose second part is too short for a token',
    { steps: [{ ...write, with: { Value: 'eyJ0123456789.012345678' } }] },
  ],
  ['a member of another answer', { steps: [{ ...read, expect: { body: { Deep: { $absent: true } } } }] }],
  ['a member of an input', { steps: [{ ...read, expect: { body: { UserAttributes: { $absent: true } } } }] }],
  ['a schema for the whole body', { steps: [{ ...read, expect: { body: { $is: { type: 'object' } } } }] }],
  ['members of list items', { steps: [{ ...read, expect: { body: { Items: [{ Id: 'a' }] } } }] }],
  [
    'any member in the body of a refusal',
    { steps: [{ ...refused, expect: { error: 'Refused', body: { reasn: 'x' } } }] },
  ],
  [
    'a user as a whole, and the id of the pool',
    { steps: [{ ...write, with: { A: '${user}', B: '${pool.UserPoolId}' } }] },
  ],
])('nothing is wrong with %s', (_, more) => {
  expect(found(more)).toEqual([]);
});

test.each<[name: string, more: Partial<CaseSource>, found: string[]]>([
  ['an id of another folder', { id: 'Read/good' }, ['/id the id must begin with "Write/", as its folder']],
  [
    'unknown evidence',
    { evidence: ['seen', 'sen'] },
    ['/evidence/1 no evidence "sen"; there are seen. Did you mean "seen"?'],
  ],
  [
    'an unknown pool',
    { given: { pool: 'verifed', user: {} } },
    ['/given/pool no pool "verifed"; there are plain, verified, loud. Did you mean "verified"?'],
  ],
  [
    'an unknown kind of token',
    { steps: [{ ...write, with: { AccessToken: { $token: 'expird' } } }] },
    ['/steps/0/with/AccessToken/$token no token kind "expird"; there are expired. Did you mean "expired"?'],
  ],
  [
    'an unknown operation',
    { steps: [{ call: 'Reed', expect: { body: {} } }] },
    [
      '/steps/0/call no operation "Reed"; there are Read, Write, Send, AdminDeleteUser, AddCustomAttributes. Did you mean "Read"?',
    ],
  ],
  [
    'an error that nobody saw',
    { steps: [{ ...refused, expect: { error: 'Unseen' } }] },
    ['/steps/0/expect/error Unseen stands in no cited claim better than inferred'],
  ],
  [
    'an error that was guessed',
    { steps: [{ ...refused, expect: { error: ['Refused', 'Guessed'] } }] },
    ['/steps/0/expect/error Guessed stands in no cited claim better than inferred'],
  ],
  [
    'a status that nobody saw',
    { steps: [{ ...refused, expect: { status: 418 } }] },
    ['/steps/0/expect/status status 418 stands in no cited claim better than inferred'],
  ],
  [
    'an error of a row that nobody saw',
    {
      each: { one: { error: 'Refused' }, two: { error: 'Unseen' } },
      steps: [{ ...refused, expect: { error: '${row.error}' } }],
    },
    ['/each/two/error Unseen stands in no cited claim better than inferred'],
  ],
  [
    'a text that nobody captured',
    { steps: [{ ...refused, should: { message: 'No.' } }] },
    ['/steps/0/should/message the text "No." stands in no cited claim'],
  ],
  [
    'a text of a row that nobody captured',
    {
      each: { one: { text: 'It has 1 letters.' }, two: { text: { $lines: ['No.'] } } },
      steps: [{ ...refused, should: { message: '${row.text}' } }],
    },
    ['/each/two/text/$lines/0 the text "No." stands in no cited claim'],
  ],
  [
    'a refusal without a control',
    { steps: [{ ...write, expect: { error: 'Refused' }, changes: {} }] },
    ['/steps/0/expect step 1 is refused without a control, and no earlier Write was accepted'],
  ],
  [
    'a refused status without a control',
    { steps: [{ ...write, expect: { status: 413 } }] },
    ['/steps/0/expect step 1 is refused without a control, and no earlier Write was accepted'],
  ],
  [
    'a should outside of a must',
    { level: 'should', steps: [{ ...write, should: { message: { $any: true } } }] },
    ['/steps/0/should a should case has no "should": put it into "expect", or into a case of its own'],
  ],
  [
    'a should outside of a must, in a may',
    { level: 'may', steps: [{ ...write, should: { message: { $any: true } } }] },
    ['/steps/0/should a may case has no "should": put it into "expect", or into a case of its own'],
  ],
  [
    'a refusal after another call was accepted',
    { steps: [read, { ...write, expect: { error: 'Refused' }, changes: {} }] },
    ['/steps/1/expect step 2 is refused without a control, and no earlier Write was accepted'],
  ],
  [
    'a write that nobody looks at',
    { steps: [{ call: 'Write', expect: { body: {} } }] },
    ['/steps/0 step 1 (Write) has no "changes"'],
  ],
  [
    'a name that nobody set',
    { steps: [{ ...read, with: { Id: '${usr.sub}' } }] },
    ['/steps/0/with/Id no name "usr"; there are unique, target, pool, client, user. Did you mean "user"?'],
  ],
  [
    'a name set later',
    {
      steps: [
        { call: 'Send', with: { Id: '${first.Id}' } },
        { ...read, save: 'first' },
      ],
    },
    ['/steps/0/with/Id no name "first"; there are unique, target, pool, client, user.'],
  ],
  [
    'a row that is none',
    { steps: [{ ...read, with: { Id: '${row.id}' } }] },
    ['/steps/0/with/Id no name "row"; there are unique, target, pool, client, user.'],
  ],
  [
    'a code of no step',
    { steps: [{ call: 'Send', with: { Code: { $code: 'sent' } }, expect: { body: {} } }] },
    ['/steps/0/with/Code/$code no step saved for its code as "sent"; there are unique, target, pool, client, user.'],
  ],
  [
    'a name of a row that nobody set',
    { each: { one: { id: '${frist.Id}' } }, steps: [{ ...read, with: { Id: '${row.id}' } }] },
    ['/each/one/id no name "frist"; there are unique, target, row, pool, client, user.'],
  ],
  [
    'a code of a row that no step causes',
    {
      each: { one: { code: { $code: 'sent' } } },
      steps: [{ call: 'Send', with: { Code: '${row.code}' }, expect: { body: {} } }],
    },
    ['/each/one/code/$code no step saved for its code as "sent"; there are unique, target, row, pool, client, user.'],
  ],
  [
    'a name set twice',
    { steps: [{ ...read, save: 'user', with: { Id: '${user.sub}' } }] },
    ['/steps/0/save the name "user" is set twice'],
  ],
  [
    'a name that nobody reads',
    { steps: [{ ...read, save: 'first' }] },
    ['/steps/0/save "first" is saved and never read'],
  ],
  [
    'a member of a row that nobody reads',
    { each: { one: { value: 'a' }, two: { value: 'b' } } },
    ['/each/one/value no step reads "${row.value}"'],
  ],
  [
    'a row that lacks a member',
    {
      each: { one: { value: 'a' }, two: { other: 'b' } },
      steps: [{ ...write, changes: { a: '${row.value}', b: '${row.other}' } }],
    },
    ['/each/one row "one" lacks "other"', '/each/two row "two" lacks "value"'],
  ],
  [
    'a shared pool, changed',
    { steps: [{ call: 'AddCustomAttributes', expect: { body: {} } }] },
    ['/given AddCustomAttributes changes the pool: "given" must have "own": true'],
  ],
  [
    'a retry of a write',
    { steps: [{ ...write, eventually: { withinMs: 100 } }] },
    ['/steps/0/eventually "eventually" repeats Write, which may write'],
  ],
  [
    'a retry of a raw request',
    { steps: [{ request: { method: 'GET' }, expect: { body: {} }, eventually: { withinMs: 100 } }] },
    ['/steps/0/eventually "eventually" repeats a raw request, which may write'],
  ],
  [
    'a set of two alike',
    { steps: [{ ...write, expect: { body: { $set: [{ Name: 'a' }, { Value: 'b' }] } } }] },
    ['/steps/0/expect/body/$set two members of a $set have no literal that tells them apart'],
  ],
  [
    'claims in a set',
    { steps: [{ ...write, expect: { body: { $set: [{ Name: 'a', Token: { $jwt: {} } }] } } }] },
    ['/steps/0/expect/body/$set a $set cannot hold $jwt or $lines: which item they read is not known'],
  ],
  [
    'a literal token',
    { steps: [{ ...write, with: { AccessToken: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3NyJ9' } }] },
    ['/steps/0/with/AccessToken a literal token: make it with {"$token": ...}'],
  ],
  [
    'a misspelt member',
    { steps: [{ ...write, with: { Vaule: 'x' } }] },
    [
      expect.stringMatching(
        /^\/steps\/0\/with\/Vaule no member of the input of Write "Vaule".*Did you mean "Value"\?$/,
      ),
    ],
  ],
  [
    'a misspelt word',
    { steps: [{ ...write, with: { Value: { $cod: 'x' } } }] },
    [expect.stringMatching(/^\/steps\/0\/with\/Value\/\$cod no word "\$cod".*Did you mean "\$code"\?$/)],
  ],
  [
    'a misspelt member of a user',
    { given: { pool: 'plain', user: {} }, steps: [{ ...write, with: { Value: '${user.AcessToken}' } }] },
    [expect.stringMatching(/^\/steps\/0\/with\/Value no member of user "AcessToken".*Did you mean "AccessToken"\?$/)],
  ],
  [
    'a member that no answer has',
    { steps: [{ ...read, expect: { body: { Naem: { $absent: true } } } }] },
    [expect.stringMatching(/^\/steps\/0\/expect\/body\/Naem no member of any answer "Naem"/)],
  ],
  [
    'a token of nobody',
    { steps: [{ ...write, with: { AccessToken: { $token: 'expired', of: 'usr' } } }] },
    ['/steps/0/with/AccessToken/of no user "usr"; there are user. Did you mean "user"?'],
  ],
  ['a case that judges nothing', { steps: [{ call: 'Send' }] }, ['/steps no step has an "expect": nothing is judged']],
  [
    'a name that means something to JavaScript',
    { steps: [{ ...write, with: { UserAttributes: JSON.parse('{"__proto__":{"a":1}}') } }] },
    ['/steps/0/with/UserAttributes/__proto__ "__proto__" cannot be a member name'],
  ],
  [
    'events without functions',
    { steps: [{ ...write, events: [] }] },
    ['/steps/0/events "events" are those of functions: "given" must have "triggers"'],
  ],
  [
    'functions without events',
    { given: { ...triggered, user: {} } },
    ['/given/triggers "given" has "triggers", and no step reads "events"'],
  ],
  [
    'messages of nobody',
    { given: { pool: 'plain' }, steps: [{ ...read }, { ...read, messages: [] }] },
    ['/given messages and events are those of users: "given" has none'],
  ],
  [
    'events of nobody',
    { given: triggered, steps: [{ ...read }, { ...read, events: [] }] },
    ['/given messages and events are those of users: "given" has none'],
  ],
  [
    'a function that the pool does not name',
    { given: { pool: 'loud', triggers: { PreSinUp: { answers: {} } }, user: {} }, steps: [{ ...write, events: [] }] },
    [
      '/given/triggers/PreSinUp no trigger in the LambdaConfig of pool "loud" "PreSinUp"; there are PreSignUp. Did you mean "PreSignUp"?',
    ],
  ],
  [
    'a function of a pool that has none',
    { given: { ...triggered, pool: 'plain', user: {} }, steps: [{ ...write, events: [] }] },
    ['/given/triggers/PreSignUp no trigger in the LambdaConfig of pool "plain" "PreSignUp"; there are none.'],
  ],
  [
    'a check over every answer of no operation',
    { steps: [], over: { calls: ['Read', 'Raed'] }, expect: { status: 200 } },
    [
      '/over/calls/1 no operation "Raed"; there are Read, Write, Send, AdminDeleteUser, AddCustomAttributes. Did you mean "Read"?',
    ],
  ],
  [
    'a check over every answer that reads a name',
    { steps: [], over: {}, expect: { headers: { a: 'x ${unique}' } } },
    ['/expect/headers/a a check over every answer reads no "${...}"'],
  ],
  [
    'a check over every answer that has an error',
    { steps: [], over: {}, expect: { error: 'Refused' } },
    ['/expect/error a check over every answer has no "error": say "outcome": "refused"'],
  ],
  [
    'a status over every answer that nobody saw',
    { steps: [], over: {}, expect: { status: 418 } },
    ['/expect/status status 418 stands in no cited claim better than inferred'],
  ],
  [
    'a write after another was seen, before the user is deleted',
    { steps: [write, { call: 'Write', expect: { body: {} } }, { call: 'AdminDeleteUser' }] },
    ['/steps/1 step 2 (Write) has no "changes"'],
  ],
  [
    'lines in a set',
    { steps: [{ ...write, expect: { body: { $set: [{ Name: { $lines: ['a'] } }, { Name: 'b' }] } } }] },
    [
      '/steps/0/expect/body/$set two members of a $set have no literal that tells them apart',
      '/steps/0/expect/body/$set a $set cannot hold $jwt or $lines: which item they read is not known',
    ],
  ],
  [
    'a set whose first and last member are alike',
    { steps: [{ ...write, expect: { body: { $set: [{ Name: 'a' }, { Name: 'b' }, { Name: 'a' }] } } }] },
    ['/steps/0/expect/body/$set two members of a $set have no literal that tells them apart'],
  ],
  [
    'a token whose parts are just long enough',
    { steps: [{ ...write, with: { Value: 'an eyJ0123456789.0123456789' } }] },
    ['/steps/0/with/Value a literal token: make it with {"$token": ...}'],
  ],
  [
    'a refusal after the same was refused',
    { steps: [refused, { ...write, expect: { status: 400, error: 'Refused' }, changes: {} }].slice(0, 2) },
    [
      '/steps/1/expect/status status 400 stands in no cited claim better than inferred',
      '/steps/1/expect step 2 is refused without a control, and no earlier Write was accepted',
    ],
  ],
  [
    'a misspelt member of a list in an answer',
    { steps: [{ ...read, should: { body: { Name: { $any: true }, Lits: [{ Name: 'a' }] } } }] },
    [expect.stringMatching(/^\/steps\/0\/should\/body\/Lits no member of any answer "Lits"/)],
  ],
  [
    'a name with a slash that nobody sets',
    { each: { one: { 'a/b': 'x' }, two: { 'a/b': 'y' } } },
    ['/each/one/a~1b no step reads "${row.a/b}"'],
  ],
  ['a retired id', { id: 'Write/gone' }, ["/id the id was another case's: it said nothing; choose a new one"]],
  [
    'an id that only begins as its folder',
    { id: 'Writer/good' },
    ['/id the id must begin with "Write/", as its folder'],
  ],
  [
    'a refusal before the same was accepted',
    { steps: [{ ...write, expect: { error: 'Refused' } }, write] },
    ['/steps/0/expect step 1 is refused without a control, and no earlier Write was accepted'],
  ],
  [
    'a refusal of the lowest status',
    { level: 'should', steps: [{ ...write, expect: { status: 400 } }] },
    ['/steps/0/expect step 1 is refused without a control, and no earlier Write was accepted'],
  ],
  [
    'a set of equal lists',
    { steps: [{ ...read, expect: { body: { Items: { $set: [{ Id: ['a'] }, { Id: ['a'] }] } } } }] },
    ['/steps/0/expect/body/Items/$set two members of a $set have no literal that tells them apart'],
  ],
  [
    'a set of lists in other members',
    { steps: [{ ...read, expect: { body: { Items: { $set: [{ Id: ['a'] }, { n: ['b'] }] } } } }] },
    ['/steps/0/expect/body/Items/$set two members of a $set have no literal that tells them apart'],
  ],
  [
    'a literal token in a list',
    { steps: [{ ...write, with: { A: ['eyJ0123456789.0123456789'] } }] },
    ['/steps/0/with/A/0 a literal token: make it with {"$token": ...}'],
  ],
  [
    'a misspelt member of list items',
    { steps: [{ ...read, expect: { body: { Items: [{ Idd: 'a' }] } } }] },
    [
      '/steps/0/expect/body/Items no member of any answer "Idd"; there are Id, Name, Value, AccessToken, UserAttributes, Code, A, B, Items, Deep. Did you mean "Id"?',
    ],
  ],
  [
    'a member that begins as a list item is written',
    { steps: [{ ...read, expect: { body: { '-x': 'a' } } }] },
    [expect.stringMatching(/^\/steps\/0\/expect\/body\/-x no member of any answer "-x"/)],
  ],
  [
    'a token of the user, where there is none',
    { given: { pool: 'plain' }, steps: [{ ...write, with: { AccessToken: { $token: 'expired' } } }] },
    ['/steps/0/with/AccessToken no user "user"; there are none.'],
  ],
  [
    'a member that the pool does not have',
    { steps: [{ ...write, with: { A: '${pool.Id}' } }] },
    ['/steps/0/with/A no member of pool "Id"; there are UserPoolId.'],
  ],
  [
    'a name in the given that nobody set',
    { given: { pool: 'plain', user: { name: '${usr.name}' } } },
    ['/given/user/name no name "usr"; there are unique, target, pool, client, user. Did you mean "user"?'],
  ],
  [
    'a text that holds that of a row, and more',
    {
      each: { one: { text: 'It has 1 letters.' }, two: { text: 'It has 2 letters.' } },
      steps: [
        { ...refused, should: { message: 'x ${row.text}' } },
        { ...refused, should: { message: '${row.text} x' } },
      ],
    },
    [
      '/steps/0/should/message the text "x ${row.text}" stands in no cited claim',
      '/steps/1/should/message the text "${row.text} x" stands in no cited claim',
    ],
  ],
])('%s is found', (_, more, problems) => {
  expect(found(more)).toEqual(problems);
});

test('evidence that nobody cites is found, unless it says why', () => {
  const idle = (more: Partial<Evidence>): string[] => {
    const entry: Evidence = { id: 'idle', statement: '', claims: [], ...more };
    const cases = [{ ...good, file: FILE, pointer: '/cases/0' }];
    return idleEvidence({ cases, evidence: new Map([...suite().evidence, ['idle', entry]]) });
  };
  expect(idle({})).toEqual(['idle']);
  expect(idle({ untested: 'needs a phone' })).toEqual([]);
});

test('a long list of what there is is only counted', () => {
  const pools = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`pool-${index}-of-many`, {}]));
  const given = { pool: 'nothing alike', user: {} };
  expect(found({ given }, { pools })).toEqual(['/given/pool no pool "nothing alike"; there are 31.']);
  delete pools['pool-0-of-many'];
  expect(found({ given }, { pools })).toEqual([expect.stringContaining('there are pool-1-of-many, pool-2')]);
});

test.each(['AddCustomAttributes', 'DeleteUserPool', 'DeleteUserPoolClient'])('%s changes the pool', (call) => {
  const operations = {
    ...suite().operations,
    [call]: { signed: true, writes: 'other' as const, input: [], errors: [] },
  };
  const steps = [read, { call }];
  expect(found({ steps }, { operations })).toEqual([`/given ${call} changes the pool: "given" must have "own": true`]);
  expect(found({ steps, given: { pool: 'plain', own: true } }, { operations })).toEqual([]);
});

test('where nothing is given only the run can be read', () => {
  const { given: _, ...bare } = good;
  const steps = [
    { ...read, with: { Id: '${user.sub} ${unique} ${target.a}' } },
    { call: 'AddCustomAttributes' },
    { ...write, with: { AccessToken: { $token: 'expired' } } },
  ];
  const problems = lint(suite(), [{ file: FILE, pointer: '/cases/0', source: { ...bare, steps } }]);
  expect(problems.map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
    '/cases/0/steps/0/with/Id Write/good: no name "user"; there are unique, target.',
    '/cases/0/steps/2/with/AccessToken Write/good: no user "user"; there are none.',
    '/cases/0/given Write/good: AddCustomAttributes changes the pool: "given" must have "own": true',
  ]);
});

test.each<[text: string, lines: string[]]>([
  ['one\n', ['one']],
  ['one\n\n', ['one', '']],
  ['user.custom:team: Bad\nuser.email: Bad', ['user.*: Bad', 'user.*: Bad']],
  ['user.email is bad', ['user.email is bad']],
  ['1 value for custom:team must have 20 letters', ['# value for * must have # letters']],
])('%j is compared without names and numbers', (text, lines) => {
  expect(comparableLines(text)).toEqual(lines);
});

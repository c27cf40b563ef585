import { expect, test } from 'vitest';
import type { Case, Step } from './case.ts';
import { NoAnswer } from './exchange.ts';
import { runCase } from './run-case.ts';
import { json, judged, on, refusal, said, scripted, some, step, type Says } from './scripted.test-data.ts';

const { read, write } = step;
const refused: Step = {
  ...write,
  expect: { error: 'Refused' },
  control: { UserAttributes: [{ Name: 'team', Value: 'green' }] },
  changes: {},
};
const refusing: Says = ({ operation, input }) =>
  operation === 'Write' && JSON.stringify(input).includes('blue') ? refusal('Refused') : undefined;
test('a case makes what is given, sends its steps and passes', async () => {
  const { session, calls } = scripted(refusing);
  const result = await runCase(
    some([refused, read, { ...write, with: { ...write.with, UserAttributes: [] }, changes: {} }]),
    session,
    {
      trace: true,
    },
  );
  expect(said(result)).toEqual({ verdict: 'pass', cause: undefined, reason: undefined, fingerprint: undefined });
  expect(result).toMatchObject({ id: 'Write/some', area: 'Write', level: 'must', evidence: ['seen'], mismatches: [] });
  expect(result.steps.map(({ role, call }) => `${role} ${call}`)).toEqual([
    'fixture CreateUserPool',
    'fixture DescribeUserPool',
    'fixture CreateUserPoolClient',
    'fixture AdminCreateUser',
    'fixture AdminSetUserPassword',
    'fixture InitiateAuth',
    'observation AdminGetUser',
    'step Write',
    'observation AdminGetUser',
    'control Write',
    'observation AdminGetUser',
    'step Read',
    'step Write',
    'observation AdminGetUser',
  ]);
  expect(calls.filter(({ signed }) => !signed).map(({ operation }) => operation)).toEqual([
    'InitiateAuth',
    'Write',
    'Write',
    'Read',
    'Write',
  ]);
  expect(calls.some(({ fresh }) => fresh)).toBe(false);
});

test('after the control of the last step nobody is observed', async () => {
  const { session, of } = scripted(refusing);
  await runCase(some([refused]), session);
  expect(of('AdminGetUser')).toHaveLength(2);
});
test.each<[name: string, test: Case, says: Says | undefined, verdict: object]>([
  [
    'another answer',
    some([write, { ...read, expect: { body: { Username: 'x' } } }]),
    on('Read', () => json(200, { Username: 'y' })),
    {
      verdict: 'fail',
      cause: 'Read: body/Username is other',
      reason: 'Read: body/Username is another value: "y" instead of "x"',
      fingerprint: '1: Read#1 must body /Username const',
    },
  ],
  [
    'an answer of another shape',
    some([read]),
    on('Read', () => json(200, { Username: 7 })),
    {
      verdict: 'fail',
      cause: 'Read: shape/Username is other',
      reason: 'Read: answer/Username must be string',
      fingerprint: '1: Read#1 must shape /Username type',
    },
  ],
  [
    'a member that is null',
    some([read]),
    on('Read', () => json(200, { Username: null })),
    {
      verdict: 'warn',
      cause: 'Read: shape/Username is other',
      reason: 'Read: answer/Username is null, where the service leaves the member out',
      fingerprint: '1: Read#1 should shape /Username null',
    },
  ],
  [
    'a refusal in another text',
    some([{ ...refused, should: { message: 'Other.' } }]),
    refusing,
    {
      verdict: 'warn',
      cause: 'Write: another error message',
      reason: 'Write: message is another value: "No." instead of "Other."',
      fingerprint: '1: Write#1 should message const',
    },
  ],
  [
    'an attribute that is not written',
    some([write]),
    on('Write', () => json(200, {})),
    {
      verdict: 'fail',
      cause: 'Write: team is kept',
      reason: 'Write: user.team is kept: "red" instead of "blue"',
      fingerprint: '1: Write#1 must attributes user.team kept',
    },
  ],
  [
    'what a wrongly accepted request wrote',
    some([{ ...refused }]),
    undefined,
    {
      verdict: 'fail',
      cause: 'Write, some: 200 instead of Refused',
      reason: 'Write: 200 instead of Refused (and 1 more)',
      fingerprint: '1: Write#1 must error 200; Write#1 must attributes user.team altered',
    },
  ],
  [
    'what a request wrote that was refused with another error',
    some([{ ...refused }]),
    ({ operation, input }, { users }) => {
      if (operation !== 'Write') return undefined;
      for (const [name, user] of users)
        users.set(name, { ...user, team: String((input['UserAttributes'] as { Value: string }[])[0]?.Value) });
      return refusal('Other');
    },
    { verdict: 'fail', fingerprint: '1: Write#1 must error 400 Other; Write#1 must attributes user.team altered' },
  ],
  [
    'an attribute of another user',
    some([{ ...write, others: { rival: { team: 'blue' } } }], {
      given: { pool: 'plain', user: { team: 'red' }, users: { rival: { team: 'red' } } },
    }),
    undefined,
    { verdict: 'fail', cause: 'Write: team is kept', fingerprint: '1: Write#1 must attributes rival.team kept' },
  ],
  [
    'a preparation that is refused',
    some([{ call: 'Write', with: write.with, changes: {} }, read]),
    refusing,
    {
      verdict: 'blocked',
      cause: 'Write as a preparation is refused',
      reason: 'Write answered 400 Refused: No.',
      fingerprint: '1: blocked Write Write as a preparation is refused',
    },
  ],
  [
    'a preparation that writes something else',
    some([{ call: 'Write', with: write.with, changes: { team: 'green', name: 'x' } }, read]),
    undefined,
    {
      verdict: 'blocked',
      cause: 'Write as a preparation: name is kept',
      reason: 'Write: user.name is kept: none instead of "x"; user.team is altered: "blue" instead of "green"',
      fingerprint: '1: blocked Write Write as a preparation: name is kept',
    },
  ],
  [
    'a control that is refused',
    some([refused]),
    on('Write', () => refusal('Refused')),
    {
      verdict: 'blocked',
      cause: 'Write as a control is refused',
      reason: 'the same request with nothing wrong in it is refused too: Write answered 400 Refused: No.',
      fingerprint: '1: blocked Write Write as a control is refused',
    },
  ],
  [
    'a saved answer that lacks what is read of it',
    some([
      { ...read, save: 'first' },
      { ...read, with: { A: '${first.None}' } },
    ]),
    undefined,
    {
      verdict: 'blocked',
      cause: 'an earlier answer lacks what this case goes on with',
      reason: '${first.None} is not set',
    },
  ],
  [
    'an operation that is not there',
    some([write, { call: 'Nothing', expect: { body: {} } }]),
    undefined,
    {
      verdict: 'skip',
      cause: 'Nothing is not implemented',
      reason: 'Nothing is not implemented',
      fingerprint: undefined,
    },
  ],
])('the verdict on %s', async (_, given, says, verdict) => {
  expect(await judged(given, says)).toMatchObject(verdict);
});

test('a raw request goes out with its parts filled in, and is not asked to be there', async () => {
  const request = { method: 'POST', path: '/${unique}', headers: { a: '${user.Username}' }, body: '{"A":1}' };
  const { session, calls } = scripted(({ request: sent }) =>
    sent.url.endsWith('.invalid/') ? undefined : refusal('UnknownOperationException', 'x'),
  );
  const result = await runCase(
    some([{ request, expect: { error: 'UnknownOperationException' }, control: { body: '{"A":2}' } }]),
    session,
  );
  expect([result.verdict, result.cause]).toEqual(['blocked', 'POST /${unique} as a control is refused']);
  const sent = calls.filter(({ operation }) => operation.startsWith('POST'));
  expect(sent.map(({ request: { url, headers, body } }) => [url, headers, body])).toEqual([
    [expect.stringMatching(/^http:\/\/scripted\.invalid\/\d{10}$/), { a: expect.stringMatching(/^user-/) }, '{"A":1}'],
    [expect.stringMatching(/^http:\/\/scripted\.invalid\/\d{10}$/), { a: expect.stringMatching(/^user-/) }, '{"A":2}'],
  ]);
  const since = calls.findIndex(({ operation }) => operation.startsWith('POST'));
  expect(calls.slice(since).map(({ operation }) => operation)).not.toContain('DescribeConformanceUnicorn');
});

test('headers are sent, and signing can be asked for', async () => {
  const { session, of } = scripted();
  await runCase(
    some([
      { ...read, sign: true, headers: { origin: 'https://${unique}.example' } },
      { call: 'AdminSend', expect: { body: {} } },
    ]),
    session,
  );
  expect(of('Read')[0]).toMatchObject({
    signed: true,
    request: { headers: { origin: expect.stringMatching(/^https:\/\/\d{10}\.example$/) } },
  });
  expect(of('AdminSend')[0]?.signed).toBe(true);
});

test('members that the model does not know are listed once', async () => {
  const { session } = scripted(on('Read', () => json(200, { Username: 'a', Odd: 1, More: { x: 1 } })));
  expect((await runCase(some([read, read]), session)).unmodelled).toEqual(['Read/Odd', 'Read/More']);
});

test('an operation without output may answer nothing at all', async () => {
  expect(
    await judged(
      some([{ ...read, expect: { status: 200 } }]),
      on('Read', () => ({ status: 200, headers: [], body: '' })),
    ),
  ).toMatchObject({ verdict: 'pass' });
});

const lost = (kind: NoAnswer['kind']): never => {
  throw new NoAnswer(kind, 'it was closed');
};

test.each<[name: string, says: Says, others: string[], verdict: object, down: string | undefined, alone?: boolean]>([
  [
    'twice, and is there',
    on('Read', () => lost('closed')),
    [],
    {
      verdict: 'fail',
      cause: 'Read: no answer',
      reason: 'Read: no answer, twice: it was closed',
      fingerprint: '1: Read#1 must no-answer closed',
    },
    undefined,
  ],
  [
    'once',
    on('Read', (nth) => (nth === 1 ? lost('closed') : undefined)),
    [],
    { verdict: 'error', cause: 'an answer was lost', reason: 'Read: it was closed; asked again, the target answered' },
    undefined,
  ],
  [
    'for good, just started and alone',
    ({ operation }) => (['Read', 'DescribeConformanceUnicorn'].includes(operation) ? lost('closed') : undefined),
    [],
    { verdict: 'fail', cause: 'Read: no answer' },
    'the target stopped answering: it was closed',
    true,
  ],
  [
    'for good, and was not started by us',
    ({ operation }) => (['Read', 'DescribeConformanceUnicorn'].includes(operation) ? lost('closed') : undefined),
    [],
    {
      verdict: 'error',
      cause: 'the target stopped answering: it was closed',
      reason: 'it ended while Write/some was sent: by that, or by itself',
    },
    'the target stopped answering: it was closed',
  ],
  [
    'twice, and now and then elsewhere',
    ({ operation, nth }) =>
      operation === 'Read' || (operation === 'DescribeConformanceUnicorn' && nth === 7) ? lost('closed') : undefined,
    [],
    { verdict: 'error', cause: 'answers are lost at random', reason: 'Read: it was closed' },
    undefined,
  ],
  ...(['incomplete', 'too-large', 'malformed'] as const).map((kind): [string, Says, string[], object, undefined] => [
    `twice, after it began (${kind})`,
    on('Read', () => lost(kind)),
    [],
    { verdict: 'error', cause: 'it was closed', reason: 'Read: it was closed, twice' },
    undefined,
  ]),
  [
    'for good, unreachable',
    on('Read', () => lost('unreachable')),
    [],
    { verdict: 'fail', cause: 'Read: no answer' },
    'the target stopped answering: it was closed',
    true,
  ],
  [
    'for good, while others were sent',
    on('Read', () => lost('unreachable')),
    ['Read/other', 'Read/more'],
    {
      verdict: 'error',
      cause: 'the target stopped answering: it was closed',
      reason: 'it ended while Write/some and Read/other, Read/more were sent; run them one at a time to know which',
    },
    'the target stopped answering: it was closed',
  ],
])('a target that falls silent %s', async (_, says, others, verdict, down, alone = false) => {
  const { session, of } = scripted(says);
  others.forEach((id) => session.inFlight.add(id));
  expect(said(await runCase(some([read, write]), session, { alone }))).toMatchObject(verdict);
  expect(of('Read').map(({ fresh }) => fresh)).toEqual([false, true]);
  expect([session.down, of('Write').length, [...session.inFlight]]).toEqual([down, 0, others]);
});

test("where one answer was lost that came again, silence is nobody's fault", async () => {
  const { session } = scripted(({ operation, nth }) =>
    operation === 'Read' && nth !== 2 ? lost('closed') : undefined,
  );
  const verdicts = [await runCase(some([read]), session), await runCase(some([read]), session)].map(said);
  expect(verdicts.map(({ verdict, cause }) => [verdict, cause])).toEqual([
    ['error', 'an answer was lost'],
    ['error', 'answers are lost at random'],
  ]);
});

test('a target that others found gone meanwhile is theirs to tell', async () => {
  const { session } = scripted(({ operation, nth }) => {
    if (operation !== 'Read') return undefined;
    if (nth === 2) session.down = 'it is gone';
    return lost('closed');
  });
  expect(said(await runCase(some([read]), session))).toMatchObject({
    verdict: 'error',
    cause: 'it is gone',
    reason: 'Read: it was closed',
  });
  expect(said(await runCase(some([read]), session))).toEqual({
    verdict: 'error',
    cause: 'it is gone',
    reason: 'it is gone',
    fingerprint: undefined,
  });
});

test('a preparation that is lost is not asked again', async () => {
  const { session, of } = scripted(on('Read', () => lost('closed')));
  expect(said(await runCase(some([{ call: 'Read' }, write]), session))).toMatchObject({
    verdict: 'error',
    cause: 'it was closed',
  });
  expect(of('Read')).toHaveLength(1);
});

import { expect, test } from 'vitest';
import type { Case, JsonObject, Step } from './case.ts';
import { NoAnswer } from './exchange.ts';
import { runCase } from './run-case.ts';
import { json, judged, jwt, on, refusal, scripted, some, step, type Says } from './scripted.test-data.ts';
import { closeSession } from './session.ts';

const { read, write } = step;

test('a target may want settings of every pool besides those of the fixture, which come first', async () => {
  const poolSettings = (runId: string): JsonObject => ({ Tags: { run: runId }, Policies: { Length: 6, Other: true } });
  const { session, of } = scripted(undefined, { poolSettings, values: { note: 'noted' } });
  await runCase(some([read], { given: { pool: 'plain' } }), session);
  await runCase(some([read], { given: { pool: 'loud' } }), session);
  expect(of('CreateUserPool').map(({ input }) => input)).toEqual([
    { PoolName: `${session.id}-plain`, Tags: { run: session.runId }, Policies: { Length: 6, Other: true } },
    {
      PoolName: `${session.id}-loud`,
      Tags: { run: session.runId },
      Policies: { Lists: ['a', 'b'], Length: 8, Other: true },
      Schema: [{ Name: 'team' }],
      Note: 'noted',
    },
  ]);
});

test('users and clients are asked for as they are given', async () => {
  const given = {
    pool: 'plain',
    client: { A: 1 },
    clients: { other: { B: 2 } },
    user: { email: 'a${unique}@example.com' },
    users: { rival: {} },
  };
  const { session, of } = scripted();
  const test = some(
    [
      {
        ...read,
        with: { AccessToken: '${rival.AccessToken}', Id: '${other.ClientId} ${client.ClientId} ${pool.UserPoolId}' },
      },
    ],
    { given },
  );
  expect((await runCase(test, session)).verdict).toBe('pass');
  expect(of('CreateUserPool').map(({ input }) => input)).toEqual([{ PoolName: `${session.id}-plain` }]);
  const flows = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] };
  expect(of('CreateUserPoolClient').map(({ input }) => input)).toEqual([
    { UserPoolId: 'pool-1', ClientName: session.id, ...flows, A: 1 },
    { UserPoolId: 'pool-1', ClientName: session.id, ...flows, B: 2 },
  ]);
  const [user, rival] = of('AdminCreateUser').map(({ input }) => input);
  expect(user).toEqual({
    UserPoolId: 'pool-1',
    Username: expect.stringMatching(/^user-\d{10}$/),
    MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email', Value: expect.stringMatching(/^a\d{10}@example\.com$/) }],
  });
  expect(rival).toMatchObject({ Username: expect.stringMatching(/^rival-\d{10}$/), UserAttributes: [] });
  const passwords = of('AdminSetUserPassword').map(({ input }) => input);
  expect(passwords[1]).toEqual({
    UserPoolId: 'pool-1',
    Username: rival?.['Username'],
    Password: expect.stringMatching(/^Pw-[\w-]{16}-9z$/),
    Permanent: true,
  });
  // Only the rival's token is read.
  expect(of('InitiateAuth').map(({ input }) => input)).toEqual([
    {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'client-1',
      AuthParameters: { USERNAME: rival?.['Username'], PASSWORD: passwords[1]?.['Password'] },
    },
  ]);
  expect(of('Read')[0]?.input['Id']).toBe('client-2 client-1 pool-1');
});

test('in a pool whose users are named by an attribute that is their name', async () => {
  const { session, of } = scripted(({ operation }) =>
    operation === 'AdminCreateUser'
      ? json(200, { User: { Username: 'uuid' } })
      : operation === 'AdminGetUser'
        ? json(200, { UserAttributes: [{ Name: 'phone_number', Value: '+1' }] })
        : undefined,
  );
  const result = await runCase(
    some([{ ...read, with: { A: '${user.Username}' } }], { given: { pool: 'email', user: { phone_number: '+1' } } }),
    session,
  );
  expect(result.verdict).toBe('pass');
  expect(of('AdminCreateUser')[0]?.input['Username']).toBe('+1');
  expect([of('AdminGetUser')[0]?.input['Username'], of('Read')[0]?.input['A']]).toEqual(['uuid', 'uuid']);
});

test('pools and clients are shared, a pool of its own is not, and all are deleted', async () => {
  const { session, of } = scripted();
  for (const own of [false, false, true])
    await runCase(some([read], { given: { pool: 'plain', user: {}, ...(own && { own: true as const }) } }), session);
  expect([of('CreateUserPool').length, of('CreateUserPoolClient').length, of('DeleteUserPool').length]).toEqual([
    2, 2, 1,
  ]);
  await closeSession(session);
  expect(of('DeleteUserPool').map(({ input, signed }) => [input['UserPoolId'], signed])).toEqual([
    ['pool-2', true],
    ['pool-1', true],
  ]);
  expect([...session.notes]).toEqual([]);
});
test.each<[name: string, test: Case, says: Says | undefined, verdict: object]>([
  [
    'a client without an id',
    some([read]),
    on('CreateUserPoolClient', () => json(200, { UserPoolClient: {} })),
    {
      verdict: 'blocked',
      cause: 'CreateUserPoolClient answers no ClientId',
      fingerprint: '1: blocked fixture CreateUserPoolClient answers no ClientId',
    },
  ],
  [
    'a sign-in without a token',
    some([read]),
    on('InitiateAuth', () => json(200, { ChallengeName: 'X' })),
    {
      verdict: 'blocked',
      cause: 'InitiateAuth answers no access token',
      fingerprint: '1: blocked InitiateAuth InitiateAuth answers no access token',
    },
  ],
  [
    'a fixture that is refused',
    some([read]),
    on('AdminSetUserPassword', () => refusal('InvalidPasswordException', 'Too short.')),
    {
      verdict: 'blocked',
      cause: 'AdminSetUserPassword of a fixture is refused',
      reason: 'AdminSetUserPassword answered 400 InvalidPasswordException: Too short.',
      fingerprint: '1: blocked AdminSetUserPassword AdminSetUserPassword of a fixture is refused',
    },
  ],
  [
    'a user that shows another attribute than asked for',
    some([read]),
    on('AdminGetUser', () => json(200, { UserAttributes: [{ Name: 'team', Value: 'pink' }] })),
    {
      verdict: 'blocked',
      cause: 'team of a new user is not as asked for',
      reason: 'user was created with team "red" and shows "pink"',
      fingerprint: '1: blocked AdminCreateUser team of a new user is not as asked for',
    },
  ],
  [
    'a user that does not show what was asked for',
    some([read], { given: { pool: 'plain', user: { team: 'red', email_verified: 'true' } } }),
    on('AdminGetUser', () => json(200, { UserAttributes: [{ Name: 'team', Value: 'red' }] })),
    { verdict: 'blocked', reason: 'user was created with email_verified "true" and shows none' },
  ],
  [
    'an attribute that is unset as well as false',
    some([read], { given: { pool: 'plain', user: { email_verified: 'false' } } }),
    on('AdminGetUser', () => json(200, { UserAttributes: [] })),
    { verdict: 'pass' },
  ],
  [
    'false that is missing of another attribute',
    some([read], { given: { pool: 'plain', user: { team: 'false' } } }),
    on('AdminGetUser', () => json(200, { UserAttributes: [] })),
    { verdict: 'blocked', reason: 'user was created with team "false" and shows none' },
  ],
  [
    "somebody else's token",
    some([read]),
    on('InitiateAuth', () => json(200, { AuthenticationResult: { AccessToken: jwt({ sub: 'other' }) } })),
    {
      verdict: 'blocked',
      cause: "the access token is another user's",
      reason: 'the token of user holds another sub',
      fingerprint: "1: blocked InitiateAuth the access token is another user's",
    },
  ],
  [
    'a token that is no JWT',
    some([read]),
    on('InitiateAuth', () => json(200, { AuthenticationResult: { AccessToken: 'opaque' } })),
    { verdict: 'pass' },
  ],
  [
    'a token without a sub',
    some([read]),
    on('InitiateAuth', () => json(200, { AuthenticationResult: { AccessToken: jwt({}) } })),
    { verdict: 'pass' },
  ],
  [
    'a user that cannot be read any more',
    some([write]),
    on('AdminGetUser', (nth) => (nth > 1 ? refusal('UserNotFoundException') : undefined)),
    {
      verdict: 'blocked',
      cause: 'a user cannot be read',
      reason: 'AdminGetUser answered 400 UserNotFoundException',
      fingerprint: '1: blocked AdminGetUser',
    },
  ],
  [
    'a pool that shows another setting',
    some([read], { given: { pool: 'loud', user: {} } }),
    on('DescribeUserPool', () => json(200, { UserPool: { Policies: { Lists: ['a'], Length: 8 } } })),
    {
      verdict: 'blocked',
      cause: 'pool "loud" is not as asked for',
      reason: 'pool "loud" was made with Policies {"Lists":["a","b"],"Length":8} and shows {"Lists":["a"],"Length":8}',
      fingerprint: '1: blocked DescribeUserPool pool "loud" is not as asked for',
    },
  ],
  [
    'a pool that shows its lists in another order, and another schema',
    some([read], { given: { pool: 'loud', user: {} } }),
    on('DescribeUserPool', () =>
      json(200, { UserPool: { Policies: { Lists: ['b', 'a'], Length: 8 }, Schema: [], Note: 'noted' } }),
    ),
    { verdict: 'pass' },
  ],
  [
    'settings that are refused',
    some([read], { given: { pool: 'loud', user: {} } }),
    ({ operation, input }) => (operation === 'CreateUserPool' && 'Schema' in input ? refusal('Refused') : undefined),
    {
      verdict: 'skip',
      cause: 'a pool with Policies, Schema, Note is refused',
      reason: 'CreateUserPool answered 400 Refused: No.',
    },
  ],
  [
    'settings that the caller may not ask for',
    some([read], { given: { pool: 'loud', user: {} } }),
    ({ operation, input }) =>
      operation === 'CreateUserPool' && 'Schema' in input ? refusal('AccessDeniedException') : undefined,
    {
      verdict: 'blocked',
      cause: 'CreateUserPool of a fixture is refused',
      reason: 'CreateUserPool answered 400 AccessDeniedException: No.',
    },
  ],
  [
    'every pool refused',
    some([read], { given: { pool: 'loud', user: {} } }),
    on('CreateUserPool', () => refusal('Refused')),
    {
      verdict: 'blocked',
      cause: 'CreateUserPool of a fixture is refused',
      reason: 'CreateUserPool answered 400 Refused: No.',
      fingerprint: '1: blocked CreateUserPool CreateUserPool of a fixture is refused',
    },
  ],
  [
    'a plain pool refused',
    some([read]),
    on('CreateUserPool', () => json(200, { UserPool: { Id: 7 } })),
    { verdict: 'blocked', cause: 'CreateUserPool of a fixture is refused', reason: 'CreateUserPool answered 200' },
  ],
  [
    'functions that nobody invokes',
    some([read], { given: { pool: 'plain', user: {}, triggers: { A: { answers: {} } } } }),
    undefined,
    { verdict: 'skip', cause: 'triggers cannot be observed: the target invokes no functions of the run' },
  ],
  [
    'a key that nobody knows',
    some([{ ...read, with: { AccessToken: { $token: 'expired' } } }]),
    undefined,
    { verdict: 'skip', cause: 'tokens cannot be forged: no key that signs them is known' },
  ],
])('what a fixture comes to: %s', async (_, given, says, verdict) => {
  expect(await judged(given, says)).toMatchObject(verdict);
});

test('a setting that is not shown is noted, and a value that the manifest lacks is an error', async () => {
  const shows: Says = on('DescribeUserPool', () => json(200, { UserPool: { Note: 'noted' } }));
  const loud = some([read], { given: { pool: 'loud', user: {} } });
  const { session } = scripted(shows);
  expect((await runCase(loud, session)).verdict).toBe('pass');
  expect([...session.notes]).toEqual(['pool "loud" does not show its Policies']);
  expect(await judged(loud, undefined, { values: {} })).toMatchObject({
    verdict: 'error',
    cause: 'pool "loud": ${target.note} is not set by "values" of the manifest',
  });
});

test('a pool that is not as asked for is deleted at once, and a plain one that only tries', async () => {
  const { session, of } = scripted(on('DescribeUserPool', () => json(200, { UserPool: { Policies: 7 } })));
  const loud = some([read], { given: { pool: 'loud', user: {} } });
  await runCase(loud, session);
  expect(of('DeleteUserPool').map(({ input }) => input['UserPoolId'])).toEqual(['pool-1']);
  const other = scripted(({ operation, input }) =>
    operation === 'CreateUserPool' && 'Schema' in input ? refusal('Refused') : undefined,
  );
  await runCase(loud, other.session);
  expect(other.of('CreateUserPool')[1]?.input).toEqual({ PoolName: `${other.session.id}-plain` });
  expect(other.of('DeleteUserPool').map(({ input }) => input['UserPoolId'])).toEqual(['pool-1']);
});

test.each<[name: string, answer: () => ReturnType<Says>, notes: string[]]>([
  ['is refused', () => refusal('Refused'), ['pool pool-1 could not be deleted']],
  ['is not there any more', () => refusal('ResourceNotFoundException'), []],
  [
    'cannot be asked for',
    () => refusal('UnknownOperationException'),
    ['the pools of this run are left behind: DeleteUserPool is not implemented'],
  ],
  [
    'is not answered',
    () => {
      throw new NoAnswer('closed', 'gone');
    },
    ['pool pool-1 could not be deleted'],
  ],
])('a pool whose deletion %s', async (_, answer, notes) => {
  const { session } = scripted(on('DeleteUserPool', answer));
  await runCase(some([read]), session);
  await closeSession(session);
  expect([...session.notes]).toEqual(notes);
});

test.each<[name: string, steps: Step[], row: JsonObject | undefined, signedIn: string[]]>([
  ['reads its token', [{ ...read, with: { A: '${user.IdToken}' } }], undefined, ['user']],
  ['reads one in a row', [{ ...read, with: { A: '${row.token}' } }], { token: '${rival.RefreshToken}' }, ['rival']],
  ['reads none', [{ ...read, with: { A: '${user.Username} ${rival.sub}' } }], undefined, []],
  ['forges one of it', [{ ...read, with: { A: { $token: 'broken' } } }], undefined, ['user']],
  [
    'forges one of another',
    [{ ...read, with: { A: { $token: 'broken', of: 'rival' } } }],
    undefined,
    ['user', 'rival'],
  ],
])('a user is signed in where the case %s', async (_, steps, row, signedIn) => {
  const { session, of } = scripted();
  await runCase(
    some(steps, { given: { pool: 'plain', user: {}, users: { rival: {} } }, ...(row && { row }) }),
    session,
  );
  const names = of('InitiateAuth').map(({ input }) => String((input['AuthParameters'] as JsonObject)['USERNAME']));
  expect(names.map((name) => name.replace(/-.*/, ''))).toEqual(signedIn);
});

test('a pool that could not be made is tried again, and one that is lacking is not', async () => {
  const { session, of } = scripted(on('CreateUserPool', (nth) => (nth === 1 ? refusal('Refused') : undefined)));
  expect([(await runCase(some([read]), session)).verdict, (await runCase(some([read]), session)).verdict]).toEqual([
    'blocked',
    'pass',
  ]);
  expect(of('CreateUserPool')).toHaveLength(2);
  const lacking = scripted(on('CreateUserPool', () => refusal('UnknownOperationException', 'CreateUserPool')));
  for (const _ of [1, 2])
    expect((await runCase(some([read]), lacking.session)).cause).toBe('CreateUserPool is not implemented');
  expect(lacking.of('CreateUserPool')).toHaveLength(1);
});

test('where pools are made to sign in by what nobody asked for, that is why plain names are refused', async () => {
  const imposes: Says = ({ operation }) => {
    if (operation === 'DescribeUserPool') return json(200, { UserPool: { UsernameAttributes: ['email'] } });
    return operation === 'AdminCreateUser' ? refusal('InvalidParameterException', 'not an email') : undefined;
  };
  expect(await judged(some([read]), imposes)).toMatchObject({
    verdict: 'blocked',
    cause: 'pools are made to sign in by email that were not asked to',
    reason: 'AdminCreateUser answered 400 InvalidParameterException: not an email',
  });
});

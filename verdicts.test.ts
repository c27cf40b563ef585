import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Case, JsonObject, Step } from './engine/case.ts';
import { NoAnswer } from './engine/exchange.ts';
import { loadSuite } from './engine/load.ts';
import type { Result } from './engine/result.ts';
import { runCase } from './engine/run-case.ts';
import { closeSession, openSession, type Session } from './engine/session.ts';
import type { HttpResponse, Target } from './engine/target.ts';
import { manifestOf, openTarget, type OpenTarget } from './hosts/open-target.ts';
import { about, packageRoot } from './package.ts';

interface Call {
  operation: string;
  input: JsonObject;
}

/** Says something else than the mock; undefined leaves the mock's own answer. */
type Lie = (
  call: Call,
  truth: () => Promise<HttpResponse>,
  nth: number,
) => Promise<HttpResponse | undefined> | HttpResponse | undefined;

const suite = loadSuite(packageRoot, about);
let open: OpenTarget;

beforeAll(async () => {
  open = await openTarget(await manifestOf({ name: 'mock' }));
});

afterAll(() => open.close());

/** A session with a liar in front of the mock; `calls` is what it was asked. */
function lying(
  lie: Lie = () => undefined,
  more: Partial<Target> = {},
): { session: Session; calls: Call[]; count: (name: string) => number } {
  const calls: Call[] = [];
  const count = (name: string): number => calls.filter(({ operation }) => operation === name).length;
  const target: Target = {
    ...open.target,
    ...more,
    send: async (request, options) => {
      const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
      const call = { operation: header?.split('.')[1] ?? '', input: JSON.parse(request.body ?? '{}') as JsonObject };
      calls.push(call);
      const truth = (): Promise<HttpResponse> => open.target.send(request, options);
      return (await lie(call, truth, count(call.operation))) ?? truth();
    },
  };
  return { session: openSession(target, suite), calls, count };
}

const write = (value: string, more: Partial<Step> = {}): Step => ({
  call: 'UpdateUserAttributes',
  with: { AccessToken: '${user.AccessToken}', UserAttributes: [{ Name: 'nickname', Value: value }] },
  ...more,
});
const written = write('after', { expect: { body: {} }, changes: { nickname: 'after' } });
const UNKNOWN = [{ Name: 'custom:none', Value: 'x' }];
const refused: Step = {
  call: 'UpdateUserAttributes',
  with: { AccessToken: '${user.AccessToken}', UserAttributes: UNKNOWN },
  expect: { error: 'InvalidParameterException' },
  control: { UserAttributes: [{ Name: 'nickname', Value: 'controlled' }] },
  changes: {},
};
const read: Step = { call: 'GetUser', with: { AccessToken: '${user.AccessToken}' }, expect: { body: {} } };

const some = (steps: Step[], more: Partial<Case> = {}): Case => ({
  id: 'UpdateUserAttributes/some',
  title: 'something is so',
  level: 'must',
  evidence: [],
  given: { pool: 'plain', user: { nickname: 'before' } },
  steps,
  file: 'specs/UpdateUserAttributes/some.json',
  pointer: '/cases/0',
  ...more,
});

const json = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: [['content-type', 'application/x-amz-json-1.1']],
  body: JSON.stringify(body),
});
const error = (type: string, message = 'No.'): HttpResponse => json(400, { __type: type, message });
const on =
  (name: string, answer: HttpResponse | (() => HttpResponse)): Lie =>
  ({ operation }) =>
    operation === name ? (typeof answer === 'function' ? answer() : answer) : undefined;

async function judge(test: Case, lie?: Lie, more?: Partial<Target>): Promise<Result> {
  const { session } = lying(lie, more);
  const result = await runCase(test, session);
  await closeSession(session);
  return result;
}

const view = ({ verdict, cause, reason, fingerprint }: Result) => ({ verdict, cause, reason, fingerprint });

test('a case passes where every check holds', async () => {
  const result = await judge(some([refused, written, read]));
  expect(view(result)).toEqual({ verdict: 'pass' });
  expect([result.mismatches, result.steps]).toEqual([[], []]);
});

test('exchanges of a pass are kept with a trace only', async () => {
  const { session } = lying();
  const { steps } = await runCase(some([written]), session, { trace: true });
  expect(steps.map(({ call, role }) => `${role} ${call}`)).toEqual([
    'fixture CreateUserPool',
    'fixture DescribeUserPool',
    'fixture CreateUserPoolClient',
    'fixture AdminCreateUser',
    'fixture AdminSetUserPassword',
    'fixture InitiateAuth',
    'observation AdminGetUser',
    'step UpdateUserAttributes',
    'observation AdminGetUser',
  ]);
});

test('another answer fails a must', async () => {
  expect(view(await judge(some([written]), on('UpdateUserAttributes', error('InternalErrorException'))))).toEqual({
    verdict: 'fail',
    cause: 'UpdateUserAttributes: 400 InternalErrorException instead of 200',
    reason: 'UpdateUserAttributes: 400 InternalErrorException (No.) instead of 200',
    fingerprint: '1: UpdateUserAttributes#1 must status 400 InternalErrorException',
  });
});

const wording = { ...refused, should: { message: 'Other words.' } };

test.each<[name: string, test: Case, verdict: string, grades: string[]]>([
  ['the should of a must warns', some([wording]), 'warn', ['should']],
  [
    'the expect of a should warns',
    some([{ ...refused, expect: { error: 'OtherException' } }], { level: 'should' }),
    'warn',
    ['should'],
  ],
  [
    'the expect of a may informs',
    some([{ ...refused, expect: { error: 'OtherException' } }], { level: 'may' }),
    'info',
    ['may'],
  ],
  ['the expect of a must fails', some([{ ...refused, expect: { error: 'OtherException' } }]), 'fail', ['must']],
  [
    'a warning does not end the case, a later must decides',
    some([wording, { ...read, expect: { body: { Username: 'x' } } }]),
    'fail',
    ['should', 'must'],
  ],
])('%s', async (_, given, verdict, grades) => {
  const result = await judge(given);
  expect([result.verdict, result.mismatches.map(({ grade }) => grade)]).toEqual([verdict, grades]);
});

test('an answer of another shape fails, a member that AWS does not model is listed', async () => {
  const lie = on('UpdateUserAttributes', json(200, { CodeDeliveryDetailsList: 'none', Extra: 1 }));
  const result = await judge(some([{ ...written, changes: { nickname: 'before' } }]), lie);
  expect([result.verdict, result.reason, result.unmodelled]).toEqual([
    'fail',
    'UpdateUserAttributes: answer/CodeDeliveryDetailsList must be array',
    ['UpdateUserAttributes/Extra'],
  ]);
});

test('after a mismatch no later step is sent', async () => {
  const { session, count } = lying();
  await runCase(some([{ ...read, expect: { status: 418 } }, written]), session);
  expect([count('GetUser'), count('UpdateUserAttributes')]).toEqual([1, 0]);
});

test('what a wrongly accepted request wrote is part of the finding', async () => {
  const accepts: Lie = async ({ operation, input }, truth) => {
    if (operation !== 'UpdateUserAttributes' || JSON.stringify(input['UserAttributes']) !== JSON.stringify(UNKNOWN))
      return truth();
    await open.target.send(update(input['AccessToken']));
    return json(200, {});
  };
  const update = (AccessToken: unknown) => ({
    method: 'POST',
    url: `${open.target.endpoint}/`,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.UpdateUserAttributes',
    },
    body: JSON.stringify({ AccessToken, UserAttributes: [{ Name: 'nickname', Value: 'sneaked' }] }),
  });
  const result = await judge(some([refused, read]), accepts);
  expect(result.mismatches.map(({ kind, path, message }) => [kind, path, message])).toEqual([
    ['error', '', '200 instead of InvalidParameterException'],
    ['attributes', 'user.nickname', 'user.nickname is altered: "sneaked" instead of "before"'],
  ]);
  expect(result.fingerprint).toBe(
    '1: UpdateUserAttributes#1 must error 200; UpdateUserAttributes#1 must attributes user.nickname altered',
  );
});

test('so it is where the refusal is another one', async () => {
  const writes: Lie = async ({ operation, input }, truth, nth) => {
    if (operation !== 'UpdateUserAttributes' || nth > 1) return undefined;
    await truth();
    return JSON.stringify(input).includes('blue') ? error('OtherException') : undefined;
  };
  const result = await judge(
    some([{ ...refused, ...write('blue'), expect: { error: 'InvalidParameterException' } }]),
    writes,
  );
  expect(result.mismatches.map(({ kind, message }) => [kind, message])).toEqual([
    ['error', '400 OtherException (No.) instead of InvalidParameterException'],
    ['attributes', 'user.nickname is altered: "blue" instead of "before"'],
  ]);
});

test('an answer without the write behind it fails', async () => {
  const result = await judge(some([written]), on('UpdateUserAttributes', json(200, {})));
  expect(view(result)).toEqual({
    verdict: 'fail',
    cause: 'UpdateUserAttributes: nickname is kept',
    reason: 'UpdateUserAttributes: user.nickname is kept: "before" instead of "after"',
    fingerprint: '1: UpdateUserAttributes#1 must attributes user.nickname kept',
  });
});

test('others are watched too', async () => {
  const given = { pool: 'plain', user: {}, users: { rival: { nickname: 'mine' } } };
  const theirs = { ...written, with: { ...written.with, AccessToken: '${rival.AccessToken}' }, changes: {} };
  const result = await judge(some([theirs], { given }));
  expect(result.reason).toBe('UpdateUserAttributes: rival.nickname is altered: "after" instead of "mine"');
  const told = await judge(some([{ ...theirs, others: { rival: { nickname: 'after' } } }], { given }));
  expect(told.verdict).toBe('pass');
});

test('a user that cannot be read any more blocks', async () => {
  const gone: Lie = ({ operation }, _, nth) =>
    operation === 'AdminGetUser' && nth > 1 ? error('UserNotFoundException') : undefined;
  expect(view(await judge(some([written]), gone))).toMatchObject({
    verdict: 'blocked',
    cause: 'a user cannot be read',
  });
});

test('a retried call may come true late', async () => {
  const late: Lie = ({ operation }, _, nth) =>
    operation === 'GetUser' && nth < 3 ? error('NotAuthorizedException') : undefined;
  const { session, count } = lying(late);
  const result = await runCase(some([{ ...read, eventually: { withinMs: 2000 } }]), session);
  expect([result.verdict, count('GetUser')]).toEqual(['pass', 3]);
  expect((await judge(some([{ ...read, eventually: { withinMs: 250 } }]), on('GetUser', error('X')))).verdict).toBe(
    'fail',
  );
});

const unknown = error('UnknownOperationException', '');

test.each<[name: string, test: Case, lie: Lie | undefined, more: Partial<Target>, cause: string]>([
  ['a called operation', some([read]), on('GetUser', unknown), {}, 'GetUser is not implemented'],
  [
    'an operation of the fixture',
    some([read]),
    on('AdminSetUserPassword', unknown),
    {},
    'AdminSetUserPassword is not implemented',
  ],
  ['the means to make pools', some([read]), on('CreateUserPool', unknown), {}, 'CreateUserPool is not implemented'],
  [
    'a setting of the pool',
    some([read], { given: { pool: 'email-auto-verified', user: {} } }),
    ({ operation, input }) =>
      operation === 'CreateUserPool' && 'AutoVerifiedAttributes' in input
        ? error('InvalidParameterException')
        : undefined,
    {},
    'a pool with AutoVerifiedAttributes is refused',
  ],
  [
    'the key that signs tokens',
    some([{ ...read, with: { AccessToken: { $token: 'expired' } }, expect: { error: 'NotAuthorizedException' } }]),
    undefined,
    { signingKey: undefined },
    'tokens cannot be forged: no key that signs them is known',
  ],
  [
    'any forged token',
    some([{ ...read, with: { AccessToken: { $token: 'expired' } }, expect: { error: 'NotAuthorizedException' } }]),
    on('GetUser', error('NotAuthorizedException')),
    {},
    'tokens cannot be forged: the target takes none but those it issued',
  ],
  [
    'codes',
    some(
      [
        {
          call: 'GetUserAttributeVerificationCode',
          with: { AccessToken: '${user.AccessToken}', AttributeName: 'email' },
          save: 'sent',
        },
        {
          call: 'VerifyUserAttribute',
          with: { AccessToken: '${user.AccessToken}', AttributeName: 'email', Code: { $code: 'sent' } },
          expect: { body: {} },
        },
      ],
      { given: { pool: 'email-auto-verified', user: { email: 'a-${unique}@example.com' } } },
    ),
    undefined,
    { latestCode: undefined },
    'codes cannot be read',
  ],
])('a target that lacks %s is skipped', async (_, given, lie, more, cause) => {
  const result = await judge(given, lie, more);
  expect([result.verdict, result.cause, result.steps]).toEqual(['skip', cause, []]);
});

test.each(['tampered', 'altered', 'foreign-key', 'alg-none'])('a %s token needs no key of the target', async (kind) => {
  const step = {
    ...read,
    with: { AccessToken: { $token: kind, claims: { exp: 4102444800 } } },
    expect: { error: 'NotAuthorizedException' },
  };
  expect((await judge(some([step]), undefined, { signingKey: undefined })).verdict).toBe('pass');
});

const shows =
  (change: (user: { Username: string; UserAttributes: { Name: string; Value: string }[] }) => void): Lie =>
  async ({ operation }, truth) => {
    const answer = await truth();
    if (operation !== 'AdminGetUser') return answer;
    const user = JSON.parse(answer.body);
    change(user);
    return { ...answer, body: JSON.stringify(user) };
  };

test.each<[name: string, steps: Step[], lie: Lie, cause: string, reason: string | RegExp]>([
  [
    'a fixture',
    [written],
    on('AdminCreateUser', error('InvalidParameterException')),
    'AdminCreateUser of a fixture is refused',
    'AdminCreateUser answered 400 InvalidParameterException: No.',
  ],
  [
    'a sign-in without token',
    [written],
    on('InitiateAuth', json(200, {})),
    'InitiateAuth answers no access token',
    'InitiateAuth answers no access token',
  ],
  [
    'a client without id',
    [written],
    on('CreateUserPoolClient', json(200, {})),
    'CreateUserPoolClient answers no ClientId',
    'CreateUserPoolClient answers no ClientId',
  ],
  [
    'an attribute that is not as asked for',
    [written],
    shows(({ UserAttributes }) => UserAttributes.forEach((one) => one.Name === 'nickname' && (one.Value = 'other'))),
    'nickname of a new user is not as asked for',
    'user was created with nickname "before" and shows "other"',
  ],
  [
    "another user's token",
    [written],
    shows(({ UserAttributes }) => UserAttributes.forEach((one) => one.Name === 'sub' && (one.Value = 'other'))),
    "the access token is another user's",
    'the token of user holds another sub',
  ],
  [
    'a refused preparation',
    [write('after'), read],
    on('UpdateUserAttributes', error('InvalidParameterException')),
    'UpdateUserAttributes as a preparation is refused',
    /^UpdateUserAttributes answered 400 InvalidParameterException: No\./,
  ],
  [
    'a preparation that changes something else',
    [write('after', { changes: { nickname: 'after' } }), read],
    on('UpdateUserAttributes', json(200, {})),
    'UpdateUserAttributes as a preparation: nickname is kept',
    /^UpdateUserAttributes: user\.nickname is kept: "before" instead of "after"/,
  ],
  [
    'a refused control',
    [refused],
    on('UpdateUserAttributes', error('InvalidParameterException')),
    'UpdateUserAttributes as a control is refused',
    /^the same request with nothing wrong in it is refused too: UpdateUserAttributes answered 400 InvalidParameterException: No\./,
  ],
])('%s blocks', async (_, steps, lie, cause, reason) => {
  const result = await judge(some(steps), lie);
  expect([result.verdict, result.cause]).toEqual(['blocked', cause]);
  expect(result.reason).toMatch(reason);
  expect(result.fingerprint).toMatch(/^1: blocked [A-Z]\w+ |^1: blocked fixture /);
  expect(result.mismatches).toEqual([]);
});

test('a pool that contradicts what was asked for blocks, one that merely lacks it is noted', async () => {
  const given = { pool: 'email-auto-verified', user: {} };
  const describe = (AutoVerifiedAttributes?: string[]): Lie =>
    on('DescribeUserPool', json(200, { UserPool: { AutoVerifiedAttributes } }));
  const wrong = await judge(some([read], { given }), describe(['phone_number']));
  expect([wrong.verdict, wrong.cause]).toEqual(['blocked', 'pool "email-auto-verified" is not as asked for']);
  const { session } = lying(describe());
  expect((await runCase(some([read], { given }), session)).verdict).toBe('pass');
  expect([...session.notes]).toEqual(['pool "email-auto-verified" does not show its AutoVerifiedAttributes']);
});

test.each([
  ['a step', 'UpdateUserAttributes', written],
  ['a fixture', 'AdminCreateUser', written],
  ['an observation', 'AdminGetUser', written],
  ['a pool', 'CreateUserPool', written],
])('a throttled request of %s is an error', async (_, name, step) => {
  for (const answer of [error('TooManyRequestsException', 'Rate exceeded'), json(429, {})]) {
    const result = await judge(some([step]), on(name, answer));
    expect([result.verdict, result.cause]).toEqual(['error', 'the target throttles']);
  }
});

test('a lost answer of a fixture is an error', async () => {
  const lost = on('AdminCreateUser', () => {
    throw new NoAnswer('timeout', 'no answer within 8 s');
  });
  expect(view(await judge(some([written]), lost))).toEqual({
    verdict: 'error',
    cause: 'no answer within 8 s',
    reason: 'no answer within 8 s',
  });
});

const silence = (kind: NoAnswer['kind']) => (): never => {
  throw new NoAnswer(kind, 'gone');
};

test('no answer, twice, from a target that is still there is its own fault', async () => {
  const { session, count } = lying(on('UpdateUserAttributes', silence('closed')));
  const result = await runCase(some([written, read]), session);
  expect(view(result)).toEqual({
    verdict: 'fail',
    cause: 'UpdateUserAttributes: no answer',
    reason: 'UpdateUserAttributes: no answer, twice: gone',
    fingerprint: '1: UpdateUserAttributes#1 must no-answer closed',
  });
  expect([count('UpdateUserAttributes'), count('GetUser'), session.down]).toEqual([2, 0, undefined]);
});

test('an answer that is lost once is an error', async () => {
  const once: Lie = ({ operation }, _, nth) =>
    operation === 'UpdateUserAttributes' && nth === 1 ? silence('closed')() : undefined;
  expect(view(await judge(some([written]), once))).toEqual({
    verdict: 'error',
    cause: 'an answer was lost',
    reason: 'UpdateUserAttributes: gone; asked again, the target answered',
  });
});

test('a request that ends the target fails, and what comes after it is an error', async () => {
  let dead = false;
  const dies: Lie = ({ operation }) => {
    dead ||= operation === 'UpdateUserAttributes';
    return dead ? silence('unreachable')() : undefined;
  };
  const { session, calls } = lying(dies);
  expect((await runCase(some([written]), session)).verdict).toBe('fail');
  const before = calls.length;
  const next = await runCase(some([read], { id: 'GetUser/next' }), session);
  expect(view(next)).toEqual({
    verdict: 'error',
    cause: 'the target stopped answering: gone',
    reason: 'the target stopped answering: gone',
  });
  await closeSession(session);
  expect(calls).toHaveLength(before);
});

test('where several requests were under way nobody knows which one ended the target', async () => {
  const { session } = lying(on('UpdateUserAttributes', silence('unreachable')));
  session.inFlight.add('GetUser/other');
  const { verdict, reason } = await runCase(some([written]), session);
  expect([verdict, reason]).toEqual([
    'error',
    'it ended while UpdateUserAttributes/some and GetUser/other were sent; run them one at a time to know which',
  ]);
});

test('a pool of its own is deleted with the case, a shared one with the run', async () => {
  const { session, calls, count } = lying();
  const own = { pool: 'plain', own: true, user: {} };
  await runCase(some([read], { given: own }), session);
  expect([count('CreateUserPool'), count('DeleteUserPool')]).toEqual([1, 1]);
  await runCase(some([read]), session);
  await runCase(some([written]), session);
  expect([count('CreateUserPool'), count('DeleteUserPool')]).toEqual([2, 1]);
  await closeSession(session);
  expect(count('DeleteUserPool')).toBe(2);
  expect(
    new Set(calls.filter(({ operation }) => operation === 'DeleteUserPool').map(({ input }) => input['UserPoolId']))
      .size,
  ).toBe(2);
});

test.each([
  ['its users cannot be made', on('AdminCreateUser', error('InvalidParameterException'))],
  ['it is not as asked for', on('DescribeUserPool', json(200, { UserPool: { AutoVerifiedAttributes: [] } }))],
  ['its case fails', on('GetUser', error('InternalErrorException'))],
])('a pool of its own is deleted although %s', async (_, lie) => {
  const { session, count } = lying(lie);
  const result = await runCase(some([read], { given: { pool: 'email-auto-verified', own: true, user: {} } }), session);
  expect(['blocked', 'fail']).toContain(result.verdict);
  expect([count('CreateUserPool'), count('DeleteUserPool')]).toEqual([1, 1]);
});

test('a pool that cannot be deleted is noted', async () => {
  const { session } = lying(on('DeleteUserPool', error('InternalErrorException')));
  await runCase(some([read]), session);
  await closeSession(session);
  expect([...session.notes]).toEqual([expect.stringMatching(/^pool \S+ could not be deleted$/)]);
});

test('users are new in every case', async () => {
  const { session, calls } = lying();
  for (const step of [read, written, refused]) await runCase(some([step]), session);
  const names = calls.filter(({ operation }) => operation === 'AdminCreateUser').map(({ input }) => input['Username']);
  expect([names.length, new Set(names).size]).toEqual([3, 3]);
});

test('a control is sent after the refusal held, as a patch, and what it wrote counts as before', async () => {
  const { session, calls } = lying();
  const result = await runCase(some([refused, { ...refused, control: {} }]), session);
  const sent = calls
    .filter(({ operation }) => operation === 'UpdateUserAttributes')
    .map(({ input }) => input['UserAttributes']);
  expect(sent).toEqual([UNKNOWN, [{ Name: 'nickname', Value: 'controlled' }], UNKNOWN, UNKNOWN]);
  expect([result.verdict, result.cause]).toEqual(['blocked', 'UpdateUserAttributes as a control is refused']);
});

test('a row signs in the users that only it reads', async () => {
  const given = { pool: 'plain', user: {}, users: { rival: {} } };
  const step = { ...read, with: { AccessToken: '${row.token}' } };
  expect((await judge(some([step], { given, row: { token: '${rival.AccessToken}' } }))).verdict).toBe('pass');
});

test('a case that reads what the target did not answer is blocked', async () => {
  const steps = [
    { ...read, save: 'user2' },
    { ...read, with: { AccessToken: '${user2.Missing}' } },
  ];
  const { verdict, cause, reason } = await judge(some(steps));
  expect([verdict, cause, reason]).toEqual([
    'blocked',
    'an earlier answer lacks what this case goes on with',
    '${user2.Missing} is not set',
  ]);
});

test('a fault of the suite is an error and names itself', async () => {
  const { verdict, cause } = await judge(some([{ ...read, expect: { body: { $is: 'uid' } } }]));
  expect([verdict, cause]).toEqual([
    'error',
    expect.stringMatching(/^a fault of the suite: no schema "uid" for \$is; there are /),
  ]);
});

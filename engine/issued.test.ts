import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { runCase } from './run-case.ts';
import { json, jwt, refusal, said, scripted, some, step, type Call, type Says } from './scripted.test-data.ts';
import type { Functions, Target } from './target.ts';

const { read } = step;
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const answers = { details: { suppress: ['admin'] } };
const tokenKinds = { lesser: { about: '', signature: 'own', claims: { scope: 'openid' }, answers } } as const;
const lesser = (of = 'user', claims?: object) =>
  some([{ ...read, with: { AccessToken: { $token: 'lesser', of, ...claims } }, expect: { error: 'Refused' } }], {
    given: { pool: 'plain', user: { team: 'red' }, users: { rival: { team: 'blue' } } },
  });

/** A target whose functions are heeded as far as `heeds` says; `told` is what they were defined to do. */
function issuing(heeds: Says | undefined, more: Partial<Target> = {}, front: Says = () => undefined) {
  const told: unknown[] = [];
  let inForce: object | undefined;
  const functions: Functions = {
    define: async ({ Username }, triggers) => {
      inForce = triggers['TokenGeneration'];
      told.push([Username.replace(/-.*/, ''), triggers]);
    },
    forget: async ({ Username }) => {
      inForce = undefined;
      told.push([Username.replace(/-.*/, ''), 'forgotten']);
    },
    events: async () => [],
  };
  const says: Says = (call, pool) => {
    const { operation, input } = call;
    const first = front(call, pool);
    if (first) return first;
    if (operation === 'Read' && input['AccessToken'] !== undefined) return refusal('Refused');
    if (operation === 'GetUser') return json(200, {});
    return operation === 'InitiateAuth' && inForce ? heeds?.(call, pool) : undefined;
  };
  const made = scripted(says, { functions, values: { preTokenGenerationArn: 'arn:f' }, ...more }, { tokenKinds });
  return { ...made, told, sent: () => made.of('Read').flatMap(({ input }) => input['AccessToken'] ?? []) };
}

const sub = ({ input }: Call, users: ReadonlyMap<string, Record<string, string>>): string | undefined =>
  users.get((input['AuthParameters'] as Record<string, string>)['USERNAME'] ?? '')?.['sub'];
const heeded: Says = (call, { users }) =>
  json(200, { AuthenticationResult: { AccessToken: jwt({ sub: sub(call, users), scope: 'openid' }) } });

test('a token that a function brings about is issued by the target, and nothing is forged', async () => {
  const { session, of, sent, told } = issuing(heeded);
  expect((await runCase(lesser(), session)).verdict).toBe('pass');
  expect(of('CreateUserPool').map(({ input }) => input['LambdaConfig'])).toEqual([
    { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: 'arn:f' } },
  ]);
  expect(told).toEqual([
    ['user', { TokenGeneration: { answers } }],
    ['user', {}],
    ['user', 'forgotten'],
    ['rival', 'forgotten'],
  ]);
  expect([sent(), of('GetUser')]).toEqual([[jwt({ sub: 'sub-1', scope: 'openid' })], []]);
});

test('it is issued for the user who is to bear it', async () => {
  const { session, sent } = issuing(heeded);
  expect((await runCase(lesser('rival'), session)).verdict).toBe('pass');
  expect(sent()).toEqual([jwt({ sub: 'sub-2', scope: 'openid' })]);
});

test('a trace says where it comes from', async () => {
  const { session } = issuing(heeded);
  const { steps } = await runCase(lesser(), session, { trace: true });
  const signIns = steps.filter(({ call }) => call === 'InitiateAuth').map(({ response }) => response?.body);
  expect(signIns).toEqual([
    '{"AuthenticationResult":{"AccessToken":"<AccessToken of user (lesser)>"}}',
    '{"AuthenticationResult":{"AccessToken":"<AccessToken of user>"}}',
  ]);
  expect(steps.find(({ call }) => call === 'Read')?.request.body).toBe(
    '{"AccessToken":"<AccessToken of user (lesser)>"}',
  );
});

test.each<[name: string, heeds: Says | undefined]>([
  ['does not heed the function', undefined],
  ['refuses the sign-in', () => refusal('UnexpectedLambdaException')],
  ['answers no token', () => json(200, { AuthenticationResult: {} })],
  ['answers what cannot be read', () => json(200, { AuthenticationResult: { AccessToken: 'opaque' } })],
])('where the target %s a token is forged, and no later case asks for it', async (_, heeds) => {
  const { session, of, told } = issuing(heeds, { signingKey: async () => pem });
  expect((await runCase(lesser(), session)).verdict).toBe('pass');
  expect((await runCase(lesser(), session)).verdict).toBe('pass');
  expect(of('CreateUserPool').map(({ input }) => 'LambdaConfig' in input)).toEqual([true, false]);
  expect(told).toEqual([
    ['user', { TokenGeneration: { answers } }],
    ['user', 'forgotten'],
  ]);
  expect(of('GetUser')).toHaveLength(1);
});

test('a token that the function makes no different from others is not taken for its work', async () => {
  const front: Says = (call, pool) => (call.operation === 'InitiateAuth' ? heeded(call, pool) : undefined);
  const { session, of } = issuing(heeded, { signingKey: async () => pem }, front);
  expect((await runCase(lesser(), session)).verdict).toBe('pass');
  expect(of('CreateUserPool').map(({ input }) => 'LambdaConfig' in input)).toEqual([true, false]);
});

test('where a pool cannot ask a function, one is made that asks none', async () => {
  const front: Says = ({ operation, input }) =>
    operation === 'CreateUserPool' && input['LambdaConfig'] ? refusal('InvalidParameterException') : undefined;
  const { session, sent } = issuing(heeded, { signingKey: async () => pem }, front);
  expect((await runCase(lesser(), session)).verdict).toBe('pass');
  expect(sent()).toHaveLength(1);
});

test('where it is neither issued nor can be forged the case is skipped', async () => {
  const front: Says = ({ operation }) => (operation === 'GetUser' ? refusal('Refused') : undefined);
  const { session, of } = issuing(undefined, {}, front);
  const skip = { verdict: 'skip', cause: 'tokens cannot be forged: no key that signs them is known' };
  expect(said(await runCase(lesser(), session))).toMatchObject(skip);
  const users = of('AdminCreateUser').length;
  expect(said(await runCase(lesser(), session))).toMatchObject(skip);
  expect(of('AdminCreateUser')).toHaveLength(users);
});

test('where it is not issued, and to forge is not declared, the case is skipped', async () => {
  const features = [
    'CreateUserPool',
    'CreateUserPoolClient',
    'AdminCreateUser',
    'AdminSetUserPassword',
    'InitiateAuth',
  ];
  const { session, of } = issuing(undefined, {
    features: [...features, 'DescribeUserPool', 'AdminGetUser', 'Read', 'GetUser', 'triggers'],
  });
  expect(said(await runCase(lesser(), session))).toMatchObject({
    verdict: 'skip',
    cause: 'forged-tokens is not declared',
  });
  expect(of('GetUser')).toEqual([]);
});

test('functions that cannot be told are an error of the run', async () => {
  const { functions } = issuing(heeded).session.target;
  const define = (): Promise<never> => Promise.reject(new Error('out of reach'));
  const { session } = issuing(heeded, { functions: { ...functions, define } as Functions });
  expect(said(await runCase(lesser(), session))).toMatchObject({
    verdict: 'error',
    cause: 'triggers could not be read',
    reason: 'out of reach',
  });
});

test.each<[name: string, more: Partial<Target>]>([
  ['functions', { functions: undefined }],
  ['a function by name', { values: {} }],
])('a manifest without %s has tokens forged', async (_, more) => {
  const { session, of } = issuing(heeded, { signingKey: async () => pem, ...more });
  expect((await runCase(lesser(), session)).verdict).toBe('pass');
  expect(of('CreateUserPool').map(({ input }) => 'LambdaConfig' in input)).toEqual([false]);
});

test('one with claims of its own is forged', async () => {
  const { session, of } = issuing(heeded, { signingKey: async () => pem });
  expect((await runCase(lesser('user', { claims: { scope: 'email' } }), session)).verdict).toBe('pass');
  expect([of('GetUser').length, of('InitiateAuth').length]).toEqual([1, 1]);
});

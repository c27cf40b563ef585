import { expect, test } from 'vitest';
import { discover } from '../engine/discovery.ts';
import { NoAnswer } from '../engine/exchange.ts';
import { LIFE } from '../engine/life.ts';
import type { Target } from '../engine/target.ts';
import { findPlaces, withAdvice } from './known-places.ts';
import { error, json, lying, mock, on, type Lie } from './verdicts.test-data.ts';

const operations = LIFE.map(([operation]) => operation);
const inferred = async (lie?: Lie, more?: Partial<Target>) => {
  const { session } = lying(lie, more);
  const { inferences } = await discover(session);
  return Object.fromEntries(inferences.map(({ what, inferred: found, from }) => [what, [found, from]]));
};

test('the life of a user has every operation of the suite, and succeeds but for a code that nobody sent', async () => {
  const refused: string[] = [];
  const { session, calls } = lying(async ({ operation }, truth) => {
    const answer = await truth();
    if (answer.status !== 200) refused.push(operation);
    return answer;
  });
  expect([...operations].sort()).toEqual(Object.keys(session.suite.operations).sort());
  const found = await discover(session);
  expect([found.served, found.missing, found.forgedTokens, found.fixedCode]).toEqual([operations, [], true, undefined]);
  expect(new Set(refused)).toEqual(new Set(['DescribeConformanceUnicorn', 'VerifyUserAttribute']));
  const made = calls.find(({ operation }) => operation === 'DescribeUserPool')?.input;
  expect(calls.at(-1)).toEqual({ operation: 'DeleteUserPool', input: made });
  expect([...session.notes]).toEqual([]);
});

test('what was found says from which answer', async () => {
  expect(await inferred()).toEqual({
    operations: ['all 26', 'none answers as an operation that nobody has'],
    'forged tokens': ['taken', 'GetUser answers its user to a token signed with the key that the target shows'],
  });
  const asUnicorn = error('UnknownOperationException');
  expect(
    await inferred(({ operation }) => (/^(RevokeToken|GlobalSignOut)$/.test(operation) ? asUnicorn : undefined)),
  ).toMatchObject({
    operations: [
      '24 of 26',
      'these answer as an operation that nobody has (400 UnknownOperationException): GlobalSignOut, RevokeToken',
    ],
  });
});

test('a target that wants addresses for names is found out, and its user lives all the same', async () => {
  const said = await inferred(({ operation, input }) =>
    operation === 'AdminCreateUser' && !String(input['Username']).includes('@')
      ? error('InvalidParameterException', 'Username should be an email.')
      : undefined,
  );
  expect(said['user names']).toEqual([
    'only e-mail addresses, in a pool that asked for no such thing',
    'AdminCreateUser answered 400 InvalidParameterException: Username should be an email.; with an e-mail address: 200',
  ]);
  expect(said['forged tokens']?.[0]).toBe('taken');
});

test('tokens of another key tell whether signatures are checked', async () => {
  const refuses = await inferred(undefined, { signingKey: undefined });
  expect(refuses['forged tokens']).toEqual([
    'refused',
    'GetUser answers a refusal to a token signed with a key of ours',
  ]);
  const taken = await inferred(on('GetUser', json(200, { Username: 'a', UserAttributes: [] })), {
    signingKey: undefined,
  });
  expect(taken['forged tokens']?.[0]).toBe('taken, whoever signed them');
});

test.each<[name: string, takes: (code: unknown) => boolean, found: unknown]>([
  [
    'always the same',
    (code) => code === '424242',
    ['always 424242', 'VerifyUserAttribute takes 424242, and refused another code before'],
  ],
  ['whatever it is', () => true, undefined],
  ['none that is known', () => false, undefined],
])('a code that is taken: %s', async (_, takes, found) => {
  const said = await inferred(({ operation, input }) =>
    operation === 'VerifyUserAttribute' && takes(input['Code']) ? json(200, {}) : undefined,
  );
  expect(said['codes']).toEqual(found);
});

test('one answer that is lost says nothing, a target that is gone ends it', async () => {
  const lost = new NoAnswer('closed', 'gone');
  const { session } = lying(({ operation }) => {
    if (operation === 'AdminDisableUser') throw lost;
    return undefined;
  });
  expect((await discover(session)).served).toEqual(operations);
  const dead = lying(({ operation }, _, nth) => {
    if (operation === 'GetUser' || (operation === 'DescribeConformanceUnicorn' && nth > 1)) throw lost;
    return undefined;
  });
  await expect(discover(dead.session)).rejects.toThrow('gone');
});

test('a pool that cannot be deleted is said', async () => {
  const { session } = lying(on('DeleteUserPool', error('NotAuthorizedException')));
  await discover(session);
  expect([...session.notes]).toEqual([expect.stringMatching(/^pool us-east-1_\w+ could not be deleted$/)]);
});

test.each<[name: string, unknown: string, pages: Record<string, unknown>, what: string, inferred: string]>([
  [
    'cognito-local',
    '{"__type":"CognitoLocal#Unsupported"}',
    {},
    'seems to be',
    'cognito-local; --target cognito-local starts one and reads all that it shows, after: npm install --save-dev cognito-local',
  ],
  [
    'moto',
    '',
    { '/moto-api/': '<title>Moto</title>' },
    'seems to be',
    'moto; --target moto starts one and reads all that it shows',
  ],
  ['a version', '', { '/version': { version: '1.2' }, '/health': { version: '3' } }, 'version', '1.2'],
  ['its health', '', { '/version': [], '/health': { version: '3' } }, 'version', '3'],
])('%s is known by what it shows', async (_, unknown, pages, what, found) => {
  const target: Target = {
    ...mock,
    send: async ({ url }) => {
      const page = pages[new URL(url).pathname];
      const body = typeof page === 'string' ? page : JSON.stringify(page);
      return { status: page === undefined ? 404 : 200, headers: [], body: body ?? '' };
    },
  };
  const { inferences } = await findPlaces(target, unknown);
  expect(inferences.map((one) => [one.what, one.inferred])).toEqual([[what, found]]);
});

test('only of cognito-local it is said how its pools take plain names', () => {
  const names = { what: 'user names', inferred: 'only e-mail addresses', from: 'AdminCreateUser answered 400' };
  const seems = (name: string) => ({ what: 'seems to be', inferred: `${name}; --target ${name} starts one`, from: '' });
  const local = seems('cognito-local');
  expect(withAdvice([names, local])).toEqual([
    {
      ...names,
      inferred:
        'only e-mail addresses; to be judged, set "UserPoolDefaults": { "UsernameAttributes": [] } in its .cognito/config.json and start it again',
    },
    local,
  ]);
  expect(withAdvice([names, seems('moto')])).toEqual([names, seems('moto')]);
  expect(withAdvice([local])).toEqual([local]);
});

test('a place that is silent tells nothing', async () => {
  const send = () => Promise.reject(new NoAnswer('timeout', 'no answer'));
  expect(await findPlaces({ ...mock, send }, '')).toEqual({ places: {}, inferences: [] });
});

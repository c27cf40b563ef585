import { expect, test } from 'vitest';
import { readAnswer } from '../../engine/answer.ts';
import { pools } from '../../mocks/aws/pools.ts';
import { createMock } from '../../mocks/mock.ts';
import { deleteLeftovers, findLeftovers, MADE_AT_TAG, RUN_TAG, type Answered, type Call } from './leftovers.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-12-01T00:00:00Z');

/** An account of the mock, and a day in it. */
function account(listedAfter = 0) {
  const edges = pools({ region: 'us-east-1', account: '123456789012', listedAfter });
  const mock = createMock({ now: () => START, faults: edges });
  const call: Call = async (operation, input) => {
    const { status, headers, body } = await mock.answer({
      method: 'POST',
      path: '/',
      headers: {
        authorization: 'AWS4-HMAC-SHA256',
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(input),
    });
    return readAnswer({ status, headers: Object.entries(headers), body });
  };
  const make = async (PoolName: string, settings: object = {}): Promise<string> => {
    const answer = await call('CreateUserPool', { PoolName, ...settings });
    return (answer.body as { UserPool: { Id: string } }).UserPool.Id;
  };
  const ours = (run: string, fixture = 'plain', settings: object = {}): Promise<string> =>
    make(`cognito-conformance-${run}-${fixture}`, { UserPoolTags: tags(run, mock.clock.now()), ...settings });
  const names = async (): Promise<string[]> => {
    const answer = await call('ListUserPools', { MaxResults: 60 });
    return (answer.body as { UserPools: { Name: string }[] }).UserPools.map(({ Name }) => Name).sort();
  };
  const { clock } = mock;
  return { call, make, ours, names, advance: (ms: number) => clock.advance(ms), now: () => clock.now() };
}

const tags = (run: string, madeAt: number) => ({
  [RUN_TAG]: run,
  [MADE_AT_TAG]: new Date(madeAt).toISOString(),
});

const others: [name: string, tags: Record<string, string> | undefined, why: string | undefined][] = [
  ['customers', undefined, undefined],
  ['customers-of-cognito-conformance-run00001-plain', tags('run00001', START), undefined],
  ['cognito-conformance', tags('run00001', START), undefined],
  ['Cognito-conformance-run00001-plain', tags('run00001', START), undefined],
  ['cognito-conformance-run00001-mine', undefined, `it has no tag ${RUN_TAG}`],
  ['cognito-conformance-run00001-hers', { team: 'identity' }, `it has no tag ${RUN_TAG}`],
  [
    'cognito-conformance-run00001-copy',
    tags('run00002', START),
    `its tag ${RUN_TAG} is "run00002", which is not the run in its name`,
  ],
  ['cognito-conformance-run00001-bare', { [RUN_TAG]: 'run00001' }, `it has no tag ${MADE_AT_TAG} with a time`],
];

test.each([{ run: 'run00001' }, { olderThanMs: 3 * HOUR }])(
  '%j is what a run made, and nothing else',
  async (wanted) => {
    const { call, make, ours, names, advance, now } = account();
    const own = [await ours('run00001'), await ours('run00001', 'verified')];
    for (const [name, UserPoolTags] of others) await make(name, { UserPoolTags });
    advance(3 * HOUR);
    const found = await findLeftovers(call, wanted, now());
    expect(found.leftovers.map(({ id }) => id).sort()).toEqual(own.sort());
    expect(found.leftovers.find(({ id }) => id === own[0])).toMatchObject({ run: 'run00001', madeAt: START });
    expect(found.foreign.map(({ name, why }) => [name, why]).sort()).toEqual(
      others.flatMap(([name, , why]) => (why === undefined ? [] : [[name, why]])).sort(),
    );
    expect(await deleteLeftovers(call, found.leftovers)).toEqual([]);
    expect(await names()).toEqual(others.map(([name]) => name).sort());
  },
);

test.each(['', 'run', 'RUN00001', 'run00001x', 'run-0001'])('a tag "%s" is not of a run', async (run) => {
  const { call, make, now } = account();
  await make(`cognito-conformance-${run}-plain`, { UserPoolTags: tags(run, START) });
  const found = await findLeftovers(call, { olderThanMs: 0 }, now());
  const why = `its tag ${RUN_TAG} is "${run}", which no run is called`;
  expect([found.leftovers, found.foreign.map((pool) => pool.why)]).toEqual([[], [why]]);
});

test('a run that may be going on is left alone, unless it is named', async () => {
  const { call, ours, advance, now } = account();
  const old = await ours('run00001');
  advance(1);
  const young = await ours('run00002');
  advance(3 * HOUR - 1);
  const found = await findLeftovers(call, { olderThanMs: 3 * HOUR }, now());
  expect([found.leftovers.map(({ id }) => id), found.younger, found.listed]).toEqual([[old], 1, 2]);
  const named = await findLeftovers(call, { run: 'run00002' }, now());
  expect(named.leftovers.map(({ id }) => id)).toEqual([young]);
});

test('a pool is as young as its tag says', async () => {
  const { call, make, advance, now } = account();
  await make('cognito-conformance-run00001-plain', { UserPoolTags: tags('run00001', START + HOUR) });
  advance(3 * HOUR);
  const found = await findLeftovers(call, { olderThanMs: 3 * HOUR }, now());
  expect([found.leftovers, found.younger]).toEqual([[], 1]);
});

test('all pages are read', async () => {
  const { call, ours, make, now } = account();
  for (let count = 0; count < 60; count += 1) await make(`customers-${count}`);
  const last = await ours('run00001');
  const found = await findLeftovers(call, { run: 'run00001' }, now());
  expect([found.leftovers.map(({ id }) => id), found.listed]).toEqual([[last], 61]);
});

test('what is gone and still listed is not left over, and what is not listed yet is not seen', async () => {
  const { call, ours, advance, now } = account(1000);
  const gone = await ours('run00001');
  expect(await findLeftovers(call, { run: 'run00001' }, now())).toMatchObject({ listed: 0, leftovers: [] });
  advance(1000);
  await call('DeleteUserPool', { UserPoolId: gone });
  expect(await findLeftovers(call, { run: 'run00001' }, now())).toMatchObject({
    listed: 1,
    leftovers: [],
    foreign: [],
  });
});

test('what somebody deletes meanwhile is as good as deleted', async () => {
  const { call, ours, now } = account();
  const id = await ours('run00001');
  const { leftovers } = await findLeftovers(call, { run: 'run00001' }, now());
  await call('DeleteUserPool', { UserPoolId: id });
  expect(await deleteLeftovers(call, leftovers)).toEqual([]);
});

test('deletion protection is respected, and named', async () => {
  const { call, ours, names, now } = account();
  const id = await ours('run00001', 'plain', { DeletionProtection: 'ACTIVE' });
  await ours('run00001', 'verified');
  const { leftovers } = await findLeftovers(call, { run: 'run00001' }, now());
  const left = await deleteLeftovers(call, leftovers);
  expect(left.map(({ why }) => why)).toEqual([
    `deletion protection is on; switch it off: aws cognito-idp update-user-pool --user-pool-id ${id} --deletion-protection INACTIVE`,
  ]);
  expect(await names()).toEqual(['cognito-conformance-run00001-plain']);
});

test('so is a domain', async () => {
  const described = { UserPoolTags: tags('run00001', START), Domain: 'sign-in' };
  const call: Call = (operation) =>
    operation === 'ListUserPools'
      ? said({ UserPools: [{ Id: 'us-east-1_a', Name: 'cognito-conformance-run00001-plain', CreationDate: 1 }] })
      : said({ UserPool: described });
  const { leftovers } = await findLeftovers(call, { run: 'run00001' });
  expect(await deleteLeftovers(call, leftovers)).toMatchObject([
    {
      id: 'us-east-1_a',
      why: 'it has the domain sign-in; delete that first: aws cognito-idp delete-user-pool-domain --user-pool-id us-east-1_a --domain sign-in',
    },
  ]);
});

test('a pool that cannot be deleted does not keep the others', async () => {
  const { call, ours, names, now } = account();
  const ids = [await ours('run00001', 'a'), await ours('run00001', 'b'), await ours('run00001', 'c')];
  const { leftovers } = await findLeftovers(call, { run: 'run00001' }, now());
  const troubled: Call = (operation, input) => {
    if (input['UserPoolId'] === ids[0]) return Promise.reject(new Error('the connection was closed'));
    if (input['UserPoolId'] === ids[1])
      return said({}, { status: 400, error: 'AccessDeniedException', message: 'No.' });
    return call(operation, input);
  };
  const left = await deleteLeftovers(troubled, leftovers);
  expect(left.map(({ name, why }) => [name, why])).toEqual([
    ['cognito-conformance-run00001-a', 'the connection was closed'],
    ['cognito-conformance-run00001-b', 'cognito-idp:DeleteUserPool is refused: AccessDeniedException: No.'],
  ]);
  expect(await names()).toEqual(['cognito-conformance-run00001-a', 'cognito-conformance-run00001-b']);
});

test.each(['ListUserPools', 'DescribeUserPool'])('a refused %s is named', async (refused) => {
  const { call, ours, now } = account();
  await ours('run00001');
  const denied: Call = (operation, input) =>
    operation === refused ? said({}, { status: 400, error: 'AccessDeniedException' }) : call(operation, input);
  await expect(findLeftovers(denied, { run: 'run00001' }, now())).rejects.toThrow(
    `target aws: cognito-idp:${refused} is refused: AccessDeniedException: no text`,
  );
});

function said(body: object, answer: Partial<Answered> = {}): Promise<Answered> {
  return Promise.resolve({ status: 200, body, ...answer });
}

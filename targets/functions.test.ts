import { afterAll, beforeAll, expect, test } from 'vitest';
import { functionsAt, serveFunctions } from './functions.ts';

let served: Awaited<ReturnType<typeof serveFunctions>>;
const user = { UserPoolId: 'pool_1', Username: 'a user/1' };
const event = {
  triggerSource: 'CustomMessage_UpdateUserAttribute',
  userPoolId: user.UserPoolId,
  userName: user.Username,
  response: { emailSubject: null, emailMessage: null },
};

beforeAll(async () => {
  served = await serveFunctions();
});
afterAll(() => served.close());

async function invoke(sent: unknown, path = '/2015-03-31/functions/any%3Aname/invocations') {
  const response = await fetch(served.url + path, { method: 'POST', body: JSON.stringify(sent) });
  const text = await response.text();
  return {
    status: response.status,
    error: response.headers.get('x-amz-function-error') ?? response.headers.get('x-amzn-errortype'),
    payload: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

test.each([
  [
    'answers',
    { answers: { emailSubject: 'Hello' } },
    200,
    null,
    { ...event, response: { emailSubject: 'Hello', emailMessage: null } },
  ],
  ['throws', { throws: 'no' }, 200, 'Unhandled', { errorType: 'Error', errorMessage: 'no', trace: [] }],
  ['gives something else back', { returns: 'nonsense' }, 200, null, 'nonsense'],
  ['gives null back', { returns: null }, 200, null, null],
  [
    'may not be invoked',
    { refused: 'AccessDeniedException' },
    403,
    'AccessDeniedException',
    { Type: 'User', Message: 'The function may not be invoked' },
  ],
])('a function that %s', async (_, behaviour, status, error, payload) => {
  await functionsAt(served.url).define(user, { CustomMessage: behaviour });
  expect(await invoke(event)).toEqual({ status, error, payload });
  expect(await functionsAt(served.url).events(user)).toEqual([event]);
});

test('events are those of one user, oldest first, since they were defined', async () => {
  const functions = functionsAt(served.url);
  const other = { ...user, Username: 'other' };
  await functions.define(user, {});
  await functions.define(other, {});
  await invoke({ ...event, n: 1 });
  await invoke({ ...event, userName: 'other' });
  await invoke({ ...event, n: 2 });
  expect(await functions.events(user)).toEqual([
    { ...event, n: 1 },
    { ...event, n: 2 },
  ]);
  expect(await functions.events(other)).toEqual([{ ...event, userName: 'other' }]);
  await functions.forget(user);
  expect(await functions.events(user)).toEqual([]);
});

test('an event that names no user of a case is told to all cases of its pool, one without a pool to all', async () => {
  const functions = functionsAt(served.url);
  const lost = { UserPoolId: 'pool_2', Username: 'lost' };
  await functions.define(lost, {});
  await invoke({ ...event, userPoolId: 'pool_2', userName: 'somebody else' });
  await invoke({ ...event, userPoolId: 'pool_3', userName: 'somebody else' });
  expect(await functions.events(lost)).toEqual([{ ...event, userPoolId: 'pool_2', userName: 'somebody else' }]);
  await invoke({ userName: 'lost' });
  expect(await functions.events(lost)).toHaveLength(2);
});

test('functions that are gone say where they were', async () => {
  const gone = functionsAt('http://127.0.0.1:1').events(user);
  await expect(gone).rejects.toThrow('the functions at http://127.0.0.1:1 cannot be reached: ');
});

test('an event of a user that nobody defined, or of another trigger, comes back as it is', async () => {
  const stranger = { ...event, userName: 'stranger' };
  expect((await invoke(stranger)).payload).toEqual(stranger);
  await functionsAt(served.url).define(user, { CustomMessage: { throws: 'no' } });
  const signUp = { ...event, triggerSource: 'PreSignUp_SignUp' };
  expect(await invoke(signUp)).toEqual({ status: 200, error: null, payload: signUp });
});

test('any other path is not found', async () => {
  expect((await invoke(event, '/2015-03-31/functions/a/b/invocations')).status).toBe(404);
});

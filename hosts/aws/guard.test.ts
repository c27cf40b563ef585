import { expect, test } from 'vitest';
import { NoAnswer } from '../../engine/exchange.ts';
import { Interruption } from '../../engine/interruption.ts';
import type { HttpRequest, HttpResponse } from '../../engine/target.ts';
import { guardRun } from './guard.ts';

const KEY = 'AKIAIOSFODNN7EXAMPLE';
const call = (operation: string, input: object = {}, Authorization = `AWS4-HMAC-SHA256 Credential=${KEY}/a`) => ({
  method: 'POST',
  url: 'http://cognito.invalid/',
  headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`, Authorization },
  body: JSON.stringify(input),
});
const says = (status: number, body: object): HttpResponse => ({ status, headers: [], body: JSON.stringify(body) });
const expired = says(400, { __type: 'ExpiredTokenException' });
const EXPIRED = 'the credentials have expired (at AdminGetUser): get new ones that last longer than the run';

function guarded(answer: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>) {
  const interrupt = new AbortController();
  const guard = guardRun(KEY, interrupt.signal);
  const sent: string[] = [];
  const send = guard.watch(async (request) => {
    sent.push(request.headers['x-amz-target']?.split('.')[1] ?? '');
    return answer(request);
  });
  return { guard, send, sent, interrupt };
}

test('after what no case can do anything about nothing is sent but what finds and deletes pools', async () => {
  const { guard, send, sent } = guarded(() => expired);
  await expect(send(call('AdminGetUser'))).rejects.toEqual(new Interruption('error', EXPIRED));
  await expect(send(call('AdminCreateUser'))).rejects.toThrow(EXPIRED);
  for (const operation of ['ListUserPools', 'DescribeUserPool', 'DeleteUserPool'])
    await send(call(operation)).catch(() => {});
  expect(sent).toEqual(['AdminGetUser', 'ListUserPools', 'DescribeUserPool', 'DeleteUserPool']);
  expect([guard.ended(), guard.stopped.aborted]).toEqual([EXPIRED, true]);
  guard.end('something else');
  expect(guard.ended()).toBe(EXPIRED);
});

test('what is said to a signature of nobody, or to none, ends nothing', async () => {
  const { guard, send } = guarded(() => expired);
  const unsigned = call('AdminGetUser');
  await send({ ...unsigned, headers: { 'x-amz-target': unsigned.headers['x-amz-target'] } });
  await send(call('AdminGetUser', {}, 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/a'));
  expect(guard.ended()).toBe(undefined);
});

test('whoever waits is told at once that somebody has interrupted the run, which did not end by itself', async () => {
  const { guard, send, interrupt } = guarded(() => new Promise(() => {}));
  const waiting = guard.front(send)(call('AdminGetUser'));
  interrupt.abort();
  await expect(waiting).rejects.toThrow('the run was interrupted');
  expect([guard.ended(), guard.stopped.aborted]).toEqual([undefined, true]);
});

test('a service that cannot be reached ends a run; one that closed a connection does not', async () => {
  const failing = (kind: 'unreachable' | 'closed') =>
    guarded(() => {
      throw new NoAnswer(kind, 'nothing listens at cognito.invalid');
    });
  const gone = failing('unreachable');
  await expect(gone.send(call('AdminGetUser'))).rejects.toThrow(
    'Cognito cannot be reached: nothing listens at cognito.invalid',
  );
  const closed = failing('closed');
  await expect(closed.send(call('AdminGetUser'))).rejects.toBeInstanceOf(NoAnswer);
  expect(closed.guard.ended()).toBe(undefined);
});

test('pools that are left are those that were made and not deleted, the last one first, once none is being made', async () => {
  let made = 0;
  let answerLast: (response: HttpResponse) => void = () => {};
  const { guard, send } = guarded(({ headers }) => {
    if (!headers['x-amz-target']?.endsWith('.CreateUserPool')) return says(200, {});
    made += 1;
    if (made === 4) return new Promise((resolve) => (answerLast = resolve));
    return made === 3
      ? says(400, { __type: 'InvalidParameterException' })
      : says(200, { UserPool: { Id: `p${made}` } });
  });
  const creating = [1, 2, 3, 4].map(() => send(call('CreateUserPool')));
  await Promise.all(creating.slice(0, 3));
  const left = guard.made.left();
  answerLast(says(200, { UserPool: { Id: 'p4' } }));
  expect(await left).toEqual(['p4', 'p2', 'p1']);
  await send(call('DeleteUserPool', { UserPoolId: 'p2' }));
  expect(await guard.made.left()).toEqual(['p4', 'p1']);
  expect([[...guard.made.all], guard.made.unanswered()]).toEqual([['p1', 'p2', 'p4'], 0]);
});

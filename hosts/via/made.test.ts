import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import type { HttpResponse } from '../../engine/target.ts';
import { madeOf, type Exceptions } from './made.ts';

const exceptions = sdk as unknown as Exceptions;
const $metadata = { httpStatusCode: 200, requestId: 'id' };
const came = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: [['X-Amzn-RequestId', 'id']],
  body: body === undefined ? '' : JSON.stringify(body),
});
const made = (body: unknown, output: object) => {
  const { breaks, details } = madeOf(came(200, body), { output: { $metadata, ...output } }, exceptions);
  return [...breaks, ...details].map(({ message }) => message);
};

test.each<[body: unknown, output: object, ...messages: string[]]>([
  [
    { a: 'b', c: [{ d: 1 }] },
    { a: 'b', c: [{ d: 1 }] },
  ],
  [{ a: 'b', unknown: 1 }, { a: 'b' }],
  [undefined, {}],
  [{ at: 1700000000.123 }, { at: new Date(1700000000123) }],
  [{ at: '1700000000' }, { at: new Date(1700000000000) }],
  [{ at: '2026-11-23T10:00:00Z' }, { at: new Date('2026-11-23T10:00:00Z') }],
  [{ at: '2026-11-23T10:00:00Z' }, { at: new Date(2026) }, "the SDK's /at is another moment"],
  [{ at: 'soon' }, { at: new Date(NaN) }, "the SDK's /at is another moment"],
  [{ at: 1700000000 }, { at: new Date(1700000000) }, "the SDK's /at is another moment"],
  [{ a: { b: [1, 2] } }, { a: { b: [1] } }, "the SDK's /a/b has other items"],
  [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, "the SDK's /a/b/1 is another value"],
  [{}, { a: 1 }, "the SDK's /a is another value"],
])('an output is held against the body: %j, %j', (body, output, ...messages) => {
  expect(made(body, output)).toEqual(messages);
});

test('a date that is none is told as such', () => {
  const outcome = { output: { $metadata, at: new Date(NaN) } };
  expect(madeOf(came(200, { at: 'soon' }), outcome, exceptions).breaks).toEqual([
    {
      kind: 'client',
      path: '/at',
      message: "the SDK's /at is another moment",
      keyword: 'another moment',
      expected: 'soon',
      actual: 'Invalid Date',
    },
  ]);
});

test('an error is caught by its class, shown by its message and traced by its request', () => {
  const refusal = came(400, { __type: 'NotAuthorizedException', message: 'No.' });
  const thrown = (error: Error, metadata: object = { ...$metadata, httpStatusCode: 400 }) => {
    const { breaks, details } = madeOf(refusal, { thrown: Object.assign(error, { $metadata: metadata }) }, exceptions);
    return [...breaks, ...details].map(({ message }) => message);
  };
  const of = (message: string) => ({ message, $metadata: {} });
  const base = (name: string) =>
    new sdk.CognitoIdentityProviderServiceException({ name, $fault: 'client', ...of('No.') });
  expect(thrown(new sdk.NotAuthorizedException(of('No.')))).toEqual([]);
  expect(thrown(base('NotAuthorizedException'))).toEqual([
    'the SDK throws a NotAuthorizedException that is no instance of its class NotAuthorizedException',
  ]);
  expect(thrown(base('Other'))).toEqual(['the SDK throws Other where 400 NotAuthorizedException came']);
  expect(thrown(new SyntaxError('<'))).toEqual(['the SDK throws SyntaxError where 400 NotAuthorizedException came']);
  expect(thrown(new sdk.NotAuthorizedException(of('Else.')))).toEqual(['the SDK gives another message']);
  expect(thrown(new sdk.NotAuthorizedException(of('No.')), { httpStatusCode: 500, requestId: 'x' })).toEqual([
    "the SDK's $metadata.httpStatusCode is another",
    "the SDK's $metadata.requestId is another",
  ]);
  expect(madeOf(refusal, { output: { $metadata } }, exceptions).breaks.map(({ message }) => message)).toEqual([
    'the SDK takes 400 NotAuthorizedException for a success',
  ]);
});

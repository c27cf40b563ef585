import { expect, test } from 'vitest';
import { askedBy } from './request.ts';

const TARGET = { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetUser' };
const claims = { iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool', username: 'ada' };
const token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;

test.each<[what: string, body: string | undefined, asked: object]>([
  ['an administrator names pool and user', '{"UserPoolId":"p","Username":"ada"}', { pool: 'p', user: 'p/ada' }],
  [
    'a token names both',
    JSON.stringify({ AccessToken: token }),
    { pool: 'us-east-1_pool', user: 'us-east-1_pool/ada' },
  ],
  ['who signs in names a client', '{"ClientId":"c","AuthParameters":{"USERNAME":"ada"}}', { user: 'c/ada' }],
  ['a token that is none names nobody', '{"AccessToken":"a.b.c"}', {}],
  ['members of other types name nobody', '{"UserPoolId":1,"Username":["ada"],"AuthParameters":7}', {}],
  ['no JSON names nobody', '{"UserPoolId":', {}],
  ['nothing names nobody', undefined, {}],
])('%s', (_, body, asked) => {
  expect(askedBy({ headers: TARGET, body })).toEqual({ operation: 'GetUser', ...asked });
});

test('a request without a target asks for no operation', () => {
  expect(askedBy({ headers: { 'content-type': 'text/plain' }, body: '{}' })).toEqual({});
});

import { expect, test } from 'vitest';
import { labelled } from './labels.ts';
import type { Exchange } from './recording.ts';

const at = '2026-11-23T15:00:00.000Z';
const sub = '11111111-2222-4333-8444-555555555555';
const [first, second] = ['a', 'b'].map((jti) => jwt({ sub, jti: `${jti}0000000-2222-4333-8444-555555555555` }));

function jwt(claims: object): string {
  return (
    [{ alg: 'RS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.sig'
  );
}

function exchange(sent: object, came: object, headers: Record<string, string> = {}): Exchange {
  const request = { method: 'POST', path: '/', headers, body: JSON.stringify(sent) };
  return {
    call: 'Read',
    at,
    durationMs: 1,
    request,
    response: { status: 200, headers: [], body: JSON.stringify(came) },
  };
}

function kept(exchanges: Exchange[], known: Partial<Parameters<typeof labelled>[1]> = {}) {
  const { labels, entries } = labelled(exchanges, { secrets: [], names: [], ...known });
  const bodies = (entries as Exchange[]).flatMap(({ request, response }) => [request.body, response?.body]);
  return { labels, bodies: bodies.map((body) => JSON.parse(body ?? '') as unknown) };
}

test('the same thing bears the same label, and different things different ones', () => {
  const { labels, bodies } = kept(
    [
      exchange({ AccessToken: first }, { UserAttributes: [{ Name: 'sub', Value: sub }], Username: sub }),
      exchange({ AccessToken: second }, { Other: first }),
    ],
    {
      secrets: [
        [first ?? '', 'AccessToken of user'],
        [second ?? '', 'AccessToken of user'],
      ],
      names: [[sub, 'user.sub']],
    },
  );
  expect(bodies).toEqual([
    { AccessToken: '<AccessToken of user>' },
    { UserAttributes: [{ Name: 'sub', Value: '<user.sub>' }], Username: '<user.sub>' },
    { AccessToken: '<AccessToken of user 2>' },
    { Other: '<AccessToken of user>' },
  ]);
  const header = { alg: 'RS256' };
  expect(labels).toEqual({
    'user.sub': { form: '########-####-4###-8###-############' },
    'AccessToken of user': { header, claims: { sub: '<user.sub>', jti: '<id>' } },
    'AccessToken of user 2': { header, claims: { sub: '<user.sub>', jti: '<id 2>' } },
    id: { form: '########-####-4###-8###-############' },
    'id 2': { form: '########-####-4###-8###-############' },
  });
});

test('ids, accounts and secrets that nobody named are found by where they stand', () => {
  const { labels, bodies } = kept([
    exchange(
      { UserPoolId: 'eu-west-1_Ab3De5Fg7', Role: 'arn:aws:iam::210987654321:role/sms', ClientId: '7abcdefgh8' },
      { UserPool: { Id: 'eu-west-1_Ab3De5Fg8', Arn: 'arn:aws:cognito-idp:eu-west-1:210987654321:userpool/x' } },
    ),
    exchange({ Password: 'Pw-secret-9z', x: '7abcdefgh8' }, { Code: '123456', n: '1234567' }),
  ]);
  expect(bodies).toEqual([
    { UserPoolId: '<pool.UserPoolId>', Role: 'arn:aws:iam::<account>:role/sms', ClientId: '<client.ClientId>' },
    { UserPool: { Id: '<pool.UserPoolId 2>', Arn: 'arn:aws:cognito-idp:eu-west-1:<account>:userpool/x' } },
    { Password: '<Password>', x: '<client.ClientId>' },
    { Code: '<Code>', n: '1234567' },
  ]);
  expect(labels['pool.UserPoolId']).toEqual({ form: 'eu-west-1_#########' });
  expect(labels['Code']).toEqual({ form: '######' });
});

test('the digits of a case are found inside other words', () => {
  const { bodies } = kept([exchange({ to: 'ada-1234567890@example.com' }, {})], { names: [['1234567890', 'unique']] });
  expect(bodies[0]).toEqual({ to: 'ada-<unique>@example.com' });
});

test('a text that looks like a label is none', () => {
  const { bodies, labels } = kept([exchange({ a: '<Code>', Code: '123456' }, {})]);
  expect(bodies[0]).toEqual({ a: '<Code>', Code: '<Code 2>' });
  expect(Object.keys(labels)).toEqual(['Code 2']);
});

test('secret headers have no label, and are not kept', () => {
  const { entries, labels } = labelled([exchange({}, {}, { Authorization: 'AWS4 Signature=abcdef' })], {
    secrets: [['AWS4 Signature=abcdef', 'Authorization']],
    names: [],
  });
  expect((entries[0] as Exchange).request.headers).toEqual({ Authorization: '<Authorization>' });
  expect(JSON.stringify(labels)).not.toContain('abcdef');
});

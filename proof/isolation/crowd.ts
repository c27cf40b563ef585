import fc from 'fast-check';
import { call, type Json } from '../../mocks/call.test-data.ts';
import type { Fault } from '../../mocks/fault.ts';
import { createMock, type Mock } from '../../mocks/mock.ts';

/** One thing that a user of a crowd does; what they write bears their number. */
type Deed =
  | { deed: 'write'; name: Name; nth: number }
  | { deed: 'delete'; name: Name }
  | { deed: 'ask'; name: Name }
  | { deed: 'prove'; name: Name; code: 'own' | 'of another' }
  | { deed: 'read' | 'refresh' };
type Name = (typeof names)[number];

/** The deeds of every user. */
export type Crowd = readonly (readonly Deed[])[];

const names = ['email', 'phone_number', 'nickname'] as const;
const name = fc.constantFrom(...names);
const contact = fc.constantFrom<Name[]>('email', 'email', 'phone_number');
const deed = <One extends string>(one: One): fc.Arbitrary<One> => fc.constant(one);

const aDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ deed: deed('write'), name, nth: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ deed: deed('delete'), name }) },
  { weight: 3, arbitrary: fc.record({ deed: deed('ask'), name: contact }) },
  {
    weight: 3,
    arbitrary: fc.record({ deed: deed('prove'), name: contact, code: fc.constantFrom('own', 'of another') }),
  },
  { weight: 1, arbitrary: fc.record({ deed: fc.constantFrom('read', 'refresh') }) },
);

export const crowds = (users: number): fc.Arbitrary<Crowd> =>
  fc.array(fc.array(aDeed, { minLength: 4, maxLength: 8 }), { minLength: users, maxLength: users });

interface Together {
  /** The one of the crowd who is there; all without. */
  only?: number;
  /** Waited for before and after every request, and while a function is asked. */
  pause: () => Promise<unknown>;
  faults?: readonly Fault[];
}

interface Gathering extends Together {
  mock: Mock;
  UserPoolId: string;
  ClientId: string;
}

/** Lets the users of a crowd act in one pool, each in their own order and all at once. Gives what each met. */
export async function gather(crowd: Crowd, together: Together): Promise<string[][]> {
  const { faults = [], only } = together;
  const mock = createMock({ now: () => 1_700_000_000_000, lambdaEndpoint: 'http://functions.invalid', faults });
  const { UserPool } = await call(mock, 'CreateUserPool', {
    PoolName: 'crowd',
    AutoVerifiedAttributes: ['email', 'phone_number'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['phone_number'] },
    AliasAttributes: ['email'],
    SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' },
    LambdaConfig: { CustomMessage: 'arn:aws:lambda:us-east-1:123456789012:function:CustomMessage' },
  });
  const UserPoolId = String((UserPool as Record<string, unknown>)['Id']);
  const { UserPoolClient } = await call(mock, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'crowd',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const ClientId = String((UserPoolClient as Record<string, unknown>)['ClientId']);
  const gathering: Gathering = { ...together, mock, UserPoolId, ClientId };
  const there = crowd
    .map((deeds, number) => ({ deeds, number }))
    .filter(({ number }) => only === undefined || number === only);
  const users = await Promise.all(
    there.map(async ({ deeds, number }) => ({ deeds, user: await join(gathering, number) })),
  );
  return Promise.all(users.map(async ({ deeds, user }) => act(gathering, user, deeds)));
}

interface User {
  number: number;
  Username: string;
  AccessToken: string;
  RefreshToken: string;
}

const nameOf = (number: number): string => `u${String(number).padStart(2, '0')}`;

async function join({ mock, UserPoolId, ClientId }: Gathering, number: number): Promise<User> {
  const [Username, Password] = [nameOf(number), `Pw-crowd-${number}z`];
  const UserAttributes = [
    { Name: 'email', Value: valueOf('email', number, 0) },
    { Name: 'phone_number', Value: valueOf('phone_number', number, 0) },
  ];
  await call(mock, 'AdminCreateUser', { UserPoolId, Username, MessageAction: 'SUPPRESS', UserAttributes });
  await call(mock, 'AdminSetUserPassword', { UserPoolId, Username, Password, Permanent: true });
  const AuthParameters = { USERNAME: Username, PASSWORD: Password };
  const answer = await call(mock, 'InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters });
  return { number, Username, ...(answer['AuthenticationResult'] as { AccessToken: string; RefreshToken: string }) };
}

function valueOf(name: Name, number: number, nth: number): string {
  if (name === 'phone_number') return `+1555${String(number).padStart(3, '0')}${String(nth).padStart(4, '0')}`;
  return name === 'email' ? `mail-${nth}@${nameOf(number)}.example` : `name ${nth} of ${nameOf(number)}`;
}

async function act(gathering: Gathering, user: User, deeds: readonly Deed[]): Promise<string[]> {
  const { mock, pause, UserPoolId } = gathering;
  const met: string[] = [];
  const ask = async (operation: string, input: Record<string, Json>): Promise<Record<string, unknown>> => {
    await pause();
    const answer = await call(mock, operation, input);
    await pause();
    met.push(`${operation}: ${plain(answer)}`);
    return answer;
  };
  for (const one of deeds) {
    const AccessToken = user.AccessToken;
    switch (one.deed) {
      case 'write': {
        const Value = valueOf(one.name, user.number, one.nth);
        await ask('UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name: one.name, Value }] });
        break;
      }
      case 'delete':
        await ask('DeleteUserAttributes', { AccessToken, UserAttributeNames: [one.name] });
        break;
      case 'ask':
        await ask('GetUserAttributeVerificationCode', { AccessToken, AttributeName: one.name });
        break;
      case 'prove': {
        const Code = codeFor(gathering, user, one.name, one.code);
        await ask('VerifyUserAttribute', { AccessToken, AttributeName: one.name, Code });
        break;
      }
      case 'read':
        await ask('GetUser', { AccessToken });
        break;
      case 'refresh': {
        const AuthParameters = { REFRESH_TOKEN: user.RefreshToken };
        const answer = await ask('InitiateAuth', {
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          ClientId: gathering.ClientId,
          AuthParameters,
        });
        user.AccessToken = (answer['AuthenticationResult'] as User).AccessToken;
      }
    }
    await ask('AdminGetUser', { UserPoolId, Username: user.Username });
    met.push(
      ...mock.messages.filter(({ username }) => username === user.Username).map(({ to, medium }) => `${medium} ${to}`),
    );
  }
  return met;
}

/** The newest there is; one of another is nonsense to who is alone. */
function codeFor({ mock }: Gathering, { Username }: User, name: Name, whose: 'own' | 'of another'): string {
  const codes = mock.messages.filter(
    ({ username, attribute }) => attribute === name && (username === Username) === (whose === 'own'),
  );
  return codes.at(-1)?.code ?? 'nonsense';
}

/** An answer without what is drawn anew each time; of tokens what they say. */
function plain(answer: Record<string, unknown>): string {
  return JSON.stringify(answer)
    .replace(/eyJ[\w-]+\.([\w-]+)\.[\w-]+/g, (_, claims: string) => Buffer.from(claims, 'base64url').toString())
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/us-east-1_\w+|"(client_id|aud)\\?":\\?"\w+/g, '<id>');
}

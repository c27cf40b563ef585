import { call } from '../../mocks/call.test-data.ts';
import type { Mock } from '../../mocks/mock.ts';
import type { Start } from './acts.ts';
import { HOUR, isContact, type Changes, type Person, type PoolPlan, type Session, type World } from './user-model.ts';

/** A mock with the clock of a world, and with its function. */
export type MakeMock = (world: World) => Mock;

export interface Game {
  world: World;
  mock: Mock;
  UserPoolId: string;
  ClientId: string;
  /** Every code that was sent, oldest first. */
  sent: { to: Person; attribute: string; code: string }[];
}

export const DAY = 24 * HOUR;

/** A pool as planned, with a client and users who are signed in. */
export async function begin(plan: PoolPlan, starts: readonly Start[], makeMock: MakeMock): Promise<Game> {
  const world: World = { plan, now: 1_700_000_000_000, throwing: false, people: [] };
  const mock = makeMock(world);
  const attribute = { AttributeDataType: 'String', Mutable: true };
  const made = await call(mock, 'CreateUserPool', {
    PoolName: 'sequence',
    AutoVerifiedAttributes: [...plan.auto],
    ...(plan.early.length > 0 && {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [...plan.early] },
    }),
    ...(plan.name && { UsernameAttributes: [plan.name] }),
    ...(plan.alias && { AliasAttributes: [plan.alias] }),
    ...(plan.sms && { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } }),
    ...(plan.asks && {
      LambdaConfig: { CustomMessage: 'arn:aws:lambda:us-east-1:123456789012:function:CustomMessage' },
    }),
    UsernameConfiguration: { CaseSensitive: !plan.anyCase },
    Schema: [
      { ...attribute, Name: 'team', StringAttributeConstraints: { MinLength: '3', MaxLength: '20' } },
      { ...attribute, Name: 'badge', Mutable: false },
      {
        ...attribute,
        Name: 'age',
        AttributeDataType: 'Number',
        NumberAttributeConstraints: { MinValue: '0', MaxValue: '150' },
      },
      { ...attribute, Name: 'family_name', Required: plan.required },
    ],
  });
  const UserPoolId = String((made['UserPool'] as Record<string, unknown>)['Id']);
  const client = await call(mock, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'sequence',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    AccessTokenValidity: 24,
    ...(plan.write && { WriteAttributes: [...plan.write] }),
    ...(plan.read && { ReadAttributes: [...plan.read] }),
  });
  const ClientId = String((client['UserPoolClient'] as Record<string, unknown>)['ClientId']);
  const game: Game = { world, mock, UserPoolId, ClientId, sent: [] };
  for (const [number, start] of starts.entries()) world.people.push(await create(game, number, start));
  return game;
}

async function create({ world, mock, UserPoolId, ClientId }: Game, number: number, start: Start): Promise<Person> {
  const { plan } = world;
  const list: Changes = [
    ...(start.email || plan.name === 'email' ? ([['email', `u${number}@x.example`]] as const) : []),
    ...(start.phone || plan.name === 'phone_number' ? ([['phone_number', `+1555010000${number}`]] as const) : []),
    ...(start.custom
      ? ([
          ['custom:team', 'blue'],
          ['custom:badge', 'b0'],
        ] as const)
      : []),
    ...(plan.required ? ([['family_name', 'Doe']] as const) : []),
  ];
  const flags = list.flatMap(([name]): [string, string][] =>
    start.verified && isContact(name) ? [[`${name}_verified`, 'true']] : [],
  );
  const attributes = new Map([...list, ...flags].map(([name, value]) => [name, value ?? '']));
  const login = (plan.name && attributes.get(plan.name)) ?? `user-${number}`;
  const UserAttributes = [...attributes].map(([Name, Value]) => ({ Name, Value }));
  const { User } = await call(mock, 'AdminCreateUser', {
    UserPoolId,
    Username: login,
    MessageAction: 'SUPPRESS',
    UserAttributes,
  });
  const { Username: username, Attributes } = User as {
    Username: string;
    Attributes: { Name: string; Value: string }[];
  };
  const sub = Attributes.find(({ Name }) => Name === 'sub')?.Value ?? '';
  const person: Person = {
    username,
    sub,
    password: `Pw-sequence-${number}z`,
    enabled: true,
    attributes,
    codes: [],
    sessions: [],
    asked: [],
    tried: [],
  };
  await call(mock, 'AdminSetUserPassword', {
    UserPoolId,
    Username: username,
    Password: person.password,
    Permanent: true,
  });
  const AuthParameters = { USERNAME: login, PASSWORD: person.password };
  const answer = await call(mock, 'InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters });
  person.sessions.push(sessionOf(answer, person, world.now));
  return person;
}

/** Of an answer to a sign-in. */
export function sessionOf({ AuthenticationResult }: Record<string, unknown>, { sub }: Person, now: number): Session {
  const { AccessToken: text, RefreshToken: refresh = '' } = AuthenticationResult as Record<string, string>;
  const claims = JSON.parse(Buffer.from(text?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  same('sub of the token', claims['sub'], sub);
  return { tokens: [{ text: text ?? '', expires: now + DAY }], refresh, ended: false };
}

export function same(what: string, found: unknown, wanted: unknown): void {
  const [one, other] = [found, wanted].map((value) => JSON.stringify(value));
  if (one !== other) throw new Error(`${what}: ${one} instead of ${other}`);
}

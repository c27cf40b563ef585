import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** A request, and what its answer must be. `{{name}}` in the body is what an earlier answer held. */
export interface Exchange {
  operation: string;
  signed: boolean;
  body: Record<string, unknown>;
  status: number;
  /** The JSON Schema of the answer, by its name. */
  schema?: string;
  /** What a user must have afterwards: an entry of `UserAttributes`. */
  attribute?: { Name: string; Value: string };
  save?: { name: string; at: string[] };
}

export interface PlainCase {
  name: string;
  /** Whether the target gets it wrong. */
  wrong: boolean;
  /** Before and after the update. */
  attributes: [Record<string, string>, Record<string, string>];
  exchanges: Exchange[];
}

/** What every tool is given, in its own words: 6 requests a case, as the command sends them. */
export interface List {
  before: Exchange[];
  cases: PlainCase[];
  after: Exchange[];
  schemas: Record<string, object>;
}

/** Answers that are wrong: `five` are, since the target lets users declare their own address verified; or each of the cases expects another attribute than there is. */
export type Wrong = 'five' | 'none' | 'all';

export const WRONG = 5;

export function plainList(count: number, wrong: Wrong = 'five'): List {
  const refused = (index: number): boolean => wrong === 'five' && index % Math.floor(count / WRONG) === 1;
  return {
    before: [
      {
        ...administrator('CreateUserPool', { PoolName: 'bench' }),
        save: { name: 'pool', at: ['UserPool', 'Id'] },
      },
      administrator('DescribeUserPool', { UserPoolId: '{{pool}}' }),
      {
        ...administrator('CreateUserPoolClient', { UserPoolId: '{{pool}}', ClientName: 'bench', ...client }),
        save: { name: 'client', at: ['UserPoolClient', 'ClientId'] },
      },
    ],
    cases: Array.from({ length: count }, (_, index) => plainCase(index, refused(index), wrong === 'all')),
    after: [administrator('DeleteUserPool', { UserPoolId: '{{pool}}' })],
    schemas: Object.fromEntries(
      ['AdminCreateUser', 'InitiateAuth', 'AdminGetUser', 'UpdateUserAttributes'].map((name) => [name, shape(name)]),
    ),
  };
}

const Password = 'Correct-horse-1';

const { client } = JSON.parse(readFileSync(new URL('fixtures/client.json', root()), 'utf8')) as { client: object };

function plainCase(index: number, refused: boolean, another: boolean): PlainCase {
  const name = `case-${String(index).padStart(4, '0')}`;
  const email = `${name}@example.com`;
  const before = refused ? { email, email_verified: 'false' } : { nickname: `before ${index}` };
  const update = refused
    ? { email: `new-${email}`, email_verified: 'true' }
    : ({ nickname: `after ${index}` } as Record<string, string>);
  const after: Record<string, string> = refused ? before : another ? { nickname: `other ${index}` } : update;
  const [shown = ''] = Object.keys(after);
  const user = { UserPoolId: '{{pool}}', Username: name };
  return {
    name,
    wrong: refused || another,
    attributes: [before, after],
    exchanges: [
      {
        ...administrator('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS', UserAttributes: listed(before) }),
        schema: 'AdminCreateUser',
      },
      administrator('AdminSetUserPassword', { ...user, Password, Permanent: true }),
      {
        operation: 'InitiateAuth',
        signed: false,
        body: {
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId: '{{client}}',
          AuthParameters: { USERNAME: name, PASSWORD: Password },
        },
        status: 200,
        schema: 'InitiateAuth',
        save: { name: 'token', at: ['AuthenticationResult', 'AccessToken'] },
      },
      { ...administrator('AdminGetUser', user), schema: 'AdminGetUser' },
      {
        operation: 'UpdateUserAttributes',
        signed: false,
        body: { AccessToken: '{{token}}', UserAttributes: listed(update) },
        status: refused ? 400 : 200,
        ...(!refused && { schema: 'UpdateUserAttributes' }),
      },
      {
        ...administrator('AdminGetUser', user),
        schema: 'AdminGetUser',
        attribute: { Name: shown, Value: after[shown] ?? '' },
      },
    ],
  };
}

function administrator(operation: string, body: Record<string, unknown>): Exchange {
  return { operation, signed: true, body, status: 200 };
}

function listed(attributes: Record<string, string>): { Name: string; Value: string }[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

function shape(operation: string): object {
  return JSON.parse(readFileSync(new URL(`specs/shapes/${operation}.json`, root()), 'utf8')) as object;
}

/** `npm run` begins in the package. */
export function root(): URL {
  return pathToFileURL(`${process.cwd()}/`);
}

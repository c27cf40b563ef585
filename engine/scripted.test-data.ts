import type { Case, JsonObject, Step } from './case.ts';
import type { Result } from './result.ts';
import { runCase } from './run-case.ts';
import { openSession, type Session } from './session.ts';
import type { Suite } from './suite.ts';
import type { HttpRequest, HttpResponse, Target } from './target.ts';

/** A call as a scripted target sees it. */
export interface Call {
  operation: string;
  input: JsonObject;
  /** The how-manieth of its operation, from 1. */
  nth: number;
  signed: boolean;
  fresh: boolean;
  request: HttpRequest;
}

/** Says something else than the small pool below. */
export type Says = (call: Call, pool: SmallPool) => HttpResponse | undefined;

interface SmallPool {
  /** Attributes by user name. */
  users: Map<string, Record<string, string>>;
}

export const json = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: [['content-type', 'application/x-amz-json-1.1']],
  body: JSON.stringify(body),
});
export const refusal = (type: string, message = 'No.'): HttpResponse => json(400, { __type: type, message });

/** Only of one operation, by the how-manieth call. */
export const on =
  (name: string, answer: (nth: number) => ReturnType<Says>): Says =>
  ({ operation, nth }) =>
    operation === name ? answer(nth) : undefined;

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
export const jwt = (claims: object): string => `${encode({ alg: 'RS256' })}.${encode(claims)}.${'A'.repeat(40)}`;

export const suite = {
  name: 'a suite',
  version: '0.0.0',
  folder: '/nowhere/',
  cases: [],
  faults: [],
  operations: {
    Read: { signed: false, writes: 'nothing', input: [], errors: ['Declared'] },
    Write: { signed: false, writes: 'attributes', input: [], errors: ['Declared'] },
    AdminSend: { signed: true, writes: 'other', input: [], errors: [] },
    AdminGetUser: { signed: true, writes: 'nothing', input: [], errors: [] },
    AdminCreateUser: { signed: true, writes: 'other', input: [], errors: [] },
    InitiateAuth: { signed: false, writes: 'other', input: [], errors: [] },
  },
  shapes: { Read: { type: 'object', properties: { Username: { type: 'string' } } } },
  tokenKinds: {
    broken: { about: '', signature: 'broken' },
    expired: { about: '', signature: 'own', claims: { exp: 1 } },
    foreign: { about: '', signature: 'foreign' },
  },
  patterns: {},
  pools: {
    plain: {},
    email: { UsernameAttributes: ['email', 'phone_number'] },
    loud: { Policies: { Lists: ['a', 'b'], Length: 8 }, Schema: [{ Name: 'team' }], Note: '${target.note}' },
  },
  client: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] },
} as unknown as Suite;

/** A pool of users that does as it is told, with somebody in front who may say something else. */
export function scripted(
  says: Says = () => undefined,
  more: Partial<Target> = {},
  within: Partial<Suite> = {},
): { session: Session; calls: Call[]; of: (operation: string) => Call[] } {
  const calls: Call[] = [];
  const of = (operation: string): Call[] => calls.filter((call) => call.operation === operation);
  const users: SmallPool['users'] = new Map();
  const pools: JsonObject[] = [];

  const honest = ({ operation, input }: Call): HttpResponse => {
    const login = String(input['Username'] ?? nameIn(input['AccessToken']));
    switch (operation) {
      case 'CreateUserPool':
        pools.push({ ...input, Id: `pool-${pools.length + 1}` });
        return json(200, { UserPool: pools.at(-1) });
      case 'DescribeUserPool':
        return json(200, { UserPool: pools.find(({ Id }) => Id === input['UserPoolId']) });
      case 'CreateUserPoolClient':
        return json(200, { UserPoolClient: { ClientId: `client-${of(operation).length}` } });
      case 'AdminCreateUser':
        users.set(login, { sub: `sub-${users.size + 1}`, ...attributesIn(input) });
        return json(200, { User: { Username: login } });
      case 'InitiateAuth': {
        const name = String((input['AuthParameters'] as JsonObject)['USERNAME']);
        return json(200, { AuthenticationResult: { AccessToken: jwt({ sub: users.get(name)?.['sub'], name }) } });
      }
      case 'AdminGetUser': {
        const UserAttributes = Object.entries(users.get(login) ?? {}).map(([Name, Value]) => ({ Name, Value }));
        return users.has(login) ? json(200, { Username: login, UserAttributes }) : refusal('UserNotFoundException');
      }
      case 'Write':
        users.set(login, { ...users.get(login), ...attributesIn(input) });
        return json(200, {});
      case 'Read':
        return json(200, { Username: login });
      case 'AdminSetUserPassword':
      case 'AdminSend':
      case 'DeleteUserPool':
        return json(200, {});
      default:
        return refusal('UnknownOperationException', operation);
    }
  };

  const target: Target = {
    name: 'scripted',
    endpoint: 'http://scripted.invalid',
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'not-a-secret' },
    values: { note: 'noted' },
    send: async (request, options) => {
      const lower = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
      const headers: Record<string, string | undefined> = Object.fromEntries(lower);
      const operation = headers['x-amz-target']?.replace(/^.*\./, '') ?? `${request.method} ${request.url}`;
      const call: Call = {
        operation,
        input: JSON.parse(request.body ?? '{}') as JsonObject,
        nth: of(operation).length + 1,
        signed: headers['authorization'] !== undefined,
        fresh: options?.fresh ?? false,
        request,
      };
      calls.push(call);
      return says(call, { users }) ?? honest(call);
    },
    ...more,
  };
  return { session: openSession(target, { ...suite, ...within }), calls, of };
}

export const step = {
  read: { call: 'Read', with: { AccessToken: '${user.AccessToken}' }, expect: { body: {} } },
  write: {
    call: 'Write',
    with: { AccessToken: '${user.AccessToken}', UserAttributes: [{ Name: 'team', Value: 'blue' }] },
    expect: { body: {} },
    changes: { team: 'blue' },
  },
} satisfies Record<string, Step>;

export const some = (steps: Step[], more: Partial<Case> = {}): Case => ({
  id: 'Write/some',
  title: 'something is so',
  level: 'must',
  evidence: ['seen'],
  given: { pool: 'plain', user: { team: 'red' } },
  steps,
  file: 'specs/Write/some.json',
  pointer: '/cases/0',
  ...more,
});

/** What a result says of a case. */
export const said = ({ verdict, cause, reason, fingerprint }: Result) => ({ verdict, cause, reason, fingerprint });

export async function judged(test: Case, says?: Says, more?: Partial<Target>): Promise<ReturnType<typeof said>> {
  return said(await runCase(test, scripted(says, more).session));
}

function attributesIn(input: JsonObject): Record<string, string> {
  const list = (input['UserAttributes'] ?? []) as { Name: string; Value: string }[];
  return Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
}

function nameIn(token: unknown): unknown {
  const claims = Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString();
  return claims === '' ? undefined : (JSON.parse(claims) as { name?: string }).name;
}

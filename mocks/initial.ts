import { decode } from './decode.ts';
import { CognitoError, OptionsError, SerializationError } from './errors.ts';
import { inputs, type Input, type OperationName } from './inputs.ts';
import { admit, newUser } from './operations/AdminCreateUser.ts';
import { addPool } from './operations/CreateUserPool.ts';
import { addClient } from './operations/CreateUserPoolClient.ts';
import type { Pool, State, User } from './state.ts';
import { validate } from './validate.ts';

/** A pool that is there from the beginning, as CreateUserPool takes it. */
export type PoolOptions = Input<'CreateUserPool'> & {
  /** For an application's configuration to name, such as `us-east-1_app`. */
  Id: string;
  clients?: readonly ClientOptions[];
  users?: readonly UserOptions[];
};

/** A client of a pool, as CreateUserPoolClient takes it. Without `ExplicitAuthFlows` it has SRP and refresh. */
export type ClientOptions = Omit<Input<'CreateUserPoolClient'>, 'UserPoolId'> & {
  /** Letters, digits and underscores. */
  ClientId: string;
};

/** A user of a pool, of whom nobody is told: no invitation is sent. */
export interface UserOptions {
  Username: string;
  /** Without one nobody signs in with a password. */
  Password?: string;
  /** By name, each value a text: `{ email: 'ada@example.com', email_verified: 'true' }`. A `sub` may be chosen too. */
  UserAttributes?: Readonly<Record<string, string>>;
  /** CONFIRMED unless given; in FORCE_CHANGE_PASSWORD the password is a temporary one. */
  UserStatus?: User['status'];
  /** True unless given. */
  Enabled?: boolean;
}

/** Makes what a mock begins with; throws OptionsError, which says where something is wrong. */
export function addPools(state: State, pools: readonly PoolOptions[]): void {
  list('pools', pools).forEach((options, index) => {
    const at = `pools[${index}]`;
    const { Id, clients = [], users = [], ...settings } = object(at, options);
    only(at, settings, ['Id', 'clients', 'users', ...Object.keys(inputs.CreateUserPool.members)]);
    text(`${at}.Id`, Id);
    read(at, 'DescribeUserPool', { UserPoolId: Id });
    if (state.pools.has(Id)) throw new OptionsError(`${at}: another pool has the Id ${Id} already`);
    const pool = within(at, () => addPool(state, Id, read(at, 'CreateUserPool', settings)));
    list(`${at}.clients`, clients).forEach((client, nth) => putClient(`${at}.clients[${nth}]`, state, pool, client));
    list(`${at}.users`, users).forEach((user, nth) => putUser(`${at}.users[${nth}]`, state, pool, user));
  });
}

function putClient(at: string, state: State, pool: Pool, options: ClientOptions): void {
  const { ClientId, ...settings } = object(at, options);
  only(at, settings, [
    'ClientId',
    ...Object.keys(inputs.CreateUserPoolClient.members).filter((name) => name !== 'UserPoolId'),
  ]);
  text(`${at}.ClientId`, ClientId);
  read(at, 'DescribeUserPoolClient', { UserPoolId: pool.id, ClientId });
  if (state.clients.has(ClientId)) throw new OptionsError(`${at}: another client has the ClientId ${ClientId} already`);
  const input = read(at, 'CreateUserPoolClient', { ...settings, UserPoolId: pool.id });
  within(at, () => addClient(state, ClientId, input));
}

function putUser(at: string, state: State, pool: Pool, options: UserOptions): void {
  const { Username, Password, UserAttributes = {}, UserStatus = 'CONFIRMED', Enabled = true } = object(at, options);
  only(at, options, ['Username', 'Password', 'UserAttributes', 'UserStatus', 'Enabled']);
  text(`${at}.Username`, Username);
  oneOf(`${at}.UserStatus`, UserStatus, ['CONFIRMED', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED']);
  oneOf(`${at}.Enabled`, Enabled, [true, false]);
  const { sub, ...attributes } = object(`${at}.UserAttributes`, UserAttributes);
  for (const [name, value] of Object.entries(UserAttributes)) text(`${at}.UserAttributes.${name}`, value);
  const given = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  const named = { UserPoolId: pool.id, Username };
  const input = read(at, 'AdminCreateUser', { ...named, UserAttributes: given });
  const user = within(at, () => newUser(state, pool, input));
  if (sub !== undefined) {
    const isTaken = [...pool.users.values()].some((other) => other.sub === sub);
    if (isTaken) throw new OptionsError(`${at}: another user has the sub ${sub} already`);
    Object.assign(user, { sub, ...(user.username === user.sub && { username: sub }) });
  }
  if (Password !== undefined) user.password = read(at, 'AdminSetUserPassword', { ...named, Password }).Password;
  Object.assign(user, { status: UserStatus, enabled: Enabled });
  admit(pool, user);
}

/** What an operation would take, held against the same constraints. */
function read<Name extends OperationName>(at: string, name: Name, value: object): Input<Name> {
  return within(at, () => {
    const input = decode(inputs[name], JSON.stringify(value));
    validate(inputs[name], input);
    return input as Input<Name>;
  });
}

/** A refusal of the API, as one of an option. */
function within<Result>(at: string, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    if (error instanceof CognitoError || error instanceof SerializationError) {
      throw new OptionsError(`${at}: ${error.message.trim() || 'cannot be read'}`);
    }
    throw error;
  }
}

function only(at: string, value: object, known: readonly string[]): void {
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other !== undefined)
    throw new OptionsError(`${at}: the mock reads no "${other}" here; it reads ${known.join(', ')}`);
}

function oneOf<Value>(at: string, value: Value, known: readonly Value[]): void {
  if (!known.includes(value))
    throw new OptionsError(`${at} is ${JSON.stringify(value)}, not one of ${known.join(', ')}`);
}

function text(at: string, value: unknown): void {
  if (typeof value === 'string') return;
  throw new OptionsError(`${at} is ${value === undefined ? 'missing' : JSON.stringify(value)}; it is a text`);
}

function list<Value>(at: string, value: readonly Value[]): readonly Value[] {
  if (Array.isArray(value)) return value;
  throw new OptionsError(`${at} is ${JSON.stringify(value)}, not a list`);
}

function object<Value extends object>(at: string, value: Value): Value {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new OptionsError(`${at} is ${JSON.stringify(value)}, not an object`);
}

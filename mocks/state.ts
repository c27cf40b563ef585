import { CognitoError } from './errors.ts';
import type { Input } from './inputs.ts';
import type { Attribute } from './schema.ts';
import type { SrpExchange } from './srp.ts';
import type { Invoke } from './triggers.ts';

/** Everything the mock remembers. Times are milliseconds of its own clock. */
export interface State {
  now: () => number;
  /** How functions are invoked; without it none is. */
  invoke: Invoke | undefined;
  pools: Map<string, Pool>;
  clients: Map<string, Client>;
  /** Access tokens that the mock issued, by their text: only others need their signature checked. */
  issued: Map<string, AccessClaims>;
  /** Refresh tokens by their text. */
  grants: Map<string, Grant>;
  /** What waits for a proof of the password, by SECRET_BLOCK. */
  srpChallenges: Map<string, SrpChallenge>;
  /** What waits for a new password, by `Session`. */
  sessions: Map<string, Session>;
  messages: Message[];
}

export interface Pool {
  id: string;
  settings: Input<'CreateUserPool'>;
  schema: Map<string, Attribute>;
  /** By user name, as `fold` writes it. */
  users: Map<string, User>;
  created: number;
}

export interface Client {
  id: string;
  pool: Pool;
  settings: Input<'CreateUserPoolClient'>;
  created: number;
}

export interface User {
  username: string;
  sub: string;
  /** All but `sub`. */
  attributes: Map<string, string>;
  password: string;
  status: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';
  enabled: boolean;
  created: number;
  modified: number;
  codes: Code[];
  grants: Grant[];
  /** Calls that an hourly limit counts. */
  counted: { operation: string; at: number }[];
}

/** Proves `value`. One whose value is not the stored one is a pending change: it is stored when the code comes back. */
export interface Code {
  attribute: string;
  value: string;
  code: string;
  expires: number;
}

/** One sign-in: the family of its refresh token and of all tokens made from it. */
export interface Grant {
  originJti: string;
  eventId: string;
  client: Client;
  user: User;
  authTime: number;
  expires: number;
  revoked: boolean;
}

export interface Session {
  client: Client;
  user: User;
  expires: number;
}

/** Without a user it is for show: the client hides who exists. */
export interface SrpChallenge extends Omit<Session, 'user'> {
  user: User | undefined;
  userId: string;
  exchange: SrpExchange;
}

export interface AccessClaims {
  sub: string;
  iss: string;
  client_id: string;
  origin_jti: string;
  token_use: string;
  scope: string;
  exp: number;
  jti: string;
  username: string;
}

/** Something the mock would have sent. `code` is a verification code or a temporary password. */
export interface Message {
  to: string;
  medium: 'EMAIL' | 'SMS';
  attribute: string;
  code: string;
  username: string;
  userPoolId: string;
}

export function createState(now: () => number): State {
  return {
    now,
    invoke: undefined,
    pools: new Map(),
    clients: new Map(),
    issued: new Map(),
    grants: new Map(),
    srpChallenges: new Map(),
    sessions: new Map(),
    messages: [],
  };
}

/** How long a challenge may wait: what clients that say nothing of it (`AuthSessionValidity`) give it. */
export const challengeEnd = ({ now }: State) => now() + 3 * 60_000;

/** A pool's id begins with where it lives. */
export const regionOf = (poolId: string) => poolId.split('_')[0] ?? '';

export function findPool(state: State, id: string): Pool {
  const pool = state.pools.get(id);
  if (!pool) throw new CognitoError('ResourceNotFoundException', `User pool ${id} does not exist.`);
  return pool;
}

export function findClient(state: State, id: string, poolId?: string): Client {
  const client = state.clients.get(id);
  if (!client || (poolId !== undefined && client.pool.id !== poolId)) {
    throw new CognitoError('ResourceNotFoundException', `User pool client ${id} does not exist.`);
  }
  return client;
}

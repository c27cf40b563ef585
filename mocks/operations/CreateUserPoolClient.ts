import { describeClient } from '../describe.ts';
import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import { isVerifiedFlag } from '../users.ts';
import { findPool, type Client, type State } from '../state.ts';
import { lifetime } from '../tokens.ts';

export function CreateUserPoolClient(settings: Input<'CreateUserPoolClient'>, state: State) {
  const id = crypto.randomUUID().replaceAll('-', '').slice(0, 26);
  return { UserPoolClient: describeClient(addClient(state, id, settings)) };
}

export function addClient(state: State, id: string, settings: Input<'CreateUserPoolClient'>): Client {
  const pool = findPool(state, settings.UserPoolId);
  assertAll('read', settings.ReadAttributes, (name) => pool.schema.has(name));
  assertAll('write', settings.WriteAttributes, (name) => pool.schema.has(name) && !isVerifiedFlag(name));
  assertLifetimes(settings);
  const client: Client = { id, pool, settings, created: state.now() };
  state.clients.set(id, client);
  return client;
}

function assertAll(kind: 'read' | 'write', names: string[] = [], isValid: (name: string) => boolean): void {
  if (!names.every(isValid)) throw invalidParameter(`Invalid ${kind} attributes specified while creating a client`);
}

/** Access and ID tokens live five minutes to a day, refresh tokens an hour to ten years. */
function assertLifetimes(settings: Input<'CreateUserPoolClient'>): void {
  const {
    AccessTokenValidity = 1,
    IdTokenValidity = 1,
    RefreshTokenValidity = 30,
    TokenValidityUnits: units,
  } = settings;
  const short = [
    lifetime(AccessTokenValidity, units?.AccessToken ?? 'hours'),
    lifetime(IdTokenValidity, units?.IdToken ?? 'hours'),
  ];
  const long = lifetime(RefreshTokenValidity, units?.RefreshToken ?? 'days');
  if (short.some((life) => life < 300 || life > 86_400) || long < 3600 || long > 3650 * 86_400) {
    throw invalidParameter('Invalid range for token validity.');
  }
}

import { encode, decode } from 'jose/base64url';
import { CognitoError, invalidParameter } from '../errors.ts';
import { inShape, on, type Fault } from '../fault.ts';
import type { Input } from '../inputs.ts';
import { integer, map, oneOf, required, structure, text, type Value } from '../shape.ts';
import type { Pool } from '../state.ts';
import { seconds } from '../users.ts';
import { arnOf, type Account } from './permissions.ts';

export interface PoolEdges extends Account {
  /** How many pools there may be. */
  limit?: number | undefined;
  /** Milliseconds until ListUserPools knows that a pool was made or deleted. */
  listedAfter?: number | undefined;
}

/** What the mock itself does not keep of a pool. */
interface Kept {
  UserPoolTags?: Record<string, string>;
  DeletionProtection?: 'ACTIVE' | 'INACTIVE';
}

/** Pools as an account has them: tagged, protected, listed, and only so many. */
export function pools({ limit = Infinity, listedAfter = 0, ...account }: PoolEdges): Fault[] {
  const gone: { pool: Pool; at: number }[] = [];
  return [
    withMembers,
    on(['CreateUserPool', 'DescribeUserPool'], async (input, state, next) => {
      const { UserPool } = (await next(input, state)) as { UserPool: { Id: string } };
      return { UserPool: { ...UserPool, Arn: arnOf(UserPool.Id, account) } };
    }),
    on('CreateUserPool', (input, state, next) => {
      // No text of it was seen.
      if (state.pools.size >= limit) throw new CognitoError('LimitExceededException', '');
      return next(input, state);
    }),
    on('DeleteUserPool', (input, state, next) => {
      const pool = state.pools.get(input.UserPoolId);
      if (pool && kept(pool).DeletionProtection === 'ACTIVE') throw protectedPool();
      if (pool) gone.push({ pool, at: state.now() });
      return next(input, state);
    }),
    {
      more: {
        ListUserPools: {
          input: listInput,
          operation: (input: Value<typeof listInput>, state) => {
            const since = state.now() - listedAfter;
            const still = gone.filter(({ at }) => at > since).map(({ pool }) => pool);
            const known = [...state.pools.values(), ...still].filter(({ created }) => created <= since);
            return page(known, input);
          },
        },
      },
    },
  ];
}

const withMembers: Fault = inShape(['CreateUserPool'], [], (shape) =>
  shape.kind === 'structure'
    ? {
        ...shape,
        members: { ...shape.members, UserPoolTags: map, DeletionProtection: oneOf('ACTIVE', 'INACTIVE') },
      }
    : shape,
);

const listInput = structure({ MaxResults: required(integer), NextToken: text({ min: 1, pattern: String.raw`[\S]+` }) });

const kept = ({ settings }: Pool): Kept => settings as Input<'CreateUserPool'> & Kept;

// As in github.com/localstack/localstack/issues/11947.
const protectedPool = () =>
  invalidParameter(
    'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
  );

/** Oldest first; which order Cognito has is not confirmed. A token says behind which pool to go on, which may be gone. */
function page(all: readonly Pool[], { MaxResults, NextToken }: Value<typeof listInput>) {
  if (MaxResults < 1 || MaxResults > 60) throw outOfRange(MaxResults);
  const from = NextToken === undefined ? '' : new TextDecoder().decode(decode(NextToken));
  const sorted = all.map((pool) => ({ pool, key: keyOf(pool) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const rest = sorted.filter(({ key }) => key > from);
  const shown = rest.slice(0, MaxResults);
  const last = rest.length > shown.length ? shown.at(-1) : undefined;
  return { UserPools: shown.map(({ pool }) => listed(pool)), ...(last && { NextToken: encode(last.key) }) };
}

const keyOf = ({ id, created }: Pool) => `${String(created).padStart(16, '0')} ${id}`;

const listed = ({ id, settings, created }: Pool) => ({
  Id: id,
  Name: settings.PoolName,
  LambdaConfig: settings.LambdaConfig ?? {},
  CreationDate: seconds(created),
  LastModifiedDate: seconds(created),
});

const outOfRange = (value: number) =>
  invalidParameter(
    `1 validation error detected: Value '${value}' at 'maxResults' failed to satisfy constraint: Member must have value ${
      value < 1 ? 'greater than or equal to 1' : 'less than or equal to 60'
    }`,
  );

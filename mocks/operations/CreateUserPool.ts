import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import { describePool } from '../describe.ts';
import { createSchema } from '../schema.ts';
import type { Pool, State } from '../state.ts';

export function CreateUserPool(settings: Input<'CreateUserPool'>, state: State) {
  const id = `us-east-1_${crypto.randomUUID().replaceAll('-', '').slice(0, 9)}`;
  return { UserPool: describePool(addPool(state, id, settings)) };
}

export function addPool(state: State, id: string, settings: Input<'CreateUserPool'>): Pool {
  assertCoherent(settings);
  const schema = createSchema(settings.Schema ?? []);
  const pool: Pool = { id, settings, schema, users: new Map(), created: state.now() };
  state.pools.set(id, pool);
  return pool;
}

function assertCoherent(settings: Input<'CreateUserPool'>): void {
  const automatic = settings.AutoVerifiedAttributes ?? [];
  const early = settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  if (early.some((name) => !automatic.includes(name))) {
    throw invalidParameter(
      'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
    );
  }
  if (automatic.includes('phone_number') && !settings.SmsConfiguration) {
    throw invalidParameter('SMS configuration is required when phone_number is selected for auto verification');
  }
  if (settings.AliasAttributes && settings.UsernameAttributes) {
    throw invalidParameter('Only one of the aliasAttributes or usernameAttributes can be set in a user pool.');
  }
}

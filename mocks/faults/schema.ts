import { CognitoError, invalidParameter, notAuthorized } from '../errors.ts';
import { bounded, inShape, on, type Fault, type Output } from '../fault.ts';
import { custom, type Attribute } from '../schema.ts';
import type { Pool } from '../state.ts';
import { updates } from './attributes.ts';
import { isCustom, seeing, unbounded } from './bounds.ts';
import { subjectOf, withPool } from './views.ts';

/** Writes by names that it changes first. */
const renaming = (change: (name: string, pool: Pool) => string): Fault =>
  on(updates, (input, state, next) => {
    const pool = subjectOf(state, input)?.pool;
    const rename = (name: string): string => (pool ? change(name, pool) : name);
    const UserAttributes = input.UserAttributes.map(({ Name, Value }) => ({ Name: rename(Name), Value }));
    return next({ ...input, UserAttributes }, state);
  });

/** Adds attributes, and then changes what was added. */
const adding = (change: (attribute: Attribute, pool: Pool) => Attribute | undefined): Fault =>
  on('AddCustomAttributes', async (input, state, next) => {
    const output = await next(input, state);
    const pool = state.pools.get(input.UserPoolId);
    for (const attribute of pool ? input.CustomAttributes.map(custom) : []) {
      pool?.schema.delete(attribute.name);
      const added = pool && change(attribute, pool);
      if (added) pool.schema.set(added.name, added);
    }
    return output;
  });

/** Shows attributes of a pool otherwise. */
const showing = (change: (attributes: Record<string, unknown>[]) => unknown): Fault =>
  on('DescribeUserPool', async (input, state, next) => {
    const { UserPool } = await next(input, state);
    const { SchemaAttributes, ...pool } = UserPool as { SchemaAttributes: Record<string, unknown>[] };
    return { UserPool: { ...pool, SchemaAttributes: change(SchemaAttributes) } };
  });

/** What a pool says that its attributes are, and what it makes of that. */
export const schema: Record<string, Fault> = {
  'passes-over-unknown-attributes': on(updates, async (input, state, next) => {
    const known = subjectOf(state, input)?.pool.schema;
    return next({ ...input, UserAttributes: input.UserAttributes.filter(({ Name }) => known?.has(Name)) }, state);
  }),
  'adds-the-missing-prefix': renaming((name, { schema }) => (schema.has(`custom:${name}`) ? `custom:${name}` : name)),
  'takes-names-in-any-letters': renaming((name, { schema }) => (schema.has(name) ? name : name.toLowerCase())),
  'knows-no-middle-name': on(updates, (input, state, next) => {
    const named = ({ schema }: Pool): Partial<Pool> => ({
      schema: new Map([...schema].filter(([name]) => name !== 'middle_name')),
    });
    return next(input, withPool(state, subjectOf(state, input)?.pool.id ?? '', named));
  }),
  'writes-immutable-attributes': seeing(({ name }) => ({ mutable: name !== 'sub' })),
  'lets-administrators-write-immutable-attributes': seeing(() => ({ mutable: true }), ['AdminUpdateUserAttributes']),
  'sets-immutable-attributes-once': seeing(({ name, mutable }, _, user) => ({
    mutable: mutable || !user.attributes.has(name),
  })),
  'takes-the-same-value-for-an-immutable-attribute': seeing(({ name, mutable }, value, user) => ({
    mutable: mutable || (value !== undefined && value === user.attributes.get(name)),
  })),
  'lets-immutable-attributes-be-blank': seeing(({ mutable }, value) => ({ mutable: mutable || value === '' })),
  'takes-standard-attributes-for-mutable': seeing((attribute) => (isCustom(attribute) ? {} : { mutable: true })),
  'says-more-of-immutable-attributes': on(updates, async (input, state, next) => {
    try {
      return await next(input, state);
    } catch (error) {
      if (!(error instanceof CognitoError)) throw error;
      throw new CognitoError(
        error.type,
        error.message.replace(/(?<=cannot be updated)/, ' (changing an immutable attribute)'),
      );
    }
  }),
  'lets-required-attributes-be-blank': seeing(({ required }, value) => ({ required: required && value !== '' })),
  'adds-nothing': adding(() => undefined),
  'adds-attributes-without-a-prefix': adding((attribute) => ({ ...attribute, name: attribute.name.slice(7) })),
  'adds-developer-only-attributes-as-any': adding((attribute) => ({
    ...attribute,
    name: attribute.name.replace(/^dev:/, ''),
    developerOnly: false,
  })),
  'adds-the-prefix-only-where-it-is-missing': adding((attribute) => ({
    ...attribute,
    name: attribute.name.replace('custom:custom:', 'custom:'),
  })),
  'adds-attributes-as-strings': adding((attribute) => ({ ...attribute, type: 'String' })),
  'adds-attributes-as-mutable': adding((attribute) => ({ ...attribute, mutable: true })),
  'adds-attributes-as-immutable': adding((attribute) => ({ ...attribute, mutable: false })),
  'adds-attributes-without-bounds': adding((attribute) => ({ ...attribute, ...unbounded })),
  'adds-over-what-is-there': on('AddCustomAttributes', async (input, state, next) => {
    const known = state.pools.get(input.UserPoolId)?.schema;
    const fresh = input.CustomAttributes.filter((one) => !known?.has(custom(one).name));
    return next({ ...input, CustomAttributes: fresh }, state);
  }),
  'refuses-namesakes-of-standard-attributes': on('AddCustomAttributes', async (input, state, next) => {
    const known = state.pools.get(input.UserPoolId)?.schema;
    const taken = input.CustomAttributes.find(({ Name }) => known?.has(Name));
    if (taken) throw invalidParameter(`custom:${taken.Name}: Existing attribute already has name ${taken.Name}.\n`);
    return next(input, state);
  }),
  'refuses-prefixed-names-to-add': on('AddCustomAttributes', async (input, state, next) => {
    if (input.CustomAttributes.some(({ Name }) => Name.includes(':'))) throw invalidParameter('Invalid name.');
    return next(input, state);
  }),
  'names-what-is-taken-without-its-prefix': on('AddCustomAttributes', async (input, state, next) => {
    try {
      return await next(input, state);
    } catch (error) {
      throw error instanceof CognitoError
        ? new CognitoError(error.type, error.message.replaceAll('custom:', ''))
        : error;
    }
  }),
  'adds-to-any-pool': on('AddCustomAttributes', async (input, state, next) =>
    state.pools.has(input.UserPoolId) ? next(input, state) : {},
  ),
  'custom-names-may-have-21-characters': inShape(
    ['AddCustomAttributes'],
    ['CustomAttributes', '[]', 'Name'],
    bounded({ max: 21 }),
  ),
  'custom-names-may-have-19-characters': inShape(
    ['AddCustomAttributes'],
    ['CustomAttributes', '[]', 'Name'],
    bounded({ max: 19 }),
  ),
  'measures-custom-names-with-their-prefix': on('AddCustomAttributes', async (input, state, next) => {
    if (input.CustomAttributes.some((one) => custom(one).name.length > 20)) throw invalidParameter('Name is too long.');
    return next(input, state);
  }),
  'adds-no-attributes': inShape(['AddCustomAttributes'], ['CustomAttributes'], bounded({ min: 0 })),
  'wants-added-attributes-listed': on('UpdateUserAttributes', async (input, state, next) => {
    const pool = subjectOf(state, input)?.pool;
    const first = new Set(pool?.settings.Schema?.map((one) => custom(one).name));
    const late = input.UserAttributes.some(
      ({ Name }) => Name.includes(':') && pool?.schema.has(Name) && !first.has(Name),
    );
    if (late) throw notAuthorized('A client attempted to write unauthorized attribute');
    return next(input, state);
  }),
  'shows-no-bounds-of-standard-attributes': showing((all) =>
    all.map((one) => (String(one['Name']).includes(':') ? one : { ...one, StringAttributeConstraints: undefined })),
  ),
  'shows-the-schema-as-it-was-given': on('DescribeUserPool', async (input, state, next) => {
    const { SchemaAttributes: _, ...pool } = (await next(input, state))['UserPool'] as Output;
    return { UserPool: { ...pool, Schema: state.pools.get(input.UserPoolId)?.settings.Schema } };
  }),
  'shows-dates-of-a-pool-as-texts': on('DescribeUserPool', async (input, state, next) => {
    const pool = (await next(input, state))['UserPool'] as Output;
    return { UserPool: { ...pool, CreationDate: new Date().toISOString() } };
  }),
  'shows-sub-as-any-attribute': showing((all) =>
    all.map((one) => (one['Name'] === 'sub' ? { ...one, Mutable: true, Required: false } : one)),
  ),
  'shows-custom-attributes-only': showing((all) => all.filter(({ Name }) => String(Name).includes(':'))),
  'shows-flags-as-strings': showing((all) =>
    all.map((one) => (one['AttributeDataType'] === 'Boolean' ? { ...one, AttributeDataType: 'String' } : one)),
  ),
};

import { CognitoError, invalidParameter } from '../errors.ts';
import { bounded, inShape, on, optional, type Fault } from '../fault.ts';
import type { Input } from '../inputs.ts';
import type { Pool, User } from '../state.ts';
import { isContact } from '../users.ts';
import { subjectOf } from './views.ts';

export const updates = ['UpdateUserAttributes', 'AdminUpdateUserAttributes'] as const;

const listed = ['UserAttributes', '[]'];

export type Listed = Input<'UpdateUserAttributes'>['UserAttributes'][number];

/** Writes another list than it was given. */
const rewriting = (change: (list: Listed[], subject: { pool: Pool; user: User } | undefined) => Listed[]): Fault =>
  on(updates, (input, state, next) =>
    next({ ...input, UserAttributes: change(input.UserAttributes, subjectOf(state, input)) }, state),
  );

/** Does something to a user who was written. */
const afterwards = (change: (user: User, input: Input<(typeof updates)[number]>) => void): Fault =>
  on(updates, async (input, state, next) => {
    const output = await next(input, state);
    const subject = subjectOf(state, input);
    if (subject) change(subject.user, input);
    return output;
  });

/** Refuses what Cognito takes. */
export const refusing = (unwanted: (attribute: Listed) => boolean, message: string): Fault =>
  on(updates, async (input, state, next) => {
    if (input.UserAttributes.some(unwanted)) throw invalidParameter(message);
    return next(input, state);
  });

/** Says of a refusal something else. */
const wording = (change: (message: string) => string): Fault =>
  on(updates, async (input, state, next) => {
    try {
      return await next(input, state);
    } catch (error) {
      throw error instanceof CognitoError ? new CognitoError(error.type, change(error.message)) : error;
    }
  });

const isOfTheSchema = (error: unknown): boolean => error instanceof CognitoError && error.message.startsWith('user.');

/** What may be written to a user, and what becomes of it. */
export const attributes: Record<string, Fault> = {
  'stores-blank-value': afterwards((user, { UserAttributes }) => {
    for (const { Name, Value } of UserAttributes) if (Value === '') user.attributes.set(Name, '');
  }),
  'refuses-blank-values': refusing(({ Value }) => Value === '', 'Attribute value must not be blank'),
  'absent-value-deletes': rewriting((list) => list.map(({ Name, Value = '' }) => ({ Name, Value }))),
  'absent-value-is-passed-over': rewriting((list) => list.filter(({ Value }) => Value !== undefined)),
  'absent-value-crashes': on(updates, async (input, state, next) => {
    if (input.UserAttributes.some(({ Value }) => Value === undefined)) throw new Error('KeyError: Value');
    return next(input, state);
  }),
  'absent-value-before-sub': on(updates, async (input, state, next) => {
    const absent = input.UserAttributes.find(({ Value }) => Value === undefined);
    if (absent) throw invalidParameter(`Attribute value for ${absent.Name} must not be null`);
    return next(input, state);
  }),
  'absent-value-after-the-schema': rewriting((list, subject) =>
    list.map((one) => (subject?.pool.schema.get(one.Name)?.mutable ? one : { Name: one.Name, Value: one.Value ?? '' })),
  ),
  'absent-address-is-malformed': rewriting((list) =>
    list.map((one) => (isContact(one.Name) ? { Name: one.Name, Value: one.Value ?? 'nothing' } : one)),
  ),
  'blank-for-an-attribute-never-set-is-refused': on(updates, async (input, state, next) => {
    const known = subjectOf(state, input)?.user.attributes;
    const odd = input.UserAttributes.find(({ Name, Value }) => Name !== 'sub' && Value === '' && !known?.has(Name));
    if (odd) throw invalidParameter(`user.${odd.Name}: Attribute is not set.`);
    return next(input, state);
  }),
  'blank-address-is-kept': rewriting((list) => list.filter(({ Name, Value }) => !isContact(Name) || Value !== '')),
  'writes-one-by-one': on(updates, async (input, state, next) => {
    let output = {};
    for (const one of input.UserAttributes) output = await next({ ...input, UserAttributes: [one] }, state);
    return output;
  }),
  'writes-before-it-refuses': on(updates, async (input, state, next) => {
    try {
      return await next(input, state);
    } catch (error) {
      const written = isOfTheSchema(error) ? input.UserAttributes : [];
      for (const { Name, Value } of written) if (Value) subjectOf(state, input)?.user.attributes.set(Name, Value);
      throw error;
    }
  }),
  'writes-the-first-attribute-only': rewriting((list) => list.slice(0, 1)),
  'administrators-write-the-first-attribute-only': on('AdminUpdateUserAttributes', (input, state, next) =>
    next({ ...input, UserAttributes: input.UserAttributes.slice(0, 1) }, state),
  ),
  'administrators-replace-all-attributes': on('AdminUpdateUserAttributes', async (input, state, next) => {
    const output = await next(input, state);
    const user = subjectOf(state, input)?.user;
    for (const name of user?.attributes.keys() ?? []) {
      if (!input.UserAttributes.some(({ Name }) => name.startsWith(Name))) user?.attributes.delete(name);
    }
    return output;
  }),
  'keeps-the-first-of-two-values': rewriting((list) => list.toReversed()),
  'refuses-a-name-twice': on(updates, async (input, state, next) => {
    const names = input.UserAttributes.map(({ Name }) => Name);
    if (new Set(names).size < names.length) throw invalidParameter('Duplicate attribute.');
    return next(input, state);
  }),
  'refuses-an-empty-list': on(updates, async (input, state, next) => {
    if (input.UserAttributes.length === 0) throw invalidParameter('UserAttributes must not be empty.');
    return next(input, state);
  }),
  'takes-an-absent-list-for-an-empty-one': {
    ...rewriting((list: Listed[] | undefined) => list ?? []),
    ...inShape(updates, ['UserAttributes'], optional),
  },
  'crashes-on-an-absent-list': {
    ...rewriting((list) => [...list]),
    ...inShape(updates, ['UserAttributes'], optional),
  },
  'values-may-have-2047-characters': inShape(updates, [...listed, 'Value'], bounded({ max: 2047 })),
  'names-may-have-33-characters': inShape(updates, [...listed, 'Name'], bounded({ max: 33 })),
  'names-may-have-31-characters': inShape(updates, [...listed, 'Name'], bounded({ max: 31 })),
  'names-may-be-empty': inShape(updates, [...listed, 'Name'], bounded({ min: 0, pattern: '.*' })),
  'names-may-be-absent': {
    ...rewriting((list) => list.filter(({ Name }: Partial<Listed>) => Name !== undefined)),
    ...inShape(updates, [...listed, 'Name'], optional),
  },
  'cleans-names': {
    ...rewriting((list) => list.map(({ Name, Value }) => ({ Name: Name.replace(/[^\w:]/g, ''), Value }))),
    ...inShape(updates, [...listed, 'Name'], bounded({ pattern: '[^]*' })),
  },
  'trims-values': rewriting((list) => list.map(({ Name, Value }) => ({ Name, Value: Value?.trim() }))),
  'escapes-values': rewriting((list) =>
    list.map(({ Name, Value }) => ({ Name, Value: Value?.replace(/"/g, '&quot;') })),
  ),
  'stores-client-metadata': afterwards((user, { ClientMetadata = {} }) => {
    for (const [name, value] of Object.entries(ClientMetadata)) user.attributes.set(name, value);
  }),
  'refuses-blank-client-metadata': on(updates, async (input, state, next) => {
    if (Object.values(input.ClientMetadata ?? {}).includes('')) throw invalidParameter('Invalid ClientMetadata.');
    return next(input, state);
  }),
  'refuses-empty-client-metadata': on(updates, async (input, state, next) => {
    if (Object.keys(input.ClientMetadata ?? { some: '' }).length === 0)
      throw invalidParameter('Invalid ClientMetadata.');
    return next(input, state);
  }),
  'answers-with-an-empty-list': on('UpdateUserAttributes', async (input, state, next) => ({
    CodeDeliveryDetailsList: [],
    ...(await next(input, state)),
  })),
  'names-one-reason-only': wording((message) => message.replace(/\n[^]*/, '\n')),
  'no-line-feed-after-a-reason': wording((message) => message.replace(/\n$/, '')),
  'new-address-wants-a-new-password': afterwards((user, { UserAttributes }) => {
    if (UserAttributes.some(({ Name }) => isContact(Name))) user.status = 'FORCE_CHANGE_PASSWORD';
  }),
  'update-renews-the-date-of-creation': afterwards((user) => {
    user.created = user.modified + 1;
  }),
  'update-forgets-the-date-of-change': afterwards((user) => {
    user.modified = 0;
  }),
};

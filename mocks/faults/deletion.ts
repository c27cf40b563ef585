import { CognitoError, invalidParameter } from '../errors.ts';
import { bounded, inShape, on, optional, type Fault } from '../fault.ts';
import { signOut } from '../auth.ts';
import { subjectOf, withAttributes, withClient, bearerOf } from './views.ts';
import type { Attribute } from '../schema.ts';
import type { Pool, User } from '../state.ts';
import { isContact } from '../users.ts';

const deletions = ['DeleteUserAttributes', 'AdminDeleteUserAttributes'] as const;

interface Subject {
  pool: Pool;
  user: User;
}

/** Deletes by another list than it was given. */
const renaming = (change: (names: string[], subject: Subject) => string[]): Fault =>
  on(deletions, async (input, state, next) => {
    const subject = subjectOf(state, input);
    const names = input.UserAttributeNames;
    return next({ ...input, UserAttributeNames: subject ? change(names, subject) : names }, state);
  });

/** Does something to a user of whom something was deleted. */
const afterwards = (change: (user: User, names: string[]) => void): Fault =>
  on(deletions, async (input, state, next) => {
    const subject = subjectOf(state, input);
    const output = await next(input, state);
    if (subject) change(subject.user, input.UserAttributeNames);
    return output;
  });

/** Deletes as if the schema were another. */
const seeing = (change: (attribute: Attribute) => Partial<Attribute>): Fault =>
  on(deletions, async (input, state, next) =>
    next(input, withAttributes(state, subjectOf(state, input)?.pool, change)),
  );

/** Refuses what Cognito takes. */
const refusing = (unwanted: (names: string[], user: User) => boolean): Fault =>
  on(deletions, async (input, state, next) => {
    const user = subjectOf(state, input)?.user;
    if (user && unwanted(input.UserAttributeNames, user)) throw invalidParameter('Invalid user attributes.');
    return next(input, state);
  });

/** Deletion by name. */
export const deletion: Record<string, Fault> = {
  'refuses-to-delete-what-was-never-set': refusing((names, user) => !names.every((name) => user.attributes.has(name))),
  'refuses-to-delete-a-name-twice': refusing((names) => new Set(names).size < names.length),
  'passes-over-unknown-names-to-delete': renaming((names, { pool }) => names.filter((name) => pool.schema.has(name))),
  'deletes-the-first-name-only': renaming((names) => names.slice(0, 1)),
  'deletes-nothing-custom': renaming((names, { pool }) =>
    names.filter((name) => !name.startsWith('custom:') || !pool.schema.get(name)?.mutable),
  ),
  'deletes-no-address': renaming((names) => names.filter((name) => !isContact(name))),
  'takes-no-names-for-all': renaming((names, { user }) => (names.length > 0 ? names : [...user.attributes.keys()])),
  'takes-an-absent-list-of-names-for-an-empty-one': {
    ...renaming((names: string[] | undefined) => names ?? []),
    ...inShape(deletions, ['UserAttributeNames'], optional),
  },
  'crashes-on-an-absent-list-of-names': {
    ...renaming((names) => [...names]),
    ...inShape(deletions, ['UserAttributeNames'], optional),
  },
  'deletes-by-names-of-any-length': inShape(
    deletions,
    ['UserAttributeNames', '[]'],
    bounded({ min: 0, max: 2048, pattern: '.*' }),
  ),
  'deletes-required-attributes': seeing(() => ({ required: false })),
  'deletes-immutable-attributes': seeing(({ name }) => (name === 'sub' ? {} : { mutable: true })),
  'passes-over-sub-to-delete': renaming((names) => names.filter((name) => name !== 'sub')),
  'leaves-a-blank-value': afterwards((user, names) => {
    for (const name of names) user.attributes.set(name, '');
  }),
  'deletes-before-it-refuses': on(deletions, async (input, state, next) => {
    try {
      return await next(input, state);
    } catch (error) {
      const deleted = error instanceof CognitoError && error.message.includes('user.') ? input.UserAttributeNames : [];
      for (const name of deleted) subjectOf(state, input)?.user.attributes.delete(name);
      throw error;
    }
  }),
  'deletes-outside-the-write-list': on('DeleteUserAttributes', async (input, state, next) => {
    const client = bearerOf(state, input.AccessToken)?.client;
    return next(input, client ? withClient(state, client.id, { WriteAttributes: input.UserAttributeNames }) : state);
  }),
  'deletion-signs-out': afterwards(signOut),
};

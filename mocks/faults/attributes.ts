import { on, type Fault } from '../fault.ts';
import { bearerOf } from './views.ts';

/** What may be written to a user, and what becomes of it. */
export const attributes: Record<string, Fault> = {
  'stores-blank-value': on('UpdateUserAttributes', async (input, state, next) => {
    const output = await next(input, state);
    const user = bearerOf(state, input.AccessToken)?.user;
    for (const { Name, Value } of input.UserAttributes) if (Value === '') user?.attributes.set(Name, '');
    return output;
  }),
};

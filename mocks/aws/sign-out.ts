import type { Fault } from '../fault.ts';
import { operations } from '../operations.ts';
import type { OperationName } from '../inputs.ts';
import type { Grant, State } from '../state.ts';

const signsOut: readonly OperationName[] = ['AdminUserGlobalSignOut', 'GlobalSignOut', 'RevokeToken'];

/** A sign-out is answered at once, and seen so many milliseconds later. */
export function lateSignOut(milliseconds: number): Fault {
  const waiting: { grants: Grant[]; from: number }[] = [];
  const settle = (now: number) => {
    while (waiting[0] && waiting[0].from <= now) {
      for (const grant of waiting.shift()?.grants ?? []) grant.revoked = true;
    }
  };
  const names = Object.keys(operations) as OperationName[];
  return {
    operations: Object.fromEntries(
      names.map((name) => [
        name,
        (next) => async (input, state: State) => {
          settle(state.now());
          if (!signsOut.includes(name)) return next(input, state);
          const valid = [...state.grants.values()].filter(({ revoked }) => !revoked);
          const output = await next(input, state);
          const grants = valid.filter(({ revoked }) => revoked);
          for (const grant of grants) grant.revoked = false;
          waiting.push({ grants, from: state.now() + milliseconds });
          return output;
        },
      ]),
    ),
  };
}

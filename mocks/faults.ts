import type { Fault } from './fault.ts';
import { attributes } from './faults/attributes.ts';
import { claims } from './faults/claims.ts';
import { inputs } from './faults/inputs.ts';
import { requests } from './faults/requests.ts';
import { sessions } from './faults/sessions.ts';
import { signIn } from './faults/sign-in.ts';
import { tokenRefusals } from './faults/token-refusals.ts';
import { tokens } from './faults/tokens.ts';
import { wire } from './faults/wire.ts';

/** Every fault that the mock can be started with, by its name. */
export const faults: Readonly<Record<string, Fault>> = {
  ...attributes,
  ...claims,
  ...inputs,
  ...requests,
  ...sessions,
  ...signIn,
  ...tokenRefusals,
  ...tokens,
  ...wire,
};

import type { Fault } from './fault.ts';
import { aliases } from './faults/aliases.ts';
import { asking } from './faults/asking.ts';
import { attributes } from './faults/attributes.ts';
import { bounds } from './faults/bounds.ts';
import { claims } from './faults/claims.ts';
import { codes } from './faults/codes.ts';
import { deletion } from './faults/deletion.ts';
import { deliveries } from './faults/deliveries.ts';
import { events } from './faults/events.ts';
import { formats } from './faults/formats.ts';
import { inputs } from './faults/inputs.ts';
import { messages } from './faults/messages.ts';
import { pending } from './faults/pending.ts';
import { permissions } from './faults/permissions.ts';
import { reading } from './faults/reading.ts';
import { requests } from './faults/requests.ts';
import { schema } from './faults/schema.ts';
import { sessions } from './faults/sessions.ts';
import { signIn } from './faults/sign-in.ts';
import { tokenRefusals } from './faults/token-refusals.ts';
import { tokens } from './faults/tokens.ts';
import { triggers } from './faults/triggers.ts';
import { verification } from './faults/verification.ts';
import { wire } from './faults/wire.ts';

/** Every fault that the mock can be started with, by its name. */
export const faults: Readonly<Record<string, Fault>> = {
  ...aliases,
  ...asking,
  ...attributes,
  ...bounds,
  ...claims,
  ...codes,
  ...deletion,
  ...deliveries,
  ...events,
  ...formats,
  ...inputs,
  ...messages,
  ...pending,
  ...permissions,
  ...reading,
  ...requests,
  ...schema,
  ...sessions,
  ...signIn,
  ...tokenRefusals,
  ...tokens,
  ...triggers,
  ...verification,
  ...wire,
};

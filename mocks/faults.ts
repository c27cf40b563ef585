import type { Fault } from './fault.ts';
import { aliases } from './faults/aliases.ts';
import { asking } from './faults/asking.ts';
import { attributes } from './faults/attributes.ts';
import { codes } from './faults/codes.ts';
import { deliveries } from './faults/deliveries.ts';
import { events } from './faults/events.ts';
import { messages } from './faults/messages.ts';
import { pending } from './faults/pending.ts';
import { tokens } from './faults/tokens.ts';
import { triggers } from './faults/triggers.ts';
import { verification } from './faults/verification.ts';
import { wire } from './faults/wire.ts';

/** Every fault that the mock can be started with, by its name. */
export const faults: Readonly<Record<string, Fault>> = {
  ...aliases,
  ...asking,
  ...attributes,
  ...codes,
  ...deliveries,
  ...events,
  ...messages,
  ...pending,
  ...tokens,
  ...triggers,
  ...verification,
  ...wire,
};

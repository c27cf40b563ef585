import aliases from './aliases.json' with { type: 'json' };
import asking from './asking.json' with { type: 'json' };
import attributes from './attributes.json' with { type: 'json' };
import bounds from './bounds.json' with { type: 'json' };
import claims from './claims.json' with { type: 'json' };
import codes from './codes.json' with { type: 'json' };
import deletion from './deletion.json' with { type: 'json' };
import deliveries from './deliveries.json' with { type: 'json' };
import events from './events.json' with { type: 'json' };
import formats from './formats.json' with { type: 'json' };
import inputs from './inputs.json' with { type: 'json' };
import messages from './messages.json' with { type: 'json' };
import pending from './pending.json' with { type: 'json' };
import permissions from './permissions.json' with { type: 'json' };
import reading from './reading.json' with { type: 'json' };
import requests from './requests.json' with { type: 'json' };
import schema from './schema.json' with { type: 'json' };
import sessions from './sessions.json' with { type: 'json' };
import signIn from './sign-in.json' with { type: 'json' };
import tokenRefusals from './token-refusals.json' with { type: 'json' };
import tokens from './tokens.json' with { type: 'json' };
import triggers from './triggers.json' with { type: 'json' };
import verification from './verification.json' with { type: 'json' };
import wire from './wire.json' with { type: 'json' };

/** What a table says of a fault. */
export interface FaultEntry {
  /** What it does wrong, in a sentence. */
  about: string;
  /** Where it was met: an emulator with its version, or the address of somebody's report. */
  seen?: readonly string[];
  /** Who finds it: ids, without their row where all rows do. */
  cases: readonly string[];
}

/** What is said of each fault of the mock, by theme and name. */
export const table: Readonly<Record<string, Readonly<Record<string, FaultEntry>>>> = {
  aliases,
  asking,
  attributes,
  bounds,
  claims,
  codes,
  deletion,
  deliveries,
  events,
  formats,
  inputs,
  messages,
  pending,
  permissions,
  reading,
  requests,
  schema,
  sessions,
  'sign-in': signIn,
  'token-refusals': tokenRefusals,
  tokens,
  triggers,
  verification,
  wire,
};

/** The same by name alone. */
export const entries: Readonly<Record<string, FaultEntry>> = Object.assign({}, ...Object.values(table));

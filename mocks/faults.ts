import type { Fault } from './fault.ts';
import { attributes } from './faults/attributes.ts';
import { inputs } from './faults/inputs.ts';
import { requests } from './faults/requests.ts';
import { tokens } from './faults/tokens.ts';
import { wire } from './faults/wire.ts';

/** Every fault that the mock can be started with, by its name. */
export const faults: Readonly<Record<string, Fault>> = { ...attributes, ...inputs, ...requests, ...tokens, ...wire };

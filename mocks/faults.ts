import type { Fault } from './fault.ts';
import { attributes } from './faults/attributes.ts';
import { bounds } from './faults/bounds.ts';
import { deletion } from './faults/deletion.ts';
import { formats } from './faults/formats.ts';
import { permissions } from './faults/permissions.ts';
import { reading } from './faults/reading.ts';
import { schema } from './faults/schema.ts';
import { tokens } from './faults/tokens.ts';
import { wire } from './faults/wire.ts';

/** Every fault that the mock can be started with, by its name. */
export const faults: Readonly<Record<string, Fault>> = {
  ...attributes,
  ...bounds,
  ...deletion,
  ...formats,
  ...permissions,
  ...reading,
  ...schema,
  ...tokens,
  ...wire,
};

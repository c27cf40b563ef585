import { wire } from '../../mocks/faults/wire.ts';
import { prove } from './prove.ts';
import table from './wire.json' with { type: 'json' };

prove(wire, table);

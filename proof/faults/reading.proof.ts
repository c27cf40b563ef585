import { reading } from '../../mocks/faults/reading.ts';
import { prove } from './prove.ts';
import table from './reading.json' with { type: 'json' };

prove(reading, table);

import { bounds } from '../../mocks/faults/bounds.ts';
import { prove } from './prove.ts';
import table from './bounds.json' with { type: 'json' };

prove(bounds, table);

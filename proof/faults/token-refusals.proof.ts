import { tokenRefusals } from '../../mocks/faults/token-refusals.ts';
import { prove } from './prove.ts';
import table from './token-refusals.json' with { type: 'json' };

prove(tokenRefusals, table);

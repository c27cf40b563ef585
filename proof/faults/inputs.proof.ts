import { inputs } from '../../mocks/faults/inputs.ts';
import { prove } from './prove.ts';
import table from './inputs.json' with { type: 'json' };

prove(inputs, table);

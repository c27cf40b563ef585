import { tokens } from '../../mocks/faults/tokens.ts';
import { prove } from './prove.ts';
import table from './tokens.json' with { type: 'json' };

prove(tokens, table);

import { aliases } from '../../mocks/faults/aliases.ts';
import { prove } from './prove.ts';
import table from './aliases.json' with { type: 'json' };

prove(aliases, table);

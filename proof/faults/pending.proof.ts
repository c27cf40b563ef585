import { pending } from '../../mocks/faults/pending.ts';
import { prove } from './prove.ts';
import table from './pending.json' with { type: 'json' };

prove(pending, table);

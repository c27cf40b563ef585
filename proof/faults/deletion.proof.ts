import { deletion } from '../../mocks/faults/deletion.ts';
import { prove } from './prove.ts';
import table from './deletion.json' with { type: 'json' };

prove(deletion, table);

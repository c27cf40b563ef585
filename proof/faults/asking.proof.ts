import { asking } from '../../mocks/faults/asking.ts';
import { prove } from './prove.ts';
import table from './asking.json' with { type: 'json' };

prove(asking, table);

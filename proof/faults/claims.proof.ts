import { claims } from '../../mocks/faults/claims.ts';
import { prove } from './prove.ts';
import table from './claims.json' with { type: 'json' };

prove(claims, table);

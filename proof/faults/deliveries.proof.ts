import { deliveries } from '../../mocks/faults/deliveries.ts';
import { prove } from './prove.ts';
import table from './deliveries.json' with { type: 'json' };

prove(deliveries, table);

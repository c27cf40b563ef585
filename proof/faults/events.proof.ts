import { events } from '../../mocks/faults/events.ts';
import { prove } from './prove.ts';
import table from './events.json' with { type: 'json' };

prove(events, table);

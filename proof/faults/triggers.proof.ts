import { triggers } from '../../mocks/faults/triggers.ts';
import { prove } from './prove.ts';
import table from './triggers.json' with { type: 'json' };

prove(triggers, table);

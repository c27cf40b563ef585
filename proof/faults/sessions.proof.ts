import { sessions } from '../../mocks/faults/sessions.ts';
import { prove } from './prove.ts';
import table from './sessions.json' with { type: 'json' };

prove(sessions, table);

import { messages } from '../../mocks/faults/messages.ts';
import { prove } from './prove.ts';
import table from './messages.json' with { type: 'json' };

prove(messages, table);

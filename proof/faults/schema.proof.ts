import { schema } from '../../mocks/faults/schema.ts';
import { prove } from './prove.ts';
import table from './schema.json' with { type: 'json' };

prove(schema, table);

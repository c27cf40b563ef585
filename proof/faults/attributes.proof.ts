import { attributes } from '../../mocks/faults/attributes.ts';
import { prove } from './prove.ts';
import table from './attributes.json' with { type: 'json' };

prove(attributes, table);

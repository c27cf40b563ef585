import { formats } from '../../mocks/faults/formats.ts';
import { prove } from './prove.ts';
import table from './formats.json' with { type: 'json' };

prove(formats, table);

import { codes } from '../../mocks/faults/codes.ts';
import { prove } from './prove.ts';
import table from './codes.json' with { type: 'json' };

prove(codes, table);

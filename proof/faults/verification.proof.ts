import { verification } from '../../mocks/faults/verification.ts';
import { prove } from './prove.ts';
import table from './verification.json' with { type: 'json' };

prove(verification, table);

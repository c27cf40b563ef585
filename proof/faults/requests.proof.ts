import { requests } from '../../mocks/faults/requests.ts';
import { prove } from './prove.ts';
import table from './requests.json' with { type: 'json' };

prove(requests, table);

import { permissions } from '../../mocks/faults/permissions.ts';
import { prove } from './prove.ts';
import table from './permissions.json' with { type: 'json' };

prove(permissions, table);

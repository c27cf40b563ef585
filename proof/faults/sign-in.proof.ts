import { signIn } from '../../mocks/faults/sign-in.ts';
import { prove } from './prove.ts';
import table from './sign-in.json' with { type: 'json' };

prove(signIn, table);

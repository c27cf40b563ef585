import type { Client } from '../../engine/client.ts';
import type { Run } from '../../engine/result.ts';
import type { Target } from '../../engine/target.ts';

/** What the steps of cases go through in a run, in place of the bare wire. */
export interface Via {
  name: Exclude<Run['via'], 'wire'>;
  clientOf(target: Target): Client;
  close(): Promise<void>;
}

import {
  deleteLeftovers,
  findLeftovers,
  isRunId,
  PREFIX,
  type Call,
  type Wanted,
} from '../../targets/aws/leftovers.ts';
import { count, leftPage, sweepPage, type Looked } from '../../targets/aws/sweep-page.ts';
import { TargetError } from '../../targets/target-error.ts';
import { ask, canAsk } from '../command/ask.ts';
import { text, type Flags } from '../command/flags.ts';
import { quotasWith } from '../quotas.ts';
import { UsageError } from '../usage-error.ts';
import type { Named } from './caller.ts';
import { callOf, connect, paced } from './connection.ts';
import { namedBy } from './named.ts';

/** Shows what runs have left behind, and deletes it where somebody says yes. Gives the exit code. */
export async function sweep(flags: Flags): Promise<number> {
  const named = namedBy(flags, 'aws sweep');
  const wanted = wantedBy(flags);
  try {
    const connection = await connect(named);
    try {
      return await sweepWith(
        callOf({ ...connection, send: paced(connection.send, quotasWith([])) }),
        named,
        wanted,
        flags,
      );
    } finally {
      connection.close();
    }
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    console.error(error.message);
    return 3;
  }
}

async function sweepWith(call: Call, named: Named, wanted: Wanted, flags: Flags): Promise<number> {
  const isJson = flags['json'] === true;
  const found = await findLeftovers(call, wanted);
  const looked: Looked = { ...named, wanted, ...found };
  if (!isJson) console.log(sweepPage(looked, Date.now()));
  const { leftovers } = found;
  const asks = flags['yes'] !== true && !isJson && canAsk();
  const isAllowed =
    flags['yes'] === true || (asks && leftovers.length > 0 && (await ask(`Delete ${count(leftovers.length)}?`)));
  const left = isAllowed ? await deleteLeftovers(call, leftovers) : [];
  const deleted = isAllowed ? leftovers.filter(({ id }) => !left.some((pool) => pool.id === id)) : [];
  if (isJson) console.log(JSON.stringify({ ...looked, deleted: deleted.map(({ id }) => id), left }, null, 2));
  if (leftovers.length === 0) return 0;
  if (!isAllowed) {
    console.error(`nothing was deleted${asks ? '' : '; --yes deletes without asking'}`);
    return asks ? 0 : 2;
  }
  if (!isJson && deleted.length > 0) console.log(`${count(deleted.length)} deleted`);
  if (left.length > 0) console.error(leftPage(left));
  return left.length > 0 ? 3 : 0;
}

/** A run takes less than an hour: what is older than this is not going on. */
const OLD = '3h';

function wantedBy(flags: Flags): Wanted {
  const [run, age] = [text(flags['run']), text(flags['older-than'])];
  if (run === undefined) return { olderThanMs: msOf(age ?? OLD) };
  if (age !== undefined)
    throw new UsageError('--run and --older-than exclude each other: pools of one run go whatever their age');
  if (isRunId(run)) return { run };
  const [, inside] = new RegExp(`^${PREFIX}([a-z0-9]{8})(-|$)`).exec(run) ?? [];
  const advice =
    inside === undefined
      ? 'the run prints it when it begins, and the names of its pools have it'
      : `did you mean ${inside}?`;
  throw new UsageError(`--run "${run}" is no id of a run, which is eight letters and digits; ${advice}`);
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function msOf(age: string): number {
  const [, amount, unit = ''] = /^([1-9]\d{0,3})([mhd])$/.exec(age) ?? [];
  if (amount !== undefined) return Number(amount) * (UNITS[unit] ?? 0);
  throw new UsageError(`--older-than "${age}" is no age of minutes, hours or days, such as 90m, 3h or 2d`);
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { firstVerdict } from './first-verdict.ts';
import { plainList } from './list.ts';
import { marksOf, type Measured } from './marks.ts';
import { page } from './page.ts';
import { cognitoLocal, fast, mock, type BenchServer } from './server.ts';
import { compare, type Row } from './compare.ts';
import { hasTime } from './timed.ts';
import { command, floor, playwrightHost } from './tools/ours.ts';
import { bruno, httpyac, newman, stepCi } from './tools/request-runners.ts';
import { nodeTest, playwrightRequest, vitest } from './tools/test-runners.ts';
import type { Tool } from './tools/tool.ts';
import { toolbox } from './toolbox.ts';

const values = flags();
/** Quick: whether all of it works. */
const [rounds, cases] = values.quick ? [1, 40] : [7, 200];
const LATENCY_MS = 30;

if (!hasTime()) {
  console.error('the bench needs GNU time, which tells what a process and its children took: apt-get install time');
  process.exit(2);
}

const others = toolbox() === undefined ? [] : [nodeTest, vitest];
const slow = toolbox() === undefined ? [] : [playwrightRequest, stepCi, httpyac, newman, bruno];
if (others.length === 0) console.error('the other tools are left out: npm could not install them');

const scratch = mkdtempSync(join(tmpdir(), 'conformance-bench-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const began = performance.now();

const list = plainList(cases);
const measured: Measured = {
  cases,
  onFast: await on(fast(scratch), async (server) => [
    ...(await compare([floor, command, ...others], list, server, scratch, rounds)),
    // They take a multiple of it, so that no noise can turn the order: one run.
    ...(await compare([playwrightHost, ...slow], list, server, scratch, 1)),
  ]),
  fiveTimes: await on(fast(scratch), (server) =>
    compare([floor, command], plainList(5 * cases), server, scratch, rounds),
  ),
  growth: await growth(command, [1, cases, 10 * cases]),
  host: await growth(playwrightHost, [1, cases]),
  onMock: await against(mock(scratch)),
  onCognitoLocal: await against(cognitoLocal(scratch)),
  away: await against(fast(scratch, LATENCY_MS)),
  latencyMs: LATENCY_MS,
  firstVerdictMs: await firstVerdict(rounds),
};
const minutes = Math.round((performance.now() - began) / 6000) / 10;
const marks = marksOf(measured);
console.log(values.json ? JSON.stringify({ marks, measured, minutes }, null, 2) : page(marks, measured, minutes));
const wrong = Object.values(measured)
  .flat()
  .filter((row) => typeof row === 'object' && row.wrong !== undefined);
process.exit(wrong.length > 0 ? 1 : 0);

function against(server: Promise<BenchServer>): Promise<Row[]> {
  return on(server, (there) => compare([floor, command, ...others], list, there, scratch, rounds));
}

/** A tool with few and many cases that pass, and as many that fail: what begins costs no case. */
function growth(tool: Tool, counts: number[]): Promise<Row[]> {
  const lists = counts.map((count) => ({ label: String(count), list: plainList(count, 'none') }));
  const failing = { label: 'fail', list: plainList(cases, 'all') };
  return on(fast(scratch), (server) =>
    compare(
      [...lists, failing].map(({ label, list }) => ({
        name: `${tool.name}, ${label}`,
        list,
        prepare: (_, server, folder) => tool.prepare(list, server, folder),
      })),
      list,
      server,
      scratch,
      rounds,
    ),
  );
}

async function on<T>(starting: Promise<BenchServer>, work: (server: BenchServer) => Promise<T>): Promise<T> {
  const server = await starting;
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

function flags(): { json?: boolean; quick?: boolean } {
  try {
    return parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}; there are --json and --quick`);
    process.exit(2);
  }
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { List } from './list.ts';
import { median } from './median.ts';
import type { Answered, BenchServer } from './server.ts';
import { timed, type Cost } from './timed.ts';
import type { Tool } from './tools/tool.ts';

/** What a tool took, by the medians of its runs. */
export interface Row extends Cost {
  name: string;
  server: string;
  /** Each of them, in order: runs of one place were made one after the other. */
  runs: Cost[];
  cases: number;
  /** That the server counted in a run. */
  requests: number;
  concurrency: number;
  /** Where it did not send what it was to send, or did not find exactly what the server answers wrongly. */
  wrong?: string;
}

let folders = 0;

/** Runs tools in turn, after a run of each that does not count. */
export async function compare(
  tools: readonly Tool[],
  common: List,
  server: BenchServer,
  scratch: string,
  rounds: number,
): Promise<Row[]> {
  const entries = tools.map((tool) => {
    const list = tool.list ?? common;
    const folder = join(scratch, String((folders += 1)));
    mkdirSync(folder);
    return { tool, list, prepared: tool.prepare(list, server, folder), runs: [] as Cost[], requests: 0, wrong: '' };
  });
  for (let round = rounds === 1 ? 1 : 0; round <= rounds; round += 1) {
    for (const entry of entries) {
      if (entry.wrong) continue;
      await server.answered();
      const { output, ...cost } = await timed(entry.prepared.command);
      const answered = await server.answered();
      entry.requests = Object.values(answered).reduce((sum, count) => sum + count, 0);
      entry.wrong =
        wrongIn(answered, entry.list) ?? wrongFound(() => entry.prepared.failures(output), entry.list) ?? '';
      if (round > 0) entry.runs.push(cost);
      const said = `${server.name}: ${entry.tool.name}, ${(cost.wallMs / 1000).toFixed(1)} s`;
      console.error(entry.wrong ? `${said}: ${entry.wrong}\n${output.slice(-1000)}` : said);
    }
  }
  return entries.map(({ tool, list, runs, requests, wrong }) => ({
    name: tool.name,
    server: server.name,
    runs,
    cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
    wallMs: median(runs.map(({ wallMs }) => wallMs)),
    peakMb: median(runs.map(({ peakMb }) => peakMb)),
    cases: list.cases.length,
    requests,
    concurrency: server.concurrency,
    ...(wrong && { wrong }),
  }));
}

/** The server accepts all, also what it was to refuse: those are its wrong answers. */
function wrongIn(answered: Answered, { cases }: List): string | undefined {
  const wanted = new Map<string, number>();
  for (const { operation } of cases.flatMap(({ exchanges }) => exchanges))
    wanted.set(operation, (wanted.get(operation) ?? 0) + 1);
  const other = [...wanted].filter(([operation, count]) => answered[`${operation} 200`] !== count);
  if (other.length === 0) return undefined;
  return other.map(([name, count]) => `${answered[`${name} 200`] ?? 0} of ${count} ${name}`).join(', ');
}

function wrongFound(read: () => string[], { cases }: List): string | undefined {
  const due = cases.filter(({ wrong }) => wrong).map(({ name }) => name);
  let found: string[];
  try {
    found = read().sort();
  } catch (error) {
    return `says nothing of its findings: ${(error as Error).message}`;
  }
  if (found.join() === due.join()) return undefined;
  return `found ${found.length} wrong cases (${found.slice(0, 8).join(', ')}) where there are ${due.length}`;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Report } from '../../engine/result.ts';
import type { ReportContext } from '../../reports/context.ts';
import { writeOutput } from '../../reports/output.ts';
import { reporters } from '../../reports/reporters.ts';
import { findProgram, pathFolders } from '../../targets/program.ts';

/** What shows a file to a person, by platform; `start` is a word of the shell. */
const OPENERS: Partial<Record<NodeJS.Platform, [program: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Writes the HTML report, to a folder of its own where none is named, and opens it; says where it is in any case. */
export async function openReport(
  reports: readonly Report[],
  out: string | undefined,
  context: ReportContext,
): Promise<void> {
  const { file = '', render } = reporters['html'] ?? {};
  const folder = out ?? mkdtempSync(join(tmpdir(), 'cognito-conformance-'));
  writeOutput(folder, file, render?.(reports, context) ?? '');
  const path = resolve(folder, file);
  console.error((await shown(path)) ? `opened ${path}` : `open it in a browser: ${path}`);
}

/** An opener that is still there by then shows the page itself. */
const PATIENCE_MS = 3000;

/** Whether somebody is there to look, and something to look with that does not fail. */
async function shown(path: string): Promise<boolean> {
  if (process.env['CI']) return false;
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const found = findProgram(program, pathFolders());
  if (found === undefined) return false;
  const opener = spawn(found, [...args, path], { detached: true, stdio: 'ignore' });
  const patience = new AbortController();
  const { signal } = patience;
  try {
    const ended = once(opener, 'exit', { signal }).then(([code]) => code === 0);
    return await Promise.race([ended, setTimeout(PATIENCE_MS, true, { signal })]);
  } catch {
    return false;
  } finally {
    patience.abort();
    opener.unref();
  }
}

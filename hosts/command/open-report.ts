import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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
export function openReport(reports: readonly Report[], out: string | undefined, context: ReportContext): void {
  const { file = '', render } = reporters['html'] ?? {};
  const folder = out ?? mkdtempSync(join(tmpdir(), 'cognito-conformance-'));
  writeOutput(folder, file, render?.(reports, context) ?? '');
  const path = resolve(folder, file);
  console.error(shown(path) ? `opened ${path}` : `open it in a browser: ${path}`);
}

/** Whether somebody is there to look, and something to look with. */
function shown(path: string): boolean {
  if (process.env['CI']) return false;
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const found = findProgram(program, pathFolders());
  if (found === undefined) return false;
  spawn(found, [...args, path], { detached: true, stdio: 'ignore' }).unref();
  return true;
}

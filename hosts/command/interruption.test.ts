import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { folder, results, start } from './command.test-data.ts';

test('Ctrl-C ends a run of cognito-local with its results readable and nothing left', async () => {
  const temp = mkdtempSync(join(folder, 'tmp-'));
  const out = join(folder, 'interrupted');
  const child = start(['run', '--target', 'cognito-local', '--out', out], { TMPDIR: temp });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk));
  const exit = once(child, 'exit');
  for (let tries = 0; tries < 200 && !hasResults(out); tries += 1) await sleep(50);
  expect(readdirSync(temp)).toHaveLength(1);
  child.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  expect(errors).toContain('interrupted: cleaning up; once more to end at once');
  const { run, results: judged, suite } = results(out);
  expect(run.complete).toBe(false);
  expect(judged.length).toBeGreaterThan(0);
  expect(judged.length).toBeLessThan(suite.cases);
  expect(readdirSync(temp)).toEqual([]);
  expect(processesNaming(temp)).toEqual([]);
});

function hasResults(out: string): boolean {
  return existsSync(join(out, 'results.json')) && results(out).results.length > 2;
}

/** Ids of processes that were started with this text in their environment; none where there is no /proc. */
function processesNaming(text: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/environ`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });
}

import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { file, folder, results, start } from './command.test-data.ts';

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

test('Ctrl-C ends the wait for a target that is not ready, with nothing left', async () => {
  const temp = mkdtempSync(join(folder, 'tmp-'));
  const silent = "require('node:net').createServer().listen(process.env.PORT); console.log('listening')";
  const manifest = file('silent.json', {
    formatVersion: 1,
    name: 'silent',
    about: 'Takes connections and never answers.',
    start: { command: { program: 'node', args: ['-e', silent], environment: { PORT: '$PORT' } } },
    ready: { path: '/', withinMs: 15_000 },
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    values: {},
  });
  const out = join(folder, 'unready');
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`;
  const child = start(['run', '--target', manifest, '--target', 'mock', '--out', out], { TMPDIR: temp, PATH });
  const exit = once(child, 'exit');
  for (let tries = 0; tries < 200 && !isListening(temp); tries += 1) await sleep(50);
  expect(readdirSync(temp)).toHaveLength(1);
  const clock = performance.now();
  child.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  expect(performance.now() - clock).toBeLessThan(5000);
  const { run, results: judged } = results(join(out, 'silent'));
  expect([run.complete, run.problem, judged]).toEqual([false, 'target silent: interrupted before it answered', []]);
  expect(existsSync(join(out, 'mock', 'results.json'))).toBe(false);
  expect(readdirSync(temp)).toEqual([]);
  expect(processesNaming(temp)).toEqual([]);
});

/** Whether the one program that was started wrote its first line. */
function isListening(temp: string): boolean {
  const logs = readdirSync(temp).map((made) => join(temp, made, 'output.log'));
  return logs.some((log) => existsSync(log) && readFileSync(log, 'utf8').includes('listening'));
}

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

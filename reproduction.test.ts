import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Case } from './engine/case.ts';
import { loadSuite } from './engine/load.ts';
import { isOverCase } from './engine/over.ts';
import { ANYWHERE, reproduction } from './hosts/reproduction/script.ts';
import { about, packageRoot } from './package.ts';

const suite = loadSuite(packageRoot, about);
const scripts = suite.cases.map((one) => ({ one, script: reproduction(one, suite, ANYWHERE) }));
const folder = mkdtempSync(join(tmpdir(), 'reproduction-'));

afterAll(() => rmSync(folder, { recursive: true }));

test('every case but checks over every answer has a script', () => {
  const without = scripts.filter(({ script }) => script === undefined);
  expect(without.map(({ one }) => one.id)).toEqual(suite.cases.filter(isOverCase).map(({ id }) => id));
});

test('a shell reads every script', () => {
  for (const [index, { script = '' }] of scripts.entries()) writeFileSync(join(folder, `${index}.sh`), script);
  const { stdout, stderr } = spawnSync('sh', ['-c', 'for file in *.sh; do sh -n "$file" || echo "$file"; done'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout + stderr).toBe('');
});

test('every script sends what its case sends, in its order, and reads only what it has set', () => {
  const faults = scripts.flatMap(({ one, script = '' }) => [
    ...(JSON.stringify(sentBy(script)) === JSON.stringify(one.steps.flatMap(sendingsOf))
      ? []
      : [`${one.id}: other calls`]),
    ...unset(script).map((name) => `${one.id}: ${name} is not set`),
    ...[...script.matchAll(/(?<!product )undefined|\[object |\$\{\w+\.|"\$[a-z]\w*"|[\u{e000}\u{e001}]/gu)].map(
      ([text]) => `${one.id}: ${text}`,
    ),
  ]);
  expect(faults).toEqual([]);
});

// What scripts show of a mock that is wrong is tried in proof/reproduction.proof.ts.
test('without a program that it calls a script says how to get it, before anything else', () => {
  const [{ script = '' } = {}] = scripts;
  const sh = spawnSync('sh', ['-c', 'command -v sh'], { encoding: 'utf8' }).stdout.trim();
  const { status, stdout, stderr } = spawnSync(sh, { input: script, env: { PATH: folder }, encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([
    127,
    '',
    'curl is not on the PATH: install the package curl, or get it from https://curl.se/download.html\n',
  ]);
});

/** A step and its control, by what the shell calls them. */
function sendingsOf({ call, request, expect: judged, headers, sign, control }: Case['steps'][number]): string[] {
  if (call === undefined) {
    const raw = [request, ...(control ? [{ ...request, ...control }] : [])];
    return raw.map(({ method, path = '/' } = {}) => `${method} ${path}`);
  }
  const cli = !judged && !headers && sign === undefined;
  const kebab = call.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return [cli ? kebab : call, ...(control ? [call] : [])];
}

function sentBy(script: string): string[] {
  const steps = script.slice(script.indexOf("\nheading '1. "));
  const form =
    /^(?:\w+=\$\(|\$\()?(?:cognito ([a-z-]+)|(?:send|signed) "\$ENDPOINT\/".*\\\n.*\\\n.*x-amz-target: \w+\.(\w+)|send -X (\w+) "\$ENDPOINT"(\S+))/gm;
  return [...steps.matchAll(form)].map(([, cli, call, method, path]) => cli ?? call ?? `${method} ${path}`);
}

/** Variables that are read and never set: not those of the environment, nor within functions. */
function unset(script: string): string[] {
  const set = new Set([...script.matchAll(/\b([A-Z][A-Z0-9_]*)=/g)].map(([, name]) => name));
  for (const [, names = ''] of script.matchAll(/\bread -r ([A-Z0-9_ ]+) </g))
    for (const name of names.split(' ')) set.add(name);
  const read = [...script.matchAll(/\$\{?([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => name);
  return [...new Set(read)].filter((name) => !set.has(name));
}

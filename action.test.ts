import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Report } from './engine/result.ts';
import { faults } from './mocks/faults.ts';
import { createMock } from './mocks/mock.ts';
import { serve } from './mocks/serve.ts';

interface Step {
  run?: string;
  uses?: string;
  with?: Record<string, string>;
  env?: Record<string, string>;
}

const root = new URL('./', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const action = parse(read('action.yml')) as {
  inputs: Record<string, { default?: string }>;
  runs: { using: string; steps: [Step] };
};
const [step] = action.runs.steps;

/** A project that depends on the package, and has chosen a few cases. */
const folder = mkdtempSync(join(tmpdir(), 'conformance-action-'));
mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
chmodSync(new URL('dist/cli.js', root), 0o755);
symlinkSync(fileURLToPath(new URL('dist/cli.js', root)), join(folder, 'node_modules/.bin/cognito-conformance'));
writeFileSync(join(folder, 'cognito-conformance.config.json'), '{ "case": ["UpdateUserAttributes/*scope*"] }');
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the step of the action as a job does: its expressions in the environment, `bash -eo pipefail` over its text. */
function act(inputs: Record<string, string>): Promise<{ code: number; stdout: string; summary: string; out: string }> {
  const out = mkdtempSync(join(folder, 'job-'));
  const given: Record<string, string> = { ...inputs, out };
  const env = Object.entries(step.env ?? {}).map(([name, expression]) => {
    const [, input = ''] = /^\$\{\{ inputs\.(\w+) \}\}$/.exec(expression) ?? [];
    return [name, given[input] ?? action.inputs[input]?.default ?? ''];
  });
  const { PATH, HOME } = process.env;
  const summary = join(out, 'summary.md');
  const options = {
    cwd: folder,
    env: { PATH, HOME, NO_COLOR: '1', GITHUB_STEP_SUMMARY: summary, ...Object.fromEntries(env) },
  };
  return new Promise((resolve) => {
    const shell = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''];
    execFile('bash', shell, options, (error, stdout) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, summary: readFileSync(summary, 'utf8'), out }),
    );
  });
}

test('every input of the action reaches its step', () => {
  expect(Object.values(step.env ?? {}).sort()).toEqual(
    Object.keys(action.inputs)
      .map((input) => `\${{ inputs.${input} }}`)
      .sort(),
  );
});

test('a job of a target that conforms passes, with a summary and the results', async () => {
  const { code, summary, out } = await act({ target: 'mock', baseline: '' });
  expect([code, summary]).toEqual([0, expect.stringContaining('mock')]);
  const { totals } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Report;
  expect(totals.fail).toBe(0);
});

test('a job of an endpoint that does not conform fails, with annotations', async () => {
  const mock = createMock({ faults: [faults['never-checks-scope'] ?? {}] });
  const { url, close } = await serve(mock, { port: 0 });
  try {
    const { code, stdout, summary } = await act({ endpoint: url });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error .*UpdateUserAttributes/m);
    expect(summary).toContain('UpdateUserAttributes');
  } finally {
    await close();
  }
});

test('our workflow gives the action no input that it lacks', () => {
  const { jobs } = parse(read('.github/workflows/conformance.yml')) as { jobs: Record<string, { steps: Step[] }> };
  const uses = Object.values(jobs).flatMap(({ steps }) => steps.filter((one) => one.uses === './'));
  expect(uses.length).toBeGreaterThan(0);
  for (const { with: given = {} } of uses)
    expect(Object.keys(given).filter((input) => !Object.hasOwn(action.inputs, input))).toEqual([]);
});

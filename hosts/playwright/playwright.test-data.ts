import { execFile } from 'node:child_process';
import { createServer, request, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import type { JSONReportSpec, JSONReportSuite } from '@playwright/test/reporter';
import type { Case } from '../../engine/case.ts';
import type { Report, Result } from '../../engine/result.ts';
import type { Suite } from '../../engine/suite.ts';
import { packageRoot } from '../../package.ts';
import { loadManifest } from '../../targets/manifest.ts';
import { readBaseline } from '../baseline-file.ts';
import { runTarget } from '../command/run-target.ts';

const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');

/** A server in front of another that takes every update without a look at it; counts the calls of each operation. */
export function acceptsEverything(url: string, calls: Map<string, number>): Server {
  return createServer((incoming, outgoing) => {
    const operation = String(incoming.headers['x-amz-target']).replace(/^.*\./, '');
    calls.set(operation, (calls.get(operation) ?? 0) + 1);
    if (operation === 'UpdateUserAttributes') {
      incoming.resume();
      outgoing.setHeader('content-type', 'application/x-amz-json-1.1').end('{}');
      return;
    }
    const { method = '', url: path = '', headers } = incoming;
    const forwarded = request(url + path, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      pipeline(answer, outgoing, () => {});
    });
    pipeline(incoming, forwarded, () => {});
  });
}

/** Runs Playwright in a folder as a shell would, without what vitest put into the environment. */
export async function playwright(args: string[], cwd: string): Promise<{ code: number; output: string }> {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  const env = { PATH, HOME, TMPDIR, SystemRoot, NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

/** The text of a manifest. */
export function manifestOf(name: string, members: object): string {
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };
  const values = { smsRoleArn: 'arn:aws:iam::123456789012:role/sms' };
  return JSON.stringify({
    formatVersion: 1,
    name,
    about: 'Of a test.',
    region: 'us-east-1',
    credentials,
    values,
    ...members,
  });
}

/** What `--grep` must be for these cases alone. */
export function only(cases: readonly { id: string }[]): string {
  return `@(${cases.map(({ id }) => id.replace(/[.+]/g, '\\$&')).join('|')}) @`;
}

export function specs({ suites = [], specs: own }: JSONReportSuite): JSONReportSpec[] {
  return [...own, ...suites.flatMap(specs)];
}

/** What the command says of these cases. */
export async function command(target: string, suite: Suite, cases: readonly Case[]): Promise<Report> {
  const { signal } = new AbortController();
  const manifest = await loadManifest(target, packageRoot);
  const baseline = manifest.baseline === undefined ? undefined : readBaseline(manifest.baseline, suite);
  return runTarget(manifest, { suite, cases, baseline, strict: false, trace: false, signal });
}

/** What is said of each case, with its fingerprint. */
export function verdicts(results: readonly Result[]): Record<string, string> {
  return Object.fromEntries(results.map(({ id, verdict, fingerprint = '' }) => [id, `${verdict} ${fingerprint}`]));
}

/** By hand what each case does, but for what is of one run. */
export function scripts(results: readonly Result[]): Record<string, string | undefined> {
  return Object.fromEntries(results.map(({ id, reproduction }) => [id, reproduction?.replaceAll(/\d+/g, '#')]));
}

/** What the reporter wrote of a project. */
export function resultsOf(folder: string, project: string): Report {
  return JSON.parse(readFileSync(join(folder, `test-results/conformance/${project}/results.json`), 'utf8')) as Report;
}

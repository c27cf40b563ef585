import { execFile } from 'node:child_process';
import { createServer, request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream';
import type { JSONReportSpec, JSONReportSuite } from '@playwright/test/reporter';

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

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM_ADVICE, chromiumPath } from '../hosts/chromium.ts';
import { serveAsAws } from '../mocks/aws/stand-in.ts';
import { createMock } from '../mocks/mock.ts';
import { serve, type Served } from '../mocks/serve.ts';
import { packageRoot } from '../package.ts';
import { whyMissing } from '../targets/missing.test-data.ts';
import { loadManifest } from '../targets/manifest.ts';
import { commands } from './documents.ts';

const root = fileURLToPath(packageRoot);
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };
const folder = mkdtempSync(join(tmpdir(), 'conformance-docs-'));
let emulator: Served;
let account: Served;
let proxy: ReturnType<typeof createServer>;

/** Where a reader would type them: a project that depends on the package. */
beforeAll(async () => {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  chmodSync(join(root, 'dist/cli.js'), 0o755);
  symlinkSync(join(root, 'dist/cli.js'), join(folder, 'node_modules/.bin/cognito-conformance'));
  emulator = await serve(createMock());
  account = await serveAsAws({ credentials });
  proxy = createServer((incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    const path = url.replace(/^\/cognito(?=\/|$)/, '');
    const forwarded = request(emulator.url, { method, headers, path }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');

  const files = typed.flatMap(({ line }) => [...line.matchAll(/(\S+)\/results\.json/g)].map(([, made]) => made));
  for (const made of new Set(files)) {
    await type(`npx cognito-conformance run --target mock --case 'GetUser/*' --out ${made}`);
  }
  await type(`npx cognito-conformance run --target cognito-local --case 'GetUser/*' --record recordings/first`);
}, 180_000);

afterAll(async () => {
  proxy.close();
  await emulator.close();
  await account.close();
  rmSync(folder, { recursive: true });
});

const python = await missingOf('moto');
const chromium = chromiumPath() === undefined ? `no Chromium; ${CHROMIUM_ADVICE}` : undefined;
const distinct = new Map(commands.map((command) => [command.line, command]));
/** What installs is tried by the proof of the package, and what the mock's page says by a test of its own. */
const typed = [...distinct.values()].filter(({ file, line }) => line.startsWith('npx ') && file !== 'docs/mock.md');
/** They tell differences of moto or, with no baseline, of a recording of cognito-local, and both have some. */
const differs = /moto .*--(no|write)-baseline|replay:/;

describe.each([...new Set(typed.map(({ file }) => file))])('%s', (file) => {
  for (const { line } of typed.filter((command) => command.file === file)) {
    const missing = /moto/.test(line) ? python : /--via browser/.test(line) ? chromium : undefined;
    test.skipIf(missing !== undefined)(`${line} works as it stands${missing ? ` (${missing})` : ''}`, async () => {
      const { code, output } = / mock( |$)/.test(line) ? await serves(line) : await type(line);
      expect([code, output]).toEqual([differs.test(line) ? 1 : 0, expect.stringMatching(/\S/)]);
    });
  }
});

/** What listens at the ports of the examples listens at free ones here. */
function shell(line: string): { words: string[]; cwd: string } {
  const there = line
    .replaceAll('http://127.0.0.1:9229', emulator.url)
    .replaceAll('http://127.0.0.1:8080', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
    .replace('--port 9229', '--port 0')
    .replace('--region eu-west-1', '--region us-east-1');
  return { words: ['-c', there], cwd: line.startsWith('npx cognito-conformance ') ? folder : root };
}

function type(line: string): Promise<{ code: number; output: string }> {
  const { words, cwd } = shell(line);
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, TMPDIR, NO_COLOR: '1', CI: 'true', ...(/--account /.test(line) && ofAccount()) };
  return new Promise((resolve) => {
    execFile('bash', words, { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

/** The stand-in as the account of the examples. */
function ofAccount(): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: account.url,
    AWS_ENDPOINT_URL_STS: account.url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

/** A server says where it listens, and ends when it is told to. */
async function serves(line: string): Promise<{ code: number; output: string }> {
  const { words, cwd } = shell(line.replace('npx cognito-conformance', `exec ${join(root, 'dist/cli.js')}`));
  const child = spawn('bash', words, { cwd });
  const [output] = (await once(createInterface(child.stdout), 'line')) as [string];
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code: code ?? 0, output };
}

async function missingOf(target: string): Promise<string | undefined> {
  return whyMissing(await loadManifest(target, packageRoot), packageRoot);
}

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { afterAll, expect, test } from 'vitest';
import { CHROMIUM_ADVICE, chromiumPath } from './hosts/chromium.ts';
import { firstLine, start } from './hosts/command/command.test-data.ts';
import { operations } from './mocks/operations.ts';
import { packageRoot } from './package.ts';

const examples = fileURLToPath(new URL('docs/examples/', packageRoot));
const outDir = mkdtempSync(join(tmpdir(), 'mock-docs-'));
afterAll(() => rmSync(outDir, { recursive: true }));

const read = (file: string): string => readFileSync(new URL(file, packageRoot), 'utf8');
const blocks = (file: string): string[] =>
  [...read(file).matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, text = '']) => text);

test('docs/mock.md and README show the examples that tests run, and no other', () => {
  const files = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file));
  const shown = [...blocks('docs/mock.md'), ...blocks('README.md')];
  // A page that loads its script is not worth showing; the workflow belongs to docs/recordings.md.
  const notShown = files.filter((file) => !shown.includes(read(`docs/examples/${file}`)));
  expect(notShown.sort()).toEqual(['drift.yml', 'page/index.html']);
  const texts = files.map((file) => read(`docs/examples/${file}`));
  expect(blocks('docs/mock.md').filter((text) => !texts.includes(text))).toEqual([SERVE]);
});

const SERVE = 'npx cognito-conformance mock --port 9229 --state mock.json\n';

test('docs/mock.md names the operations that the mock has', () => {
  const named = /to all others: ([\w, ]+)\./.exec(read('docs/mock.md').replace(/\s+/g, ' '))?.[1];
  expect(named?.split(', ')).toEqual(Object.keys(operations));
});

test('what is asked of a port is answered, with the state of the example', async () => {
  const child = start(['mock', '--state', join(examples, 'mock.json')]);
  const url = await firstLine(child);
  const commands = read('docs/examples/port.sh').replaceAll('http://127.0.0.1:9229', url);
  const { stdout } = await promisify(execFile)('bash', ['-e', '-c', commands]);
  const [, result = '', messages] = /^(.*\})(\[.*)$/s.exec(stdout) ?? [];
  expect(JSON.parse(result)).toMatchObject({ AuthenticationResult: { ExpiresIn: 3600, TokenType: 'Bearer' } });
  expect(messages).toBe('[]');
  child.kill('SIGINT');
  await once(child, 'exit');
});

test('what README starts with signs in by SRP at the address of the service', async () => {
  await import('./docs/examples/start.ts');
  const Pool = new CognitoUserPool({ UserPoolId: 'us-east-1_app', ClientId: 'web' });
  const details = new AuthenticationDetails({ Username: 'ada', Password: 'Correct-horse-1' });
  const session = await new Promise<CognitoUserSession>((onSuccess, onFailure) =>
    new CognitoUser({ Username: 'ada', Pool }).authenticateUser(details, { onSuccess, onFailure }),
  );
  expect(session.getIdToken().payload['email']).toBe('ada@example.com');
});

const executablePath = chromiumPath();

test.skipIf(!executablePath)(
  `a page signs in through a service worker${executablePath ? '' : ` (there is no Chromium: ${CHROMIUM_ADVICE})`}`,
  async () => {
    const { chromium } = await import('@playwright/test');
    const { build, preview } = await import('vite');
    const root = join(examples, 'page');
    await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } });
    const worker = createRequire(import.meta.url).resolve('msw/mockServiceWorker.js');
    copyFileSync(worker, join(outDir, 'mockServiceWorker.js'));
    const server = await preview({
      root,
      logLevel: 'error',
      build: { outDir },
      preview: { host: '127.0.0.1', port: 0 },
    });
    const browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    try {
      const page = await browser.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(server.resolvedUrls?.local[0] ?? '');
      await page.waitForFunction('document.title !== "signing in"', undefined, { timeout: 20_000 });
      expect([await page.title(), faults]).toEqual(['signed in as countess', []]);
    } finally {
      await browser.close();
      await server.close();
    }
  },
);

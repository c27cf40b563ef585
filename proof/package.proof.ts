import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import type { Report } from '../engine/result.ts';
import { about, packageRoot } from '../package.ts';

/** What a stranger has: the tarball, installed into an empty folder, and nothing of the repository. */
const folder = mkdtempSync(join(tmpdir(), 'conformance-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const app = join(folder, 'app');
const suite = loadSuite(packageRoot, about);
const { devDependencies } = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as {
  devDependencies: Record<string, string>;
};

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** As a shell would run it, without what npm and vitest put into the environment. */
function run(program: string, args: string[], { cwd = app, path = '' } = {}): Promise<Ended> {
  const { PATH, HOME, TMPDIR, npm_config_cache } = process.env;
  const env = {
    ...{ PATH: `${path}${PATH}`, HOME, TMPDIR, NO_COLOR: '1' },
    ...(npm_config_cache !== undefined && { npm_config_cache }),
  };
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

async function npm(cwd: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run('npm', args, { cwd });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

async function install(cwd: string, ...packages: string[]): Promise<void> {
  mkdirSync(cwd, { recursive: true });
  const manifest = join(cwd, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true, "type": "module" }');
  await npm(cwd, 'install', '--no-audit', '--no-fund', '--prefer-offline', ...packages);
}

const write = (name: string, text: string): void => writeFileSync(join(app, name), text);

beforeAll(async () => {
  const packed = await npm(
    folder,
    'pack',
    '--ignore-scripts',
    '--json',
    '--pack-destination',
    folder,
    fileURLToPath(packageRoot),
  );
  const [{ filename = '', unpackedSize = 0 } = {}] = JSON.parse(packed) as { filename: string; unpackedSize: number }[];
  expect(unpackedSize).toBeLessThan(3_000_000);
  await install(app, join(folder, filename));
}, 120_000);

test('what is installed is what run needs, and what is missing is said with how to get it', async () => {
  const packages = ['@playwright/test', 'msw', 'testcontainers', '@aws-sdk/client-cognito-identity-provider'];
  expect(packages.filter((name) => existsSync(join(app, 'node_modules', name)))).toEqual([]);
  const { code, stdout } = await run('npx', ['cognito-conformance', 'run', '--target', 'cognito-local']);
  const install = `npm install --save-dev cognito-local@${devDependencies['cognito-local']}`;
  expect([code, stdout.replace(/\s+/g, ' ')]).toEqual([3, expect.stringContaining(install)]);
});

describe.each(['20', '24'])('with Node %s', (major) => {
  const other = join(folder, `node-${major}`);
  const path = process.version.startsWith(`v${major}.`) ? '' : `${other}/node_modules/node/bin:`;
  const node = (...args: string[]): Promise<Ended> => run('node', args, { path });
  const npx = (...args: string[]): Promise<Ended> => run('npx', args, { path });

  beforeAll(async () => {
    const peers = ['@playwright/test', 'msw', 'typescript', '@types/node'];
    await install(app, ...peers.map((name) => `${name}@${devDependencies[name]}`));
    if (path !== '') await install(other, `node@${major}`);
  }, 180_000);

  test('it is that Node', async () => {
    expect((await node('--version')).stdout).toMatch(new RegExp(`^v${major}\\.`));
  });

  test('the command judges the mock, and an endpoint', async () => {
    const whole = await npx('cognito-conformance', 'run', '--target', 'mock', '--out', `mock-${major}`);
    const report = JSON.parse(readFileSync(join(app, `mock-${major}`, 'results.json'), 'utf8')) as Report;
    expect([whole.code, report.totals.pass, report.run.node]).toEqual([
      0,
      suite.cases.length,
      expect.stringMatching(new RegExp(`^v${major}\\.`)),
    ]);

    const mock = spawn(join(app, 'node_modules/.bin/cognito-conformance'), ['mock'], {
      cwd: app,
      env: { ...process.env, PATH: `${path}${process.env['PATH']}` },
    });
    try {
      const [line] = (await once(createInterface(mock.stdout), 'line')) as [string];
      const endpoint = /http:\S+/.exec(line)?.[0] ?? '';
      const judged = await npx(
        'cognito-conformance',
        'run',
        '--endpoint',
        endpoint,
        '--case',
        'UpdateUserAttributes/*',
      );
      expect([judged.code, judged.stdout]).toEqual([0, expect.stringContaining('conforms: ')]);
    } finally {
      mock.kill();
    }
  });

  test('the Playwright host judges the mock by a configuration of three lines', async () => {
    write(
      'playwright.config.ts',
      `import base, { conformanceProject } from 'cognito-conformance/playwright';

export default { ...base, projects: [conformanceProject('mock')] };
`,
    );
    const cases = suite.cases.filter(({ id }) => id.startsWith('AdminGetUser/'));
    const { code, stdout } = await npx('playwright', 'test', '--grep', '@AdminGetUser/', '--reporter', 'line');
    expect([code, stdout]).toEqual([0, expect.stringContaining(`${cases.length} passed`)]);
  });

  test('the mock is imported, with its types', async () => {
    write(
      'use-mock.ts',
      `import { createMock } from 'cognito-conformance/mocks';
import { handlers } from 'cognito-conformance/mocks/handlers';
import { setupServer } from 'msw/node';

const server = setupServer(...handlers(createMock()));
server.listen({ onUnhandledRequest: 'error' });
const answer = await fetch('https://cognito-idp.us-east-1.amazonaws.com/', {
  method: 'POST',
  headers: {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
  },
  body: JSON.stringify({ AccessToken: 'not-a-token' }),
});
console.log(answer.status, await answer.text());
server.close();
`,
    );
    const options = ['--module', 'nodenext', '--target', 'es2022', '--strict', '--types', 'node'];
    const compiled = await npx('tsc', ...options, 'use-mock.ts');
    expect([compiled.code, compiled.stdout]).toEqual([0, '']);
    const { stdout } = await node('use-mock.js');
    expect(stdout).toContain('400 {"__type":"NotAuthorizedException"');
  });
});

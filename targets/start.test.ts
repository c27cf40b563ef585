import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { removeLeftovers } from './leftovers.ts';
import { loadManifest, type Command, type Manifest } from './manifest.ts';
import { whyMissing } from './missing.test-data.ts';
import { attachTarget, startTarget } from './start.ts';
import { writeStarter } from './starter.test-data.ts';
import { ownTemporaryFolder } from './temporary.test-data.ts';

const packageRoot = new URL('../', import.meta.url);
const POST = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools',
};

const folder = ownTemporaryFolder();

test('the mock answers alike in process and served', async () => {
  const inProcess = await startTarget(await loadManifest('mock', packageRoot), { packageRoot });
  const served = await startTarget(await loadManifest('mock-served', packageRoot), { packageRoot });
  const request = { method: 'POST', path: '/', headers: POST, body: '{"MaxResults":1}' };
  const direct = await inProcess.answer?.(request);
  const answered = await fetch(served.endpoint, { method: 'POST', headers: POST, body: request.body });
  expect(served.answer).toBe(undefined);
  expect(answered.status).toBe(direct?.status);
  expect(await answered.text()).toBe(direct?.body);
  expect(await served.signingKey?.('pool')).toEqual(await inProcess.signingKey?.('pool'));
  expect(await inProcess.signingKey?.('pool')).toMatchObject({ kty: 'RSA' });
  const nobody = { UserPoolId: 'us-east-1_none', Username: 'a/b', unique: '1' };
  expect([await inProcess.latestCode?.(nobody), await served.latestCode?.(nobody)]).toEqual([undefined, undefined]);
  await served.stop();
  await served.stop();
  await inProcess.stop();
  await expect(fetch(served.endpoint)).rejects.toThrow();
});

test('cognito-local starts, shows its codes and its key, and leaves nothing', async () => {
  const target = await startTarget(await loadManifest('cognito-local', packageRoot), { packageRoot });
  expect(target.version).toBe('5.3.0');
  const { pid } = (await owners())[0]?.target ?? {};
  expect(isAlive(pid)).toBe(true);
  expect(await target.signingKey?.('pool')).toMatch(/^-----BEGIN/);

  const call = calls(target.endpoint);
  const pool = await call('CreateUserPool', { PoolName: 'a', AutoVerifiedAttributes: ['email'] });
  const UserPoolId = pool.UserPool?.Id ?? '';
  const client = await call('CreateUserPoolClient', { UserPoolId, ClientName: 'a' });
  const user = { UserPoolId, Username: 'ann' };
  const UserAttributes = [{ Name: 'email', Value: 'ann@example.com' }];
  await call('AdminCreateUser', { ...user, UserAttributes, MessageAction: 'SUPPRESS' });
  await call('AdminSetUserPassword', { ...user, Password: 'Passw0rd!', Permanent: true });
  expect(await target.latestCode?.({ ...user, unique: '1' })).toBe(undefined);
  const signedIn = await call('InitiateAuth', {
    ClientId: client.UserPoolClient?.ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ann', PASSWORD: 'Passw0rd!' },
  });
  const { AccessToken } = signedIn.AuthenticationResult ?? {};
  await call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' });
  expect(await target.latestCode?.({ ...user, unique: '1' })).toMatch(/^\d{6}$/);

  await target.stop();
  await target.stop();
  expect(isAlive(pid)).toBe(false);
  expect(await folders()).toEqual([]);
});

for (const name of ['moto', 'ministack']) {
  const manifest = await loadManifest(name, packageRoot);
  const missing = whyMissing(manifest, packageRoot);

  test.skipIf(missing !== undefined)(
    `${name} starts, tells its version and stops${missing ? ` (${missing})` : ''}`,
    async () => {
      const said: string[] = [];
      const target = await startTarget(manifest, { packageRoot, log: (line) => said.push(line) });
      expect(target.version).toMatch(/^\d+\.\d+/);
      expect(said.length).toBe(target.version === manifest.version?.pinned ? 0 : 1);
      expect((await calls(target.endpoint)('CreateUserPool', { PoolName: 'a' })).UserPool?.Id).toMatch(/^us-east-1_/);
      expect([target.latestCode, target.signingKey !== undefined]).toEqual([undefined, name === 'ministack']);
      await target.stop();
      expect(await folders()).toEqual([]);
    },
  );
}

test('a program that ends at once shows its last lines', async () => {
  const target = node("console.log('reading'); console.error('no such setting: x'); process.exit(3)");
  await expect(startTarget(target, { packageRoot })).rejects.toThrow(
    /^target try: ".* ended with exit code 3 before it answered; it wrote last:\n {2}reading\n {2}no such setting: x$/s,
  );
  expect(await folders()).toEqual([]);
});

test('a program whose manifest does not say when it is ready is waited for at /', async () => {
  const { ready: _, ...ends } = node("console.log('reading'); process.exit(3)");
  await expect(startTarget(ends, { packageRoot })).rejects.toThrow(
    /^target try: ".* ended with exit code 3 before it answered; it wrote last:\n {2}reading$/s,
  );
  const late =
    "setTimeout(() => require('node:http').createServer((_, answer) => answer.end()).listen(process.env.PORT), 500)";
  const { ready: __, ...comes } = node(late, { environment: { PORT: '$PORT' } });
  const target = await startTarget(comes, { packageRoot });
  expect((await fetch(target.endpoint)).status).toBe(200);
  await target.stop();
});

test('a port that is taken is named', async () => {
  const target = node(
    "const { createServer } = require('node:net'); createServer().listen(0, function () { createServer().listen(this.address().port) })",
  );
  await expect(startTarget(target, { packageRoot })).rejects.toThrow('its port was taken meanwhile, run it again');
});

test('a program that never answers is ended, though it ignores SIGTERM and has a child', async () => {
  const target = node(
    "process.on('SIGTERM', () => {}); require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']); setInterval(() => {}, 1e6); console.log(process.pid)",
  );
  const error = await startTarget({ ...target, ready: { path: '/', withinMs: 700 } }, { packageRoot }).catch(
    (reason: Error) => reason,
  );
  const message = error instanceof Error ? error.message : '';
  expect(message).toMatch(
    /^target try: no answer from http:\/\/127\.0\.0\.1:\d+\/ within 700 ms \("ready" in its manifest\)/,
  );
  expect(isAlive(-Number(/(\d+)$/.exec(message)?.[1]))).toBe(false);
  expect(await folders()).toEqual([]);
});

test('who is interrupted waits no longer for a target that is not ready', async () => {
  const interrupt = new AbortController();
  const clock = performance.now();
  const target = node("require('node:net').createServer().listen(process.env.PORT)", {
    environment: { PORT: '$PORT' },
  });
  const starting = startTarget(
    { ...target, ready: { path: '/', withinMs: 15_000 } },
    { packageRoot, signal: interrupt.signal },
  );
  setTimeout(() => interrupt.abort(), 300);
  await expect(starting).rejects.toThrow(/^target try: interrupted before it answered$/);
  expect(performance.now() - clock).toBeLessThan(5000);
  expect(await folders()).toEqual([]);
});

test('a missing program or package is named with how to install it', async () => {
  const program = command({ program: 'no-such-program', virtualEnvironment: '.none', install: 'brew install it' });
  await expect(startTarget(program, { packageRoot })).rejects.toThrow(
    'target try: no no-such-program in .none or on the PATH; install it with: brew install it',
  );
  const script = command({ script: { package: 'no-such-package', file: 'x.js' } });
  await expect(startTarget(script, { packageRoot })).rejects.toThrow('target try: no npm package no-such-package');
});

test('files, arguments and environment are filled in, and a code that is no JSON is named', async () => {
  const source = `require('node:fs').writeFileSync('codes.json', '{');
    const body = JSON.stringify([process.argv[1], process.env.B, process.env.HOME ?? null, require('./a/settings.json')]);
    require('node:http').createServer((_, answer) => answer.end(body)).listen(process.env.PORT, '127.0.0.1')`;
  const target = await startTarget(
    {
      ...node(source, {
        args: ['$PORT'],
        environment: { PORT: '$PORT', B: '$FOLDER', HOME: null },
        files: { 'a/settings.json': { port: '$PORT' } },
      }),
      codes: { file: 'codes.json', pointer: '/a' },
      signingKey: { get: '/', pointer: '/3' },
    },
    { packageRoot },
  );
  const { port } = new URL(target.endpoint);
  const [made] = await folders();
  expect(await (await fetch(target.endpoint)).json()).toEqual([port, made, null, { port }]);
  expect(await target.signingKey?.('pool')).toEqual({ port });
  await expect(target.latestCode?.({ UserPoolId: 'a', Username: 'b', unique: '1' })).rejects.toThrow(
    'codes.json cannot be read as JSON',
  );
  await target.stop();
});

test('a target mails what it sends, and another process of the run reads it too', async () => {
  const source = `
    const { createServer } = require('node:http'), { connect } = require('node:net');
    const mail = (to, text) => new Promise((sent) => {
      const socket = connect(process.env.SMTP, '127.0.0.1').on('end', sent).resume();
      socket.end(['HELO a', 'MAIL FROM:<a@b.c>', 'RCPT TO:<' + to + '>', 'DATA', 'Subject: Code', '', text, '.', 'QUIT', ''].join('\\r\\n'));
    });
    let code = 111111;
    createServer(async (request, answer) => {
      if (request.method === 'POST') await mail('new-7@example.com', 'Your code is ' + code++ + '.');
      answer.end();
    }).listen(process.env.PORT, '127.0.0.1')`;
  const manifest: Manifest = {
    ...node(source, { environment: { PORT: '$PORT', SMTP: '$SMTP_PORT' } }),
    codes: { mail: 'code is (?<code>\\d+)' },
    messages: { mail: true },
  };
  const target = await startTarget(manifest, { packageRoot });
  const owner = { UserPoolId: 'a', Username: 'b', unique: '7' };
  expect(await target.latestCode?.(owner)).toBe(undefined);
  for (let sent = 0; sent < 2; sent++) await fetch(target.endpoint, { method: 'POST' });
  const { endpoint, folder: made, mailsUrl } = target;
  const attached = attachTarget(manifest, JSON.parse(JSON.stringify({ endpoint, folder: made, mailsUrl })), {
    packageRoot,
  });
  const message = { to: 'new-7@example.com', medium: 'EMAIL' };
  for (const one of [target, attached]) {
    expect([await one.latestCode?.(owner), await one.mails?.('7'), await one.mails?.('8')]).toEqual([
      '111112',
      [message, message],
      [],
    ]);
    expect(one.messages).toBe(undefined);
  }
  await target.stop();
  await expect(target.mails?.('7')).rejects.toThrow('cannot be read');
});

test('a target is reset before anybody asks it something, or said not to be', async () => {
  const source = `
    const asked = [];
    require('node:http').createServer((request, answer) => {
      asked.push(request.method + ' ' + request.url);
      answer.writeHead(request.url === '/none' ? 404 : 200).end(JSON.stringify(asked));
    }).listen(process.env.PORT, '127.0.0.1')`;
  const manifest = { ...node(source, { environment: { PORT: '$PORT' } }), ready: { path: '/up' } };
  const target = await startTarget({ ...manifest, reset: '/reset' }, { packageRoot });
  expect(((await (await fetch(target.endpoint)).json()) as string[]).slice(-2)).toEqual(['POST /reset', 'GET /']);
  await target.stop();
  await expect(startTarget({ ...manifest, reset: '/none' }, { packageRoot })).rejects.toThrow(
    'target try: POST /none ("reset" in its manifest) answered 404; it must answer 2xx',
  );
  expect(await folders()).toEqual([]);
});

test('after kill -9 of the runner, and after its end without stop, nothing is left', async () => {
  const starter = await writeStarter('cognito-local', packageRoot, folder);
  for (const ending of ['SIGKILL', 'SIGINT', 'exit']) {
    const child = spawn(process.execPath, [starter, ending], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [endpoint] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { pid } = (await owners())[0]?.target ?? {};
    expect(isAlive(pid)).toBe(true);
    expect((await fetch(endpoint)).status).toBeGreaterThan(0);
    if (ending !== 'exit') child.kill(ending as NodeJS.Signals);
    await until(async () => !isAlive(pid) && (await folders()).length === 0, 3000);
  }
});

test('what a killed keeper left behind is removed by the next run, and what is in use stays', async () => {
  const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => void left.kill());
  const exit = once(left, 'exit');
  const start = (pid?: number) =>
    readFile(`/proc/${pid}/stat`, 'utf8').then(
      (stat) => stat.split(' ')[21],
      () => undefined,
    );
  const target = { pid: left.pid, start: await start(left.pid) };
  await owned('dead', { owner: { pid: process.pid, start: '1' }, target });
  await owned('alive', { owner: { pid: process.pid, start: await start(process.pid) } });
  const zombie = await ended();
  await owned('ended', { owner: { pid: zombie, start: await start(zombie) } });
  await owned('kept', {
    owner: { pid: process.pid, start: '1' },
    keeper: { pid: process.pid, start: await start(process.pid) },
  });
  await owned('reused', { owner: { pid: 999_999_999 }, target: { pid: process.pid, start: '1' } });
  // Killed between the folder and its file.
  await mkdir(join(folder, 'tmp', 'cognito-conformance-999999999-1-abcDEF'));
  removeLeftovers();
  if (target.start === undefined) left.kill();
  await exit;
  const inUse = ['alive', ...(target.start === undefined ? [] : ['kept'])];
  expect(await folders()).toEqual(inUse.map((name) => join(folder, 'tmp', `cognito-conformance-${name}`)));
  for (const made of await folders()) await rm(made, { recursive: true });
});

/** The id of a process that has ended and that nobody has asked how; where there is no /proc, of none. */
async function ended(): Promise<number> {
  if (!existsSync('/proc/self/stat')) return 999_999_999;
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pid] = (await once(createInterface(parent.stdout), 'line')) as [string];
  // The shell would ask; what it becomes does not.
  await until(async () => (await readFile(`/proc/${parent.pid}/comm`, 'utf8')) === 'sleep\n', 5000);
  process.kill(Number(pid));
  await until(async () => (await readFile(`/proc/${pid}/stat`, 'utf8')).includes(') Z '), 5000);
  onTestFinished(() => void parent.kill());
  return Number(pid);
}

function command(start: Command): Manifest {
  return {
    formatVersion: 1,
    name: 'try',
    about: 'A program of a test.',
    start: { command: start },
    ready: { path: '/', withinMs: 5000 },
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    values: {},
  };
}

/** A manifest whose command is a Node one-liner. */
function node(source: string, rest: Partial<Command> = {}): Manifest {
  process.env['PATH'] = `${join(process.execPath, '..')}:${process.env['PATH']}`;
  return command({ program: 'node', ...rest, args: ['-e', source, ...(rest.args ?? [])] });
}

interface Answer {
  UserPool?: { Id: string };
  UserPoolClient?: { ClientId: string };
  AuthenticationResult?: { AccessToken: string };
}

function calls(endpoint: string): (operation: string, input: object) => Promise<Answer> {
  return async (operation, input) => {
    const headers = {
      ...POST,
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=00',
    };
    const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(input) });
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  };
}

async function folders(): Promise<string[]> {
  const names = await readdir(join(folder, 'tmp'));
  return names.filter((name) => name.startsWith('cognito-conformance-')).map((name) => join(folder, 'tmp', name));
}

async function owners(): Promise<{ target?: { pid: number } }[]> {
  const files = (await folders()).map((made) => join(made, 'owner.json')).filter((file) => existsSync(file));
  return Promise.all(
    files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as { target?: { pid: number } }),
  );
}

async function owned(name: string, owner: object): Promise<void> {
  await mkdir(join(folder, 'tmp', `cognito-conformance-${name}`));
  await writeFile(join(folder, 'tmp', `cognito-conformance-${name}`, 'owner.json'), JSON.stringify(owner));
}

function isAlive(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? NaN, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => Promise<boolean>, withinMs: number): Promise<void> {
  await expect.poll(condition, { timeout: withinMs, interval: 50 }).toBe(true);
}

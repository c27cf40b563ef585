import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from './engine/result.ts';

const root = fileURLToPath(new URL('./', import.meta.url));
const cli = join(root, 'dist/cli.js');

let folder: string;
const servers: (() => void)[] = [];

beforeAll(() => {
  if (!existsSync(cli)) throw new Error(`there is no ${cli}; make it with: npm run build`);
  folder = mkdtempSync(join(tmpdir(), 'cli-test-'));
});

afterAll(() => {
  for (const close of servers) close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function command(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], { cwd: folder, timeout: 30_000 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** Starts a command; what was started is ended with the test, however that ends. */
function start(args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env: { ...process.env, ...env } });
  servers.push(() => child.kill('SIGKILL'));
  return child;
}

function results(out: string): Report {
  return JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Report;
}

const ONE = 'UpdateUserAttributes/expired-token';

describe.concurrent('wrong use is one line that says what there is, and exit code 2', () => {
  test.each<[args: string, line: string | RegExp]>([
    ['runn', 'no command "runn"; there are run, list, mock. Did you mean "run"?'],
    ['toString', 'no command "toString"; there are run, list, mock.'],
    ['--target mock', 'no command "--target"; there are run, list, mock.'],
    ['run --targt mock', /^run has no --targt; it has --target, .*\. Did you mean --target\?$/],
    ['run -t mock', /^run has no -t; it has --target, /],
    ['run --target=mock --no-strict', /^run has no --no-strict; it has .*\. Did you mean --strict\?$/],
    ['run mock', /^run takes no "mock"; it takes --target, /],
    [
      'run',
      'run needs a target: --target NAME (there are cognito-local, mock, mock-served, moto, or the path of a manifest) or --endpoint URL',
    ],
    ['run --target', '--target needs a value: --target VALUE'],
    ['run --target=', '--target needs a value: --target VALUE'],
    ['run --target mock --out --trace', '--out needs a value: --out VALUE'],
    ['run --target mock --strict=yes', '--strict takes no value'],
    [
      'run --target mok',
      'no target "mok"; there are cognito-local, mock, mock-served, moto, or the path of a manifest. Did you mean "mock"?',
    ],
    ['run --target mock --target mock', 'the target "mock" is named twice'],
    [
      'run --target mock --reporter terminl',
      /^no reporter "terminl"; there are terminal, markdown, json\b.*\. Did you mean "terminal"\?$/,
    ],
    [
      `run --target mock --case ${ONE}s`,
      `no case "${ONE}s"; see them with: cognito-conformance list. Did you mean "${ONE}"?`,
    ],
    ['list --case nothing', 'no case "nothing"; see them with: cognito-conformance list.'],
    ['run --target mock --concurrency 0', '--concurrency "0" is not a number from 1 to 999'],
    ['run --target mock --concurrency many', '--concurrency "many" is not a number from 1 to 999'],
    [
      'run --endpoint localhost:9229',
      '--endpoint "localhost:9229" is not an http or https URL, such as http://127.0.0.1:9229',
    ],
    [
      'run --endpoint ftp://localhost',
      '--endpoint "ftp://localhost" is not an http or https URL, such as http://127.0.0.1:9229',
    ],
    [
      'run --endpoint http://ann:secret@localhost',
      '--endpoint http://localhost takes no user name, password, query or fragment',
    ],
    ['run --target none.json', /^\S+none\.json: cannot be read \(ENOENT\); name a target or the path of its manifest$/],
    ['run --target mock --baseline none.json', /^the baseline none\.json cannot be read: ENOENT/],
    [
      'run --target mock --target moto --baseline some.json',
      '--baseline and --write-baseline are for one target; run the targets one by one',
    ],
    ['mock --port 65536', '--port "65536" is not a number from 0 to 65535'],
    ['mock --port http', '--port "http" is not a number from 0 to 65535'],
    ['mock --port=-1', '--port "-1" is not a number from 0 to 65535'],
    ['mock --port 0x50', '--port "0x50" is not a number from 0 to 65535'],
  ])('%s', async (args, line) => {
    const { code, stdout, stderr } = await command(...args.split(' '));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.endsWith('\n')).toBe(true);
    const said = stderr.slice(0, -1);
    if (typeof line === 'string') expect(said).toBe(line);
    else expect(said).toMatch(line);
    expect(said.split('\n')).toHaveLength(1);
  });
});

test('without a command the help is an error, with --help it is an answer', async () => {
  const [none, asked, ofRun, version] = await Promise.all([
    command(),
    command('--help'),
    command('run', '--help'),
    command('-v'),
  ]);
  expect([none.code, none.stdout, none.stderr]).toEqual([2, '', asked.stdout]);
  expect([asked.code, asked.stderr]).toEqual([0, '']);
  expect(asked.stdout).toMatch(/^cognito-conformance \d+\.\d+\.\d+: does it behave as Amazon Cognito does\?\n/);
  expect([ofRun.code, ofRun.stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^cognito-conformance run /)]);
  expect([version.code, version.stdout]).toEqual([0, expect.stringMatching(/^cognito-conformance \d+\.\d+\.\d+\n$/)]);
});

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const mock = JSON.parse(readFileSync(join(root, 'targets/mock.json'), 'utf8')) as object;

describe.concurrent('a malformed file is named with its place and what is allowed, and exit code 2', () => {
  test.each<[name: string, flag: string, content: unknown, line: string]>([
    ['torn.json', '--target', '{"name":', ': is not JSON: Unexpected end of JSON input'],
    ['unknown.json', '--target', { ...mock, regoin: 'x' }, ': /regoin: is unknown; there are formatVersion, name, '],
    ['other.json', '--target', { ...mock, formatVersion: 2 }, ': /formatVersion: is 2; must be 1'],
    ['torn-baseline.json', '--baseline', '[', ' cannot be read: '],
    [
      'no-baseline.json',
      '--baseline',
      { formatVersion: 1, about: 'x' },
      " at /: must have required property 'failures'",
    ],
    [
      'wrong-id.json',
      '--baseline',
      { formatVersion: 1, about: 'x', failures: [{ id: `${ONE}s`, reason: 'r', fingerprint: '1: x' }] },
      `: /failures/0: no case "${ONE}s". Did you mean "${ONE}"?`,
    ],
    [
      'wrong-range.json',
      '--baseline',
      { formatVersion: 1, about: 'x', versions: 'five', failures: [] },
      ': "versions" is "five", which is no npm version range',
    ],
  ])('%s', async (name, flag, content, line) => {
    const path = file(name, content);
    const target = flag === '--target' ? [] : ['--target', 'mock'];
    const { code, stdout, stderr } = await command('run', ...target, flag, path);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${path}${line}`);
  });
});

describe.concurrent('what cannot be written is said before anything is run', () => {
  test.each([
    ['--out', 'in-the-way/out'],
    ['--out', 'in-the-way'],
    ['--write-baseline', 'in-the-way/known.json'],
  ])('%s %s', async (flag, path) => {
    const inTheWay = file('in-the-way', 'a file');
    const served = await listen(createHttpServer((_, response) => void response.end()));
    const { code, stdout, stderr } = await command('run', '--endpoint', served.url, flag, path);
    expect([code, stdout, served.connections()]).toEqual([2, '', 0]);
    expect(stderr).toMatch(/^cannot write in-the-way\S*: .+ \(E[A-Z]+\); .+\n$/);
    expect(readFileSync(inTheWay, 'utf8')).toBe('a file');
  });

  test('a broken baseline is not written over', async () => {
    const path = file('older.json', '{"formatVersion":');
    const { code } = await command('run', '--target', 'mock', '--case', ONE, '--write-baseline', path);
    expect([code, readFileSync(path, 'utf8')]).toEqual([2, '{"formatVersion":']);
  });
});

interface Listening {
  url: string;
  connections: () => number;
}

async function listen(server: Server): Promise<Listening> {
  let connections = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
}

const says = (status: number, type: string, body: () => string) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': type }).end(body());
const drip = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
  const timer = setInterval(() => response.write(' '), 100);
  response.on('close', () => clearInterval(timer));
};
const strange =
  / is not the Cognito user pools API: it answers GetUser as it answers an operation that does not exist \((.+)\)/;
const cut = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': 100 });
  response.write('{"a":', () => response.destroy());
};

describe.concurrent('an endpoint that cannot be judged is one finding, said within 15 s, and exit code 3', () => {
  test.each<[name: string, answer: (response: ServerResponse) => void, finding: RegExp]>([
    ['never answers', () => {}, /cannot be judged: no answer within 8 s/],
    ['drips without end', drip, /cannot be judged: no end of the answer within 8 s/],
    ['answers a page', says(200, 'text/html', () => '<h1>It works!</h1>'), strange],
    ['answers a page that changes', says(200, 'text/html', () => `<h1>${Math.random()}</h1>`), strange],
    ['answers 404 as a page', says(404, 'text/html', () => '<h1>Not Found</h1>'), strange],
    ['answers 404 with a date', says(404, 'application/json', () => JSON.stringify({ at: Math.random() })), strange],
    ['answers {} to everything', says(200, 'application/json', () => '{}'), strange],
    [
      'is another service',
      says(
        400,
        'application/x-amz-json-1.0',
        () => '{"__type":"com.amazonaws.dynamodb.v20120810#UnknownOperationException"}',
      ),
      /\(400 UnknownOperationException\)/,
    ],
    ['closes half-way', cut, /cannot be judged: the answer broke off half-way/],
    [
      'closes at once',
      (response) => void response.destroy(),
      /cannot be judged: the connection was closed before an answer came/,
    ],
  ])('one that %s', async (name, answer, finding) => {
    const { url } = await listen(createHttpServer((_, response) => answer(response)));
    const out = join(folder, name.replaceAll(/\W+/g, '-'));
    const clock = performance.now();
    const { code, stdout } = await command('run', '--endpoint', url, '--out', out);
    expect(performance.now() - clock).toBeLessThan(15_000);
    expect(code).toBe(3);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(finding);
    expect(stdout.split('\n').length).toBeLessThan(8);
    const { run, results: judged } = results(out);
    expect([run.complete, judged.length]).toEqual([true, 0]);
    expect(run.problem).toMatch(finding);
  });

  test('one where nothing listens', async () => {
    const server = createServer();
    const { url } = await listen(server);
    server.close();
    const { code, stdout } = await command('run', '--endpoint', url);
    expect([code, stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining(`nothing listens at ${url.slice(7)}`),
    ]);
  });

  test('one that speaks no HTTP', async () => {
    const { url } = await listen(createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    const { code, stdout } = await command('run', '--endpoint', url);
    expect([code, stdout]).toEqual([3, expect.stringContaining('the answer is not HTTP')]);
  });
});

test('a run writes results that fit their schema, and every format asked for', async () => {
  const out = join(folder, 'deep/out');
  const { code, stdout } = await command(
    ...['run', '--target', 'mock', '--case', 'UpdateUserAttributes/*token*', '--out', out],
    ...['--reporter', 'terminal', '--reporter', 'markdown', '--trace'],
  );
  expect([code, readdirSync(out).sort()]).toEqual([0, ['results.json', 'results.md']]);
  expect(stdout).toMatch(/^mock .* passes: \d+ pass/);
  const report = results(out);
  const schema = JSON.parse(readFileSync(join(root, 'reports/results.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  expect([validate(report), validate.errors]).toEqual([true, null]);
  expect(report.results.length).toBe(report.suite.cases);
  expect(report.totals.pass).toBe(report.results.length);
  expect(report.results.map(({ id }) => id)).toContain(ONE);
  expect(report.results.every(({ steps }) => steps.length > 0)).toBe(true);
  expect(report.run).toMatchObject({ host: 'command', complete: true });
});

test('several targets each have their folder', async () => {
  const out = join(folder, 'both');
  const { code } = await command('run', '--target', 'mock', '--target', 'mock-served', '--case', ONE, '--out', out);
  expect([code, readdirSync(out).sort()]).toEqual([0, ['mock', 'mock-served']]);
  expect(['mock', 'mock-served'].map((name) => results(join(out, name)).totals.pass)).toEqual([1, 1]);
});

test('json goes to standard output alone', async () => {
  const { code, stdout } = await command('run', '--target', 'mock', '--case', ONE, '--reporter', 'json');
  expect([code, (JSON.parse(stdout) as Report).results.map(({ id, verdict }) => [id, verdict])]).toEqual([
    0,
    [[ONE, 'pass']],
  ]);
});

/** The served mock behind a proxy that changes answers. */
async function proxy(change: (operation: string, answer: { status: number; body: string }) => void): Promise<string> {
  const child = start(['mock']);
  const address = await firstLine(child);
  const { url } = await listen(
    createHttpServer(async (request, response) => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string]);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const plain = headers.filter(([name]) => !['host', 'connection', 'content-length'].includes(name));
      const init = { method: request.method ?? 'POST', headers: plain, body: Buffer.concat(chunks) };
      const said = await fetch(address + request.url, init);
      const answer = { status: said.status, body: await said.text() };
      change(String(request.headers['x-amz-target']).split('.')[1] ?? '', answer);
      const kept = [...said.headers].filter(([name]) => !['content-length', 'connection'].includes(name));
      response.writeHead(answer.status, Object.fromEntries(kept)).end(answer.body);
    }),
  );
  return url;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return line;
}

test('exit codes tell conformance, warnings, differences and what is known', async () => {
  let wrong = false;
  const url = await proxy((operation, answer) => {
    if (operation !== 'UpdateUserAttributes' || answer.status === 200) return;
    const said = JSON.parse(answer.body) as { __type: string; message: string };
    said.message = 'Other words';
    if (wrong) said.__type = 'OtherException';
    answer.body = JSON.stringify(said);
  });
  const known = join(folder, 'known.json');
  const run = async (...more: string[]): Promise<[number | null, string]> => {
    const { code, stdout } = await command(
      'run',
      '--endpoint',
      url,
      '--case',
      'UpdateUserAttributes/tampered-token',
      '--reporter',
      'json',
      ...more,
    );
    return [code, (JSON.parse(stdout) as Report).results[0]?.verdict ?? 'none'];
  };
  expect(await run()).toEqual([0, 'warn']);
  expect(await run('--strict')).toEqual([1, 'warn']);
  wrong = true;
  expect(await run()).toEqual([1, 'fail']);
  expect(await run('--write-baseline', known)).toEqual([1, 'fail']);
  expect((JSON.parse(readFileSync(known, 'utf8')) as { failures: unknown[] }).failures).toEqual([
    {
      id: 'UpdateUserAttributes/tampered-token',
      reason: 'UpdateUserAttributes: 400 OtherException instead of NotAuthorizedException',
      fingerprint: '1: UpdateUserAttributes#1 must error 400 OtherException',
    },
  ]);
  expect(await run('--baseline', known)).toEqual([0, 'known']);
  wrong = false;
  expect(await run('--baseline', known, '--strict')).toEqual([1, 'changed']);
  expect(await run('--case', ONE)).toEqual([0, expect.stringMatching(/warn|skip/)]);
});

test('a run in which nothing passes or fails conforms to nothing', async () => {
  const url = await proxy(() => {});
  const { code, stdout } = await command('run', '--endpoint', url, '--case', ONE, '--reporter', 'json');
  expect([code, (JSON.parse(stdout) as Report).totals]).toEqual([3, expect.objectContaining({ skip: 1, pass: 0 })]);
});

test('list names every case, with or without JSON', async () => {
  const [text, json] = await Promise.all([
    command('list'),
    command('list', '--json', '--case', 'UpdateUserAttributes/forged-token'),
  ]);
  expect([text.code, json.code]).toEqual([0, 0]);
  expect(text.stdout).toMatch(/^UpdateUserAttributes\/expired-token +must +an expired token is refused$/m);
  expect(text.stdout).toMatch(
    /\n\n\d+ cases by the strongest source each cites: \d+ on recordings by this project, .+\.\n$/,
  );
  const rows = JSON.parse(json.stdout) as { id: string }[];
  expect(rows.map(({ id }) => id)).toEqual(
    ['longer-life', 'foreign-key', 'unsigned'].map((row) => `UpdateUserAttributes/forged-token/${row}`),
  );
  expect(Object.keys(rows[0] ?? {})).toEqual(
    expect.arrayContaining(['id', 'title', 'level', 'evidence', 'restsOn', 'file']),
  );
});

test.each([
  ['list', 0],
  [`run --target mock --case ${ONE} --trace --reporter json`, 0],
  ['run --endpoint http://127.0.0.1:1', 3],
])('a reader that has gone is no fault and changes no exit code: %s', async (args, code) => {
  const child = start(args.split(' '));
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk));
  child.stdout?.destroy();
  const [exit] = (await once(child, 'exit')) as [number | null];
  expect([exit, errors]).toEqual([code, '']);
});

test.each(['SIGINT', 'SIGTERM'] as const)('mock says where it listens and ends on %s', async (signal) => {
  const child = start(['mock']);
  const url = await firstLine(child);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/_mock/keys`)).status).toBe(200);
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('mock takes the port that it is given, and says when it is taken', async () => {
  const child = start(['mock']);
  const url = await firstLine(child);
  const { port } = new URL(url);
  const taken = await command('mock', '--port', port);
  expect([taken.code, taken.stdout]).toEqual([2, '']);
  expect(taken.stderr).toMatch(
    new RegExp(
      `^cannot listen on 127\\.0\\.0\\.1:${port}: .*EADDRINUSE.*; name another with --port, or none for a free one\\n$`,
    ),
  );
  child.kill('SIGINT');
  await once(child, 'exit');
  const again = start(['mock', '--port', port]);
  expect(await firstLine(again)).toBe(url);
  again.kill('SIGINT');
  await once(again, 'exit');
});

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

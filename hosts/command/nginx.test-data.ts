import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** What one `server` of nginx does besides passing on. */
export interface Configuration {
  /** In `http`, shared by all. */
  http?: string;
  server?: string;
  /** In `location`, which passes on. */
  location?: string;
  /** The path of the location, if not `/`; what is passed on lacks it. */
  path?: string;
  /** Another than the one behind all. */
  upstream?: string;
}

/** Debian has it where only root looks. */
const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };
const program = spawnSync('nginx', ['-v'], { env }).status === 0 ? 'nginx' : undefined;

/** Why the tests of real proxies are skipped, and how to get what they need; undefined where it is there. */
export const missing = program === undefined ? 'nginx is not installed; get it with: apt-get install nginx' : undefined;

/** Starts one nginx with a server for each configuration; answers their endpoints by name. It ends with the tests. */
export async function startNginx(
  upstream: string,
  configurations: Readonly<Record<string, Configuration>>,
): Promise<Map<string, string>> {
  const names = Object.keys(configurations);
  const ports = await freePorts(names.length);
  const folder = mkdtempSync(join(tmpdir(), 'nginx-test-'));
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const servers = Object.values(configurations).map(
    ({ http = '', server = '', location = '', path = '/', upstream: behind = upstream }, index) =>
      `${http} server { listen 127.0.0.1:${ports[index]}; ${server}
        location ${path} { proxy_pass ${behind}/; ${location} } }`,
  );
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
    events {}
    http { access_log off; ${paths.join(' ')} ${servers.join('\n').replaceAll('$FOLDER', folder)} }`,
  );
  const child = spawn('nginx', ['-p', folder, '-c', file], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  afterAll(async () => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true });
  });
  const endpoints = names.map((name, index): [string, string] => {
    const path = configurations[name]?.path ?? '/';
    return [name, `http://127.0.0.1:${ports[index]}${path.replace(/\/$/, '')}`];
  });
  await untilAnswers(endpoints[0]?.[1] ?? '');
  return new Map(endpoints);
}

/** All held at once, so that none is given twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answers = await fetch(url, { headers: { connection: 'close' } }).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`nginx does not answer at ${url}`);
}

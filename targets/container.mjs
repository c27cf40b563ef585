/**
 * Keeps one container: node container.mjs TESTCONTAINERS IMAGE PORT, in a folder of its own.
 * TESTCONTAINERS is that package's folder, IMAGE the `image` of a manifest as JSON, PORT one of 127.0.0.1. What the
 * container writes is written on, its exit code is passed on, and SIGTERM removes it. `state.json` tells the run how
 * far it came: `{ "pulling": true }`, `{ "created": true, "labels": {...} }` or `{ "problem": "..." }`.
 * A process of its own under `keeper.mjs`, so that a container is kept just as a command is, and a run without one
 * loads nothing of this. Plain JavaScript, since Node 20 runs this file as it stands.
 */
import { chmodSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { hostname } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LABEL = 'cognito-conformance';
const HOST = 'host.docker.internal';

process.on('SIGTERM', finish);
let finishing = false;
/** Pending while there may be a container that nobody knows of yet; then itself, or undefined. */
let container = Promise.resolve();
let known = () => {};
/** Ports of 127.0.0.1 that the container is led to, each with the port that leads there. */
const doors = [];
const state = {};

const [testcontainers, json, hostPort] = process.argv.slice(2);
const image = JSON.parse(json);
const folder = process.cwd();
const shared = join(folder, 'shared');
const { GenericContainer, getContainerRuntimeClient } = createRequire(import.meta.url)(testcontainers);

/** Its port is bound to 127.0.0.1 alone, and it is known from its creation on. */
class KeptContainer extends GenericContainer {
  async beforeContainerCreated() {
    for (const [binding] of Object.values(this.hostConfig.PortBindings)) binding.HostIp = '127.0.0.1';
    if (finishing) process.exit();
    container = new Promise((resolve) => (known = resolve));
  }

  async containerCreated(id) {
    const created = docker.getContainer(id);
    known(created);
    const output = await created.attach({ stream: true, stdout: true, stderr: true });
    created.modem.demuxStream(output, process.stdout, process.stdout);
    output.on('end', () => ended(created)).on('error', () => ended(created));
    const { Config } = await docker.getImage(image.name).inspect();
    tell({ created: true, labels: Config.Labels ?? {} });
  }
}

/** The run itself asks the target whether it is ready. */
const unwaited = {
  waitUntilReady: async () => {},
  withStartupTimeout: () => unwaited,
  isStartupTimeoutSet: () => false,
  getStartupTimeout: () => 0,
};

const docker = await engine();
await removeOrphans();
await start();

async function engine() {
  try {
    return (await getContainerRuntimeClient()).container.dockerode;
  } catch {
    return fail(
      'no container engine answers (its socket, or DOCKER_HOST); install and start one, such as Docker: https://docs.docker.com/engine/install',
    );
  }
}

/** Containers whose folder is gone, and with it whoever kept them. Those of another host are not ours to judge. */
async function removeOrphans() {
  const filters = { label: [`${LABEL}.host=${hostname()}`] };
  const left = await docker.listContainers({ all: true, filters });
  await Promise.all(
    left.filter(({ Labels }) => isGone(Labels[LABEL])).map(({ Id }) => remove(docker.getContainer(Id))),
  );
}

async function start() {
  const { functionsUrl, smtpPort } = image;
  const values = { PORT: String(image.port), FOLDER: image.folder };
  if (functionsUrl) values.FUNCTIONS = `http://${HOST}:${await openDoor(new URL(functionsUrl).port)}`;
  if (smtpPort) values.SMTP_PORT = String(await openDoor(smtpPort));
  const fill = (text) => text.replace(/\$([A-Z]+)/g, (whole, name) => values[name] ?? whole);
  const environment = Object.entries(image.environment ?? {}).map(([name, value]) => [name, fill(value)]);
  const files = Object.entries(image.files ?? {}).map(([target, content]) => {
    return { target, content: fill(typeof content === 'string' ? content : JSON.stringify(content, null, 2)) };
  });
  const kept = new KeptContainer(image.name)
    .withExposedPorts({ container: image.port, host: Number(hostPort) })
    .withLabels({ [LABEL]: folder, [`${LABEL}.host`]: hostname() })
    .withExtraHosts([{ host: HOST, ipAddress: 'host-gateway' }])
    .withEnvironment(Object.fromEntries(environment))
    .withCopyContentToContainer(files.filter(({ target }) => isAbsolute(target)))
    .withWaitStrategy(unwaited);
  if (image.args) kept.withCommand(image.args.map(fill));
  if (image.folder) {
    for (const path of ['.', ...(image.makes ?? [])]) share(path);
    for (const { target, content } of files.filter(({ target }) => !isAbsolute(target))) write(target, content);
    kept.withBindMounts([{ source: shared, target: image.folder }]);
  }
  try {
    await docker
      .getImage(image.name)
      .inspect()
      .catch(() => tell({ pulling: true }));
    await kept.start();
    await openBridge();
  } catch (error) {
    await failed(wordsOf(error));
  }
}

async function failed(reason) {
  known(undefined);
  const created = await container;
  if (finishing) return;
  finishing = true;
  await remove(created);
  if (created === undefined && !state.pulling) fail(`no container of ${image.name} can be made: ${reason}`);
  if (created === undefined) {
    const advice = image.install === undefined ? '' : `; get it with: ${image.install}`;
    fail(`no image ${image.name} here, and it cannot be pulled (${reason})${advice}`);
  }
  console.log(reason);
  process.exit(1);
}

/** What the engine says, without what its client says of the status; that only where it is all. */
function wordsOf(error) {
  const said = error.json?.message ?? error.message;
  return said.replace(/^\(HTTP code \d+\) [^-]*-\s*(?=\S)/, '').trim();
}

async function ended(created) {
  const { StatusCode } = await created.wait().catch(() => ({ StatusCode: 1 }));
  if (finishing) return;
  finishing = true;
  const { State } = await created.inspect().catch(() => ({ State: {} }));
  if (State.Error) console.log(State.Error);
  await remove(created);
  process.exit(StatusCode);
}

async function finish() {
  if (finishing) return;
  finishing = true;
  await remove(await container);
  process.exit();
}

/** With the volumes that only it has. An engine refuses where it is just starting the container: it is asked again. */
async function remove(created) {
  for (let tries = 0; created && tries < 50; tries++) {
    const refusal = await created.remove({ force: true, v: true }).catch((error) => error);
    if (refusal?.statusCode === undefined || refusal.statusCode === 404) return;
    await sleep(100);
  }
}

function write(path, content) {
  share(dirname(path));
  writeFileSync(join(shared, path), content);
}

/**
 * Makes a folder that every user may write to: nobody knows as whom the container runs. Others cannot come near, since
 * the folder around it is this user's alone. What lies in it, this user may remove, whoever wrote it.
 */
function share(path) {
  for (let made = join(shared, path); made.startsWith(shared); made = dirname(made)) {
    mkdirSync(made, { recursive: true });
    chmodSync(made, 0o777);
  }
}

/** Answers a port that leads the container, at `host.docker.internal`, to a port of 127.0.0.1 here. */
async function openDoor(inner) {
  const port = await listen(inner, '127.0.0.1', 0);
  doors.push({ inner, port });
  return port;
}

/**
 * Where the engine is Docker Desktop, `host.docker.internal` leads to 127.0.0.1. Otherwise it leads to the address of
 * its bridge, which is up only while a container runs: the same ports are opened there.
 */
async function openBridge() {
  const { NetworkSettings } = await (await container).inspect();
  const [gateway] = Object.values(NetworkSettings.Networks).flatMap(({ Gateway }) => Gateway || []);
  if (gateway === undefined) return;
  for (const { inner, port } of doors) {
    await listen(inner, gateway, port).catch((error) => {
      if (error.code !== 'EADDRNOTAVAIL') throw error;
    });
  }
}

async function listen(inner, address, port) {
  const door = createServer((socket) => {
    const other = connect(Number(inner), '127.0.0.1');
    socket.on('error', () => other.destroy()).pipe(other);
    other.on('error', () => socket.destroy()).pipe(socket);
  });
  await once(door.listen(port, address), 'listening');
  return door.address().port;
}

function tell(more) {
  Object.assign(state, more);
  writeFileSync('state.json.new', JSON.stringify(state));
  renameSync('state.json.new', 'state.json');
}

function fail(problem) {
  tell({ problem });
  process.exit(1);
}

function isGone(path) {
  try {
    return !statSync(path).isDirectory();
  } catch (error) {
    return error.code === 'ENOENT';
  }
}

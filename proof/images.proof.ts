import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { Server } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test, vi } from 'vitest';
import { packageRoot } from '../package.ts';
import { engineWith } from '../targets/image.test-data.ts';
import { removeLeftovers } from '../targets/leftovers.ts';
import { loadManifest, type Image, type Manifest } from '../targets/manifest.ts';
import { startTarget } from '../targets/start.ts';
import { writeStarter } from '../targets/starter.test-data.ts';
import { ownTemporaryFolder } from '../targets/temporary.test-data.ts';

const manifest = await loadManifest('cognito-local-image', packageRoot);
const found = await engineWith(manifest);
const engine = typeof found === 'string' ? undefined : found;
const why = typeof found === 'string' ? ` (${found})` : '';

const folder = ownTemporaryFolder();

test.skipIf(!engine)(`a container starts on 127.0.0.1 alone, and leaves nothing${why}`, async () => {
  const orphan = await created({ 'cognito-conformance': join(folder, 'gone'), 'cognito-conformance.host': hostname() });
  const stranger = await created({ 'cognito-conformance': join(folder, 'gone'), 'cognito-conformance.host': 'other' });
  const said: string[] = [];
  const target = await startTarget(manifest, { packageRoot, log: (line) => said.push(line) });
  const running = await ours();
  const all = (await engine?.listContainers({ all: true }))?.map(({ Id }) => Id);
  await stranger?.remove();
  expect([target.version, said]).toEqual(['5.3.0', []]);
  expect(running.map(({ Ports }) => Ports)).toEqual([
    [{ IP: '127.0.0.1', PrivatePort: 9229, PublicPort: Number(new URL(target.endpoint).port), Type: 'tcp' }],
  ]);
  expect([all?.includes(orphan?.id ?? ''), all?.includes(stranger?.id ?? '')]).toEqual([false, true]);
  expect((await fetch(target.endpoint)).status).toBe(404);
  await target.stop();
  await target.stop();
  await expect(fetch(target.endpoint)).rejects.toThrow();
  expect([await ours(), await folders()]).toEqual([[], []]);
});

test.skipIf(!engine)(`an image that is not there is named with how to get it${why}`, async () => {
  const said: string[] = [];
  const target = image({ name: 'localhost:1/none:0', install: 'make it' });
  const starting = startTarget(target, { packageRoot, log: (line) => said.push(line) });
  await expect(starting).rejects.toThrow(
    /^target try: no image localhost:1\/none:0 here, and it cannot be pulled \(.*\); get it with: make it$/,
  );
  expect(said).toEqual(['target try: the image localhost:1/none:0 is not here yet and is pulled']);
  expect([await ours(), await folders()]).toEqual([[], []]);
});

test.skipIf(!engine)(`an image that is there and makes no container is named with the reason${why}`, async () => {
  const said: string[] = [];
  const starting = startTarget(image({ folder: '/app:no' }), { packageRoot, log: (line) => said.push(line) });
  await expect(starting).rejects.toThrow(
    /^target try: no container of cognito-local:5\.3\.0 can be made: invalid volume specification: '.+:\/app:no:rw'$/,
  );
  expect([said, await ours(), await folders()]).toEqual([[], [], []]);
});

test.skipIf(!engine)(`a name that no image can have is told in the engine's words alone${why}`, async () => {
  await expect(startTarget(image({ name: 'Upper:1' }), { packageRoot })).rejects.toThrow(
    /^target try: no image Upper:1 here, and it cannot be pulled \(invalid reference format: [^()]+\)$/,
  );
  expect([await ours(), await folders()]).toEqual([[], []]);
});

test.skipIf(!engine)(`a container whose port is taken meanwhile says so, and leaves nothing${why}`, async () => {
  // Who looked for a free port goes on listening there.
  const listening: Server[] = [];
  const close = vi.spyOn(Server.prototype, 'close').mockImplementationOnce(function (this: Server) {
    listening.push(this);
    setImmediate(() => this.emit('close'));
    return this;
  });
  onTestFinished(() => {
    close.mockRestore();
    for (const server of listening) server.close();
  });
  await expect(startTarget(image({}), { packageRoot })).rejects.toThrow(
    /^target try: "image cognito-local:5\.3\.0" ended with exit code 1 before it answered: its port was taken meanwhile, run it again; /,
  );
  expect([listening.length, await ours(), await folders()]).toEqual([1, [], []]);
});

test.skipIf(!engine)(`a container that ends at once shows its last lines${why}`, async () => {
  const source = "console.error('reading', process.env.A); console.error('no such setting: x'); process.exitCode = 7";
  const target = image({ files: { [START]: source }, environment: { A: '$PORT $FOLDER' } });
  await expect(startTarget(target, { packageRoot })).rejects.toThrow(
    /^target try: "image cognito-local:5\.3\.0" ended with exit code 7 before it answered; it wrote last:\n {2}reading 9229 \/app\/\.cognito\n {2}no such setting: x$/,
  );
  expect([await ours(), await folders()]).toEqual([[], []]);
});

test.skipIf(!engine)(`a container at another port than its manifest says is asked about${why}`, async () => {
  const target = { ...image({ port: 9 }), ready: { path: '/', withinMs: 1500 } };
  await expect(startTarget(target, { packageRoot })).rejects.toThrow(
    /^target try: no answer from http:\/\/127\.0\.0\.1:\d+\/ within 1500 ms \("ready" in its manifest\); does the container listen on port 9, and on all its addresses\?/,
  );
  expect([await ours(), await folders()]).toEqual([[], []]);
});

test.skipIf(!engine)(`after kill -9 of the runner nothing is left, also of a container that starts${why}`, async () => {
  const starter = await writeStarter('cognito-local-image', packageRoot, folder);
  for (const awaited of ['making', 'made', 'ready']) {
    const child = spawn(process.execPath, [starter], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (awaited === 'making') await until(async () => (await folders()).length === 1);
    if (awaited === 'made') await until(async () => (await ours()).length === 1);
    if (awaited === 'ready') await once(createInterface(child.stdout), 'line');
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    // The next run does so too: a runner may be killed before anybody else knows of the folder.
    removeLeftovers();
    await until(async () => [...(await ours()), ...(await folders())].length === 0);
  }
});

/** The program in the image. */
const START = '/app/node_modules/cognito-local/lib/bin/start.js';

/** The image of cognito-local with some members changed. */
function image(change: Partial<Image>): Manifest {
  return {
    formatVersion: 1,
    name: 'try',
    about: 'A container of a test.',
    start: { image: { name: 'cognito-local:5.3.0', port: 9229, folder: '/app/.cognito', ...change } },
    ready: { path: '/', withinMs: 10_000 },
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    values: {},
  };
}

async function created(labels: Record<string, string>) {
  return engine?.createContainer({ Image: 'cognito-local:5.3.0', Labels: labels });
}

/** The containers of this file's own folder. */
async function ours() {
  const all = (await engine?.listContainers({ all: true, filters: { label: ['cognito-conformance'] } })) ?? [];
  return all.filter(({ Labels }) => Labels['cognito-conformance']?.startsWith(join(folder, 'tmp')));
}

async function folders(): Promise<string[]> {
  return readdir(join(folder, 'tmp'));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  await expect.poll(condition, { timeout: 20_000, interval: 20 }).toBe(true);
}

/**
 * Builds the image cognito-local:VERSION of the installed npm package, on Linux, without a registry: node, the
 * libraries that it needs, the package and its dependencies are all that is in it. The same files give the same layer.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { getContainerRuntimeClient } from 'testcontainers';

const main = createRequire(import.meta.url).resolve('cognito-local/package.json');
const root = main.slice(0, main.lastIndexOf(join('node_modules', 'cognito-local')));
const { version } = JSON.parse(readFileSync(main, 'utf8'));

const changes = [
  'WORKDIR /app',
  'ENV HOST=0.0.0.0',
  'EXPOSE 9229',
  `LABEL org.opencontainers.image.version=${version}`,
  'ENTRYPOINT ["/app/node", "/app/node_modules/cognito-local/lib/bin/start.js"]',
];

/** Links are followed, and nothing of this machine or this hour is told. */
const OPTIONS = [
  '-chP',
  '--hard-dereference',
  '--sort=name',
  '--mtime=@0',
  '--owner=0',
  '--group=0',
  '--numeric-owner',
];

const { container } = await getContainerRuntimeClient().catch(() => {
  console.error('no container engine answers; install and start one, such as Docker');
  process.exit(1);
});
const tar = spawn('tar', [...OPTIONS, ...moves(), ...libraries(), process.execPath, ...packages()], { cwd: root });
tar.stderr.pipe(process.stderr);
const ended = once(tar, 'exit');
const before = await container.dockerode
  .getImage(`cognito-local:${version}`)
  .inspect()
  .catch(() => undefined);
const query = { repo: 'cognito-local', tag: version, changes, fromSrc: '-' };
const answer = await container.dockerode.importImage(tar.stdout, query);
for await (const line of answer) if (String(line).includes('error')) throw new Error(String(line));
const [code] = await ended;
if (code !== 0) throw new Error(`tar ended with ${code}`);
// Another one of that name would stay behind without it; a container may be using it still.
if (before)
  await container.dockerode
    .getImage(before.Id)
    .remove()
    .catch(() => {});
console.log(`built cognito-local:${version}`);

/** Where the files stand in the image. */
function moves() {
  const rules = [`s,^${process.execPath}$,app/node,`, 's,^node_modules,app/node_modules,', 's,^/,,'];
  return rules.map((rule) => `--transform=flags=r;${rule}`);
}

/** The shared libraries of node, with their loader. */
function libraries() {
  const found = execFileSync('ldd', [process.execPath], { encoding: 'utf8' });
  return [...found.matchAll(/(\/\S+) \(0x/g)].map(([, file]) => file);
}

/** Folders of the package and all that it depends on, as Node finds them. */
function packages() {
  const found = new Set();
  const visit = (folder) => {
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies)) visit(installed(name, folder));
  };
  visit(dirname(main));
  const paths = [...found].map((folder) => relative(root, folder));
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
}

function installed(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === root || folder === dirname(folder))
      throw new Error(`${name}, a dependency of cognito-local, is not installed: npm ci`);
  }
}

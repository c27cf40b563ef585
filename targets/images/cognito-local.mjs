/**
 * Builds the image cognito-local:VERSION of the installed npm package, on Linux, without a registry: node, the
 * libraries that it needs, the package and its dependencies are all that is in it. The same files give the same layer.
 */
import { spawn, execFileSync } from 'node:child_process';
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
  'ENTRYPOINT ["/usr/local/bin/node", "/app/node_modules/cognito-local/lib/bin/start.js"]',
];

const { container } = await getContainerRuntimeClient();
const tar = spawn('tar', [...OPTIONS(), ...libraries(), process.execPath, ...packages()], { cwd: root });
tar.stderr.pipe(process.stderr);
const query = { repo: 'cognito-local', tag: version, changes, fromSrc: '-' };
const answer = await container.dockerode.importImage(tar.stdout, query);
for await (const line of answer) process.stdout.write(line);
console.log(`built cognito-local:${version}`);

function OPTIONS() {
  const moved = [`s,^${process.execPath}$,usr/local/bin/node,`, 's,^node_modules,app/node_modules,', 's,^/,,'];
  const plain = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--no-recursion'];
  return ['-chP', '--hard-dereference', ...plain.slice(0, 5), ...moved.map((rule) => `--transform=flags=r;${rule}`)];
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
  return [...found]
    .map((folder) => relative(root, folder))
    .filter((path) => ![...found].some((other) => path.startsWith(`${relative(root, other)}/`)));
}

function installed(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === root || folder === dirname(folder))
      throw new Error(`${name}, a dependency of cognito-local, is not installed: npm ci`);
  }
}

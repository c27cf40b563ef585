import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** The root's own folder name. */
const rootFolder = '';

/** The star: what a folder may import besides itself and packages. Root files may import every folder. */
const star: Readonly<Record<string, { values: string[]; types: string[] }>> = {
  engine: { values: [], types: [] },
  mocks: { values: [], types: [] },
  targets: { values: ['mocks'], types: [] },
  reports: { values: [], types: ['engine'] },
  // Examples of the documents: they import packages, this one among them.
  docs: { values: [], types: [] },
  // The two doors belong to the root: they alone put the others together.
  hosts: { values: ['engine', 'mocks', 'targets', 'reports', rootFolder], types: [] },
  // The proof stands around everything: it runs the doors, the engine and the mock against each other.
  proof: { values: ['engine', 'mocks', 'targets', 'reports', 'hosts', rootFolder], types: [] },
  // It measures what is built, from outside.
  bench: { values: [], types: [] },
  specs: { values: [], types: [] },
  fixtures: { values: [], types: [] },
};

/** What a `*.test.ts` in any folder may import besides. A test that needs more stands at the root. */
const forTests = ['engine'];

/** Folders of data: code there is a test of the data. */
const dataOnly = ['specs', 'fixtures'];

const skipped = ['node_modules', 'dist', 'out', 'test-results', 'playwright-report', 'blob-report'];
const code = /\.[cm]?[jt]sx?$/;

interface Source {
  path: string;
  text: string;
}

test('imports form a star', () => {
  const root = fileURLToPath(new URL('./', import.meta.url));
  const sources = list(root, '').map((path) => ({ path, text: readFileSync(posix.join(root, path), 'utf8') }));
  expect(sources.map(({ path }) => path)).toContain('engine/case.ts');
  expect(sources.flatMap(problems)).toEqual([]);
});

test('the mock runs in a service worker too: only what serves it imports modules of Node', () => {
  const files = readdirSync(new URL('mocks/', import.meta.url), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts') && !/\.(test|test-data)\.ts$/.test(file));
  const text = (file: string): string => readFileSync(new URL(`mocks/${file}`, import.meta.url), 'utf8');
  const nodes = sources.filter((file) => importsOf(text(file)).some(({ name }) => name.startsWith('node:')));
  expect(nodes).toEqual(['serve.ts']);
});

test.each<[path: string, text: string, fault?: string]>([
  ['engine/a.ts', of('./b.ts') + of('ajv') + of('node:fs')],
  ['engine/deep/a.ts', of('../b.ts') + of('../../engine/b.ts')],
  ['engine/a.ts', of('../mocks/b.ts'), 'imports ../mocks/b.ts: engine/ may import nothing but itself'],
  ['engine/a.ts', of('../package.ts'), 'imports ../package.ts: engine/ may import nothing but itself'],
  ['engine/a.ts', typesOf('../reports/b.ts'), 'imports ../reports/b.ts: engine/ may import nothing but itself'],
  ['engine/a.ts', bare('../mocks/b.ts'), 'imports ../mocks/b.ts: engine/ may import nothing but itself'],
  ['engine/a.ts', dynamic('../mocks/b.ts'), 'imports ../mocks/b.ts: engine/ may import nothing but itself'],
  ['engine/a.ts', again('../mocks/b.ts'), 'imports ../mocks/b.ts: engine/ may import nothing but itself'],
  ['engine/a.ts', data('../specs/'), 'imports ../specs/: engine/ may import nothing but itself'],
  ['engine/a.test.ts', data('../specs/')],
  [
    'engine/a.test.ts',
    of('../mocks/b.ts'),
    'imports ../mocks/b.ts: a test in engine/ may import engine; with more, it stands at the root',
  ],
  ['mocks/a.ts', of('../engine/b.ts'), 'imports ../engine/b.ts: mocks/ may import nothing but itself'],
  ['mocks/a.test.ts', of('../engine/b.ts') + of('./b.ts')],
  ['targets/a.ts', of('../mocks/b.ts')],
  ['targets/a.mjs', of('../engine/b.ts'), 'imports ../engine/b.ts: targets/ may import nothing but itself, mocks'],
  ['reports/a.ts', typesOf('../engine/b.ts')],
  [
    'reports/a.ts',
    of('../engine/b.ts'),
    'imports ../engine/b.ts: reports/ may import nothing but itself, types of engine',
  ],
  [
    'reports/a.ts',
    of('../engine/b.ts', 'type A'),
    'imports ../engine/b.ts: reports/ may import nothing but itself, types of engine',
  ],
  ['reports/a.test.ts', of('../engine/b.ts')],
  ['specs/a.ts', '', 'is code in a folder of data: only *.test.ts may stand there'],
  ['specs/a.test.ts', of('../engine/b.ts') + data('../fixtures/')],
  [
    'specs/a.test.ts',
    of('../fixtures/b.json'),
    'imports ../fixtures/b.json: a test in specs/ may import specs, engine; with more, it stands at the root',
  ],
  ['tools/a.ts', '', 'lies in a folder that imports.test.ts does not know: say there what tools/ may import'],
  ['cli.ts', of('./engine/a.ts') + of('./mocks/a.ts') + of('./reports/a.ts') + data('./specs/')],
  ['cli.ts', of('../other/a.ts'), 'imports ../other/a.ts: that is outside the package'],
  ['cli.ts', data('/home/ada/specs/'), 'names /home/ada/specs/: a path outside the package'],
  ['package.ts', data('../specs/')],
  ['package.ts', data('../../specs/'), 'imports ../../specs/: that is outside the package'],
])('a sample of %s is judged: %#', (path, text, fault) => {
  expect(problems({ path, text })).toEqual(fault === undefined ? [] : [`${path} ${fault}`]);
});

function problems({ path, text }: Source): string[] {
  const home = folderOf(path);
  const isTest = path.endsWith('.test.ts');
  if (home !== '' && star[home] === undefined)
    return [`${path} lies in a folder that imports.test.ts does not know: say there what ${home}/ may import`];
  const found: string[] = [];
  if (dataOnly.includes(home) && !isTest)
    found.push(`${path} is code in a folder of data: only *.test.ts may stand there`);
  for (const { name, typeOnly } of [...importsOf(text), ...(isTest ? [] : dataOf(text))]) {
    if (!name.startsWith('.')) continue;
    const target = posix.join(posix.dirname(path), name);
    if (target.startsWith('..') && !(path === 'package.ts' && inPackageOfBuild(name)))
      found.push(`${path} imports ${name}: that is outside the package`);
    else if (home !== '' && !allowed(home, isTest, typeOnly).includes(folderOf(target)))
      found.push(`${path} imports ${name}: ${rule(home, isTest)}`);
  }
  return isTest
    ? found
    : [...found, ...absolute(text).map((name) => `${path} names ${name}: a path outside the package`)];
}

function allowed(home: string, isTest: boolean, typeOnly: boolean): string[] {
  const { values = [], types = [] } = star[home] ?? {};
  return [home, ...values, ...(typeOnly ? types : []), ...(isTest ? forTests : [])];
}

function rule(home: string, isTest: boolean): string {
  const { values = [], types = [] } = star[home] ?? {};
  if (isTest)
    return `a test in ${home}/ may import ${[...new Set([home, ...values, ...forTests])].join(', ')}; with more, it stands at the root`;
  return `${home}/ may import nothing but ${['itself', ...values, ...types.map((type) => `types of ${type}`)].join(', ')}`;
}

/** `package.ts` finds the data from `dist/` too, one folder deeper. */
function inPackageOfBuild(name: string): boolean {
  return !posix.join('dist', name).startsWith('..');
}

function importsOf(text: string): { name: string; typeOnly: boolean }[] {
  const statement = /^[ \t]*(?:import|export)\s+(type\s)?[^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]/gm;
  const bare = /\bimport\s*\(?\s*['"]([^'"\n]+)['"]/g;
  return [
    ...[...text.matchAll(statement)].map(([, type, name = '']) => ({ name, typeOnly: type !== undefined })),
    ...[...text.matchAll(bare)].map(([, name = '']) => ({ name, typeOnly: false })),
  ];
}

/** Files found beside the module that names them. */
function dataOf(text: string): { name: string; typeOnly: boolean }[] {
  const url = /\bnew URL\(\s*['"]([^'"\n]+)['"],\s*import\.meta\.url/g;
  return [...text.matchAll(url)].map(([, name = '']) => ({ name, typeOnly: false }));
}

/** Text that begins like a folder of somebody's machine. */
function absolute(text: string): string[] {
  const path = /['"`]((?:file:\/\/)?\/(?:etc|home|mnt|opt|root|srv|tmp|usr|var|Users|Volumes)\/[^'"`\n]*)['"`]/g;
  return [...text.matchAll(path)].map(([, name = '']) => name);
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

function list(root: string, folder: string): string[] {
  return readdirSync(posix.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (skipped.includes(entry.name) || entry.name.startsWith('.')) return [];
    if (entry.isDirectory()) return list(root, path);
    return code.test(entry.name) ? [path] : [];
  });
}

function of(name: string, what = 'a'): string {
  return `import { ${what} } from '${name}';\n`;
}

function typesOf(name: string): string {
  return `import type { A } from '${name}';\n`;
}

function bare(name: string): string {
  return `import '${name}';\n`;
}

function dynamic(name: string): string {
  return `await import(\n  '${name}',\n);\n`;
}

function again(name: string): string {
  return `export {\n  a,\n} from "${name}";\n`;
}

function data(name: string): string {
  return `read(new URL('${name}', import.meta.url));\n`;
}

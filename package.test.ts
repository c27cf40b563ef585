import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('./', import.meta.url);
const { exports, bin, scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  exports: Record<string, string | Record<string, string>>;
  bin: Record<string, string>;
  scripts: Record<string, string>;
};
const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    cwd: fileURLToPath(root),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
) as [{ unpackedSize: number; files: { path: string }[] }];
const paths = packed.files.map(({ path }) => path);

test('the package is under 3 MB', () => {
  expect(packed.unpackedSize).toBeLessThan(3_000_000);
});

test('the package holds the types of all that it exports, whatever they stand on', () => {
  const types = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry['types'] ?? '']));
  const needed = new Set(types.map((file) => posix.normalize(file)));
  for (const file of needed) {
    const text = readFileSync(new URL(file, root), 'utf8');
    for (const [, name = ''] of text.matchAll(/\b(?:from |import\()'(\.[^']+)\.[jt]s'/g))
      needed.add(posix.join(posix.dirname(file), `${name}.d.ts`));
  }
  expect(needed.size).toBeGreaterThan(types.length);
  expect([...needed].filter((file) => !paths.includes(file))).toEqual([]);
});

test('the package holds all that it exports', () => {
  const files = [...Object.values(bin), ...Object.values(exports).flatMap((entry) => Object.values(entry))];
  expect(files.map((file) => file.replace(/^\.\//, '')).filter((file) => !paths.includes(file))).toEqual([]);
});

test('the package holds no tests, no sources, and nothing that runs when it is installed', () => {
  const code = paths.filter((path) => !path.startsWith('docs/examples/'));
  expect(code.filter((path) => /\.test\b|\.test-data\b|(?<!\.d)\.tsx?$/.test(path))).toEqual([]);
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
});

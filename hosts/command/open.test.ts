import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageRoot } from '../../package.ts';
import { command, folder, ONE } from './command.test-data.ts';

const posix = process.platform === 'linux';
const cli = fileURLToPath(new URL('dist/cli.js', packageRoot));

/** A stand-in for what opens files, which keeps the path that it was given. */
const bin = join(folder, 'bin');
const opened = join(folder, 'opened');
mkdirSync(bin);
writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" >'${opened}'\n`);
chmodSync(join(bin, 'xdg-open'), 0o755);

const opening = async (env: NodeJS.ProcessEnv, ...args: string[]): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, [cli, ...args, '--open'], { cwd: folder, env });

test.runIf(posix)('--open writes the page where --out says, and opens it', async () => {
  const out = join(folder, 'out');
  const { stderr } = await opening(
    { PATH: `${bin}:${process.env['PATH']}` },
    ...['run', '--target', 'mock', '--case', ONE, '--out', out],
  );
  const path = join(out, 'results.html');
  expect(stderr).toBe(`opened ${path}\n`);
  await expect.poll(() => existsSync(opened) && readFileSync(opened, 'utf8')).toBe(path);
  expect(readFileSync(path, 'utf8')).toContain('<title>Conformance to Amazon Cognito user pools</title>');

  // Again from the file, in CI, and with no folder named: only said, on stderr, so that JSON stays JSON.
  const again = await opening(
    { CI: 'true', TMPDIR: folder, PATH: bin },
    ...['report', join(out, 'results.json')],
    ...['--reporter', 'json', '--reporter', 'html'],
  );
  const [, temporary = ''] = /^open it in a browser: (.*)\n$/.exec(again.stderr) ?? [];
  expect(JSON.parse(again.stdout)).toMatchObject({ target: { name: 'mock' } });
  expect(realpathSync(dirname(dirname(temporary)))).toBe(realpathSync(folder));
  expect(existsSync(temporary)).toBe(true);
});

test.runIf(posix)('where nothing opens files, one line says where the page is', async () => {
  const { stderr } = await opening({ TMPDIR: folder, PATH: '' }, 'run', '--target', 'mock', '--case', ONE);
  expect(stderr).toMatch(/^open it in a browser: .*\/results\.html\n$/);
});

test.runIf(posix)('an opener that fails opens nothing', async () => {
  const failing = join(folder, 'failing');
  mkdirSync(failing);
  writeFileSync(join(failing, 'xdg-open'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
  const { stderr } = await opening({ TMPDIR: folder, PATH: failing }, 'run', '--target', 'mock', '--case', ONE);
  expect(stderr).toMatch(/^open it in a browser: .*\/results\.html\n$/);
});

test('a page that cannot be written is one line', async () => {
  writeFileSync(join(folder, 'file'), '');
  const { code, stderr } = await command('run', '--target', 'mock', '--case', ONE, '--open', '--out', 'file');
  expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
});

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { template } from './account.test-data.ts';
import { WITHOUT_SCOPE } from './stack.ts';

const folder = new URL('./functions/', import.meta.url);

test('the template holds the sources of the functions as they stand', async () => {
  const sources = await Promise.all((await readdir(folder)).map((name) => readFile(new URL(name, folder), 'utf8')));
  const inline = [...(await template()).matchAll(/^ {8}ZipFile: \|\n((?: {10}.*\n|\n)+)/gm)].map(([, lines = '']) =>
    lines.replace(/^ {10}/gm, '').trimEnd(),
  );
  expect(sources.length).toBe(3);
  expect(inline.sort()).toEqual(sources.map((source) => source.trimEnd()).sort());
});

test('the template names the client without the scope as the run does', async () => {
  expect(await template()).toContain(`CLIENT_NAME: ${WITHOUT_SCOPE}\n`);
});

const lint = fileURLToPath(new URL('../../.venv/bin/cfn-lint', import.meta.url));
const missing = existsSync(lint)
  ? ''
  : ' (no cfn-lint; get it with: python3 -m venv .venv && .venv/bin/pip install cfn-lint==1.58.0)';

test.skipIf(missing)(`the template passes cfn-lint${missing}`, async () => {
  const path = fileURLToPath(new URL('./template.yaml', import.meta.url));
  const { stdout } = await promisify(execFile)(lint, ['--format', 'parseable', path]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});

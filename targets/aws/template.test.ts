import { readdir, readFile } from 'node:fs/promises';
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

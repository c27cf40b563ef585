import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Manifest } from './manifest.ts';
import { startTarget } from './start.ts';
import { ownTemporaryFolder } from './temporary.test-data.ts';

const folder = ownTemporaryFolder();

// What needs an engine is tried in proof/images.proof.ts.
test('without testcontainers, how to install it is said', async () => {
  const elsewhere = join(folder, 'elsewhere');
  await mkdir(elsewhere);
  const from = process.cwd();
  process.chdir(elsewhere);
  try {
    await expect(startTarget(target, { packageRoot: pathToFileURL(elsewhere) })).rejects.toThrow(
      /^target try: containers need the npm package testcontainers; install it with: npm install --save-dev testcontainers@11\.14\.0$/,
    );
  } finally {
    process.chdir(from);
  }
});

const target: Manifest = {
  formatVersion: 1,
  name: 'try',
  about: 'A container of a test.',
  start: { image: { name: 'cognito-local:5.3.0', port: 9229 } },
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  values: {},
};

import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, results, start } from '../hosts/command/command.test-data.ts';
import { serveAsAws } from '../mocks/aws/stand-in.ts';

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };

test('the mock as AWS conforms to whoever signs as it should', async () => {
  const { url, close } = await serveAsAws({ credentials: keys });
  const env = { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey };
  const out = join(folder, 'out');
  const [code] = (await once(start(['run', '--endpoint', url, '--out', out], env), 'exit')) as [number];
  await close();
  const { pass, skip, ...others } = results(out).totals;
  expect([code, Math.max(...Object.values(others))]).toEqual([0, 0]);
  expect(pass).toBeGreaterThan(skip);
});

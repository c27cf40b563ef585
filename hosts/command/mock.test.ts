import { once } from 'node:events';
import { expect, test } from 'vitest';
import { command, firstLine, start } from './command.test-data.ts';

test.each(['SIGINT', 'SIGTERM'] as const)('mock says where it listens and ends on %s', async (signal) => {
  const child = start(['mock']);
  const url = await firstLine(child);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/_mock/keys`)).status).toBe(200);
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('mock takes the port that it is given, and says when it is taken', async () => {
  const child = start(['mock']);
  const url = await firstLine(child);
  const { port } = new URL(url);
  const taken = await command('mock', '--port', port);
  expect([taken.code, taken.stdout]).toEqual([2, '']);
  expect(taken.stderr).toMatch(
    new RegExp(
      `^cannot listen on 127\\.0\\.0\\.1:${port}: .*EADDRINUSE.*; name another with --port, or none for a free one\\n$`,
    ),
  );
  child.kill('SIGINT');
  await once(child, 'exit');
  const again = start(['mock', '--port', port]);
  expect(await firstLine(again)).toBe(url);
  again.kill('SIGINT');
  await once(again, 'exit');
});

test('mock is wrong in the ways that it is told, and knows no others', async () => {
  const child = start(['mock', '--fault', 'no-request-id', '--fault', 'nothing-to-say-is-null']);
  const { headers } = await fetch(await firstLine(child), { method: 'POST' });
  expect([headers.has('date'), headers.has('x-amzn-requestid')]).toEqual([true, false]);
  child.kill('SIGINT');
  await once(child, 'exit');
  const unknown = await command('mock', '--fault', 'no-request');
  expect([unknown.code, unknown.stderr]).toEqual([
    2,
    'no fault "no-request"; docs/faults.md lists them. Did you mean "no-request-id"?\n',
  ]);
});

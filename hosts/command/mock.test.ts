import { once } from 'node:events';
import { expect, test } from 'vitest';
import { command, file, firstLine, start } from './command.test-data.ts';

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

test('mock begins with the state that a file gives it, or says what is wrong with that', async () => {
  const pool = { PoolName: 'app', Id: 'us-east-1_app', users: [{ Username: 'ada' }] };
  const child = start(['mock', '--state', file('state.json', { pools: [pool] })]);
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.AdminGetUser',
    authorization: 'AWS4-HMAC-SHA256',
  };
  const body = JSON.stringify({ UserPoolId: 'us-east-1_app', Username: 'ada' });
  const answer = await fetch(await firstLine(child), { method: 'POST', headers, body });
  expect(await answer.json()).toMatchObject({ Username: 'ada', UserStatus: 'CONFIRMED' });
  child.kill('SIGINT');
  await once(child, 'exit');
  const wrong = [
    ['none.json', 'cannot be read: ENOENT: no such file or directory, open'],
    [file('broken.json', '{'), 'cannot be read: '],
    [file('list.json', [pool]), ': must be an object with "pools" as its one member; docs/mock.md shows one'],
    [file('twice.json', { pools: [pool, pool] }), ': pools[1]: another pool has the Id us-east-1_app already'],
  ] as const;
  for (const [path, why] of wrong) {
    const { code, stdout, stderr } = await command('mock', '--state', path);
    expect([code, stdout, stderr.slice(0, -1).includes('\n')]).toEqual([2, '', false]);
    expect(stderr).toContain(`--state ${path}${why.startsWith(':') ? '' : ' '}${why}`);
  }
});

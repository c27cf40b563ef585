import { once } from 'node:events';
import { expect, test } from 'vitest';
import { mockCommand } from './mock.ts';
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

test('mock as AWS knows only who signs with the keys of its environment, and takes no more than quotas allow', async () => {
  const categories = { UserToken: { perSecond: 0, operations: ['RevokeToken'] } };
  const flags = ['--as-aws', '--quotas', file('quotas.json', { categories, perUser: {} })];
  const child = start(['mock', ...flags], { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' });
  const url = await firstLine(child);
  const { code, stdout } = await command('run', '--endpoint', url, '--case', 'GetUser/*');
  const refused = `${url} cannot be judged: it refuses the credentials (400 UnrecognizedClientException)`;
  expect([code, stdout.replace(/\s+/g, ' ')]).toEqual([3, expect.stringContaining(refused)]);
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken',
  };
  const answer = await fetch(url, { method: 'POST', headers, body: '{}' });
  expect(await answer.json()).toEqual({ __type: 'TooManyRequestsException', message: 'Rate exceeded' });
  child.kill('SIGINT');
  await once(child, 'exit');
});

test.each([
  [{ quotas: 'some.json' }, '--quotas goes with --as-aws'],
  [
    { 'as-aws': true, quotas: 'none.json' },
    '--quotas none.json cannot be read: ENOENT: no such file or directory, open',
  ],
  [
    { 'as-aws': true, quotas: file('rates.json', { categories: { UserRead: 5 }, perUser: {} }) },
    'must be an object with "categories" and "perUser", as targets/aws/quotas.json',
  ],
])('mock does not start with quotas that cannot be: %#', async (flags, why) => {
  await expect(mockCommand(flags)).rejects.toThrow(why);
});

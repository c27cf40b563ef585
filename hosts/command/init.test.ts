import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createMock } from '../../mocks/mock.ts';
import { serve } from '../../mocks/serve.ts';
import { file, folder, listen } from './command.test-data.ts';
import { said } from './in-process.test-data.ts';

const { url, close } = await serve(createMock(), { onUnsupported: () => {} });
afterAll(close);

test('what was found is told, and a manifest drafted of it', async () => {
  const { stdout, code } = await said('init', '--endpoint', url, '--out', 'ours.json');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/\noperations +all 26 +none answers as an operation that/)]);
  expect(JSON.parse(readFileSync(join(folder, 'ours.json'), 'utf8'))).toMatchObject({ name: 'ours', start: { url } });
});

describe('what init refuses is one line', () => {
  const existing = file('existing.json', '{}');
  test.each<[args: string[], line: string | RegExp]>([
    [[], 'init needs one endpoint: init --endpoint URL, such as http://127.0.0.1:9229'],
    [['--endpoint', url, '--out', 'existing.json'], 'existing.json is there already; name another file with --out'],
    [['--endpoint', url, '--out', 'a.yaml'], '--out "a.yaml" must end in .json, as manifests do'],
    [['--endpoint', url, '--out', 'none/a.json'], /^none\/a\.json cannot be written: there is no folder \S+\/none$/],
    [
      ['--endpoint', url, '--out', 'existing.json/a.json'],
      /^existing\.json\/a\.json cannot be written: there is no folder \S+\/existing\.json$/,
    ],
    [['--endpoint', url, '--outs', 'a.json'], /^init has no --outs; it has --endpoint, --out\. Did you mean --out\?$/],
  ])('%j', async (args, line) => {
    const { code, stdout, stderr } = await said('init', ...args);
    expect([code, stdout, stderr.slice(0, -1).split('\n').length]).toEqual([2, '', 1]);
    if (typeof line === 'string') expect(stderr).toBe(`${line}\n`);
    else expect(stderr.slice(0, -1)).toMatch(line);
    expect(readFileSync(existing, 'utf8')).toBe('{}');
  });

  test('an endpoint that cannot be judged gets no manifest', async () => {
    const page = await listen(createHttpServer((_, response) => void response.end('<h1>Welcome to nginx!</h1>')));
    const dead = createServer().listen(0, '127.0.0.1');
    await new Promise((ready) => dead.once('listening', ready));
    const { port } = dead.address() as AddressInfo;
    await new Promise((closed) => dead.close(closed));
    const plain = page.url.replace('http:', 'https:');
    const tried = await Promise.all(
      [page.url, `http://127.0.0.1:${port}`, plain].map((endpoint) =>
        said('init', '--endpoint', endpoint, '--out', 'never.json'),
      ),
    );
    expect(tried.map(({ code, stdout, stderr }) => [code, stdout, stderr])).toEqual([
      [
        3,
        '',
        `no manifest was written: ${page.url} is not the Cognito user pools API: it answers GetUser as it answers an operation that does not exist (200)\n`,
      ],
      [3, '', expect.stringMatching(/^no manifest was written: \S+ cannot be judged: nothing listens at 127.+\n$/)],
      [3, '', expect.stringMatching(/^no manifest was written: https:\S+ cannot be judged: .+\n$/)],
    ]);
    expect(tried[2]?.stderr).toContain('speaks no TLS that we do: is it http:// there?');
    expect(existsSync(join(folder, 'never.json'))).toBe(false);
  });
});

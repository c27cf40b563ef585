import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command, folder, listen, results } from './command.test-data.ts';

const says = (status: number, type: string, body: () => string) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': type }).end(body());
const drip = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
  const timer = setInterval(() => response.write(' '), 100);
  response.on('close', () => clearInterval(timer));
};
const strange =
  / is not the Cognito user pools API: it answers GetUser as it answers an operation that does not exist \((.+)\)/;
const cut = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': 100 });
  response.write('{"a":', () => response.destroy());
};

describe.concurrent('an endpoint that cannot be judged is one finding, said within 15 s, and exit code 3', () => {
  test.each<[name: string, answer: (response: ServerResponse) => void, finding: RegExp]>([
    ['never answers', () => {}, /cannot be judged: no answer within 8 s/],
    ['drips without end', drip, /cannot be judged: no end of the answer within 8 s/],
    ['answers a page', says(200, 'text/html', () => '<h1>It works!</h1>'), strange],
    ['answers a page that changes', says(200, 'text/html', () => `<h1>${Math.random()}</h1>`), strange],
    ['answers 404 as a page', says(404, 'text/html', () => '<h1>Not Found</h1>'), strange],
    ['answers 404 with a date', says(404, 'application/json', () => JSON.stringify({ at: Math.random() })), strange],
    ['answers {} to everything', says(200, 'application/json', () => '{}'), strange],
    [
      'is another service',
      says(
        400,
        'application/x-amz-json-1.0',
        () => '{"__type":"com.amazonaws.dynamodb.v20120810#UnknownOperationException"}',
      ),
      /\(400 UnknownOperationException\)/,
    ],
    ['closes half-way', cut, /cannot be judged: the answer broke off half-way/],
    [
      'closes at once',
      (response) => void response.destroy(),
      /cannot be judged: the connection was closed before an answer came/,
    ],
  ])('one that %s', async (name, answer, finding) => {
    const { url } = await listen(createHttpServer((_, response) => answer(response)));
    const out = join(folder, name.replaceAll(/\W+/g, '-'));
    const clock = performance.now();
    const { code, stdout } = await command('run', '--endpoint', url, '--out', out);
    expect(performance.now() - clock).toBeLessThan(15_000);
    expect(code).toBe(3);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(finding);
    expect(stdout.split('\n').length).toBeLessThan(8);
    const { run, results: judged } = results(out);
    expect([run.complete, judged.length]).toEqual([true, 0]);
    expect(run.problem).toMatch(finding);
  });

  test('one where nothing listens', async () => {
    const server = createServer();
    const { url } = await listen(server);
    server.close();
    const { code, stdout } = await command('run', '--endpoint', url);
    expect([code, stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining(`nothing listens at ${url.slice(7)}`),
    ]);
  });

  test('one that speaks no HTTP', async () => {
    const { url } = await listen(createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    const { code, stdout } = await command('run', '--endpoint', url);
    expect([code, stdout]).toEqual([3, expect.stringContaining('the answer is not HTTP')]);
  });
});

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../engine/result.ts';
import { firstLine, folder, listen, ONE, start } from './command.test-data.ts';
import { said } from './in-process.test-data.ts';

test('exit codes tell conformance, warnings, differences and what is known', async () => {
  let wrong = false;
  const url = await proxy((operation, answer) => {
    if (operation !== 'UpdateUserAttributes' || answer.status === 200) return;
    const said = JSON.parse(answer.body) as { __type: string; message: string };
    said.message = 'Other words';
    if (wrong) said.__type = 'OtherException';
    answer.body = JSON.stringify(said);
  });
  const known = join(folder, 'known.json');
  const run = async (...more: string[]): Promise<[number | null, string]> => {
    const { code, stdout } = await said(
      'run',
      '--endpoint',
      url,
      '--case',
      'UpdateUserAttributes/tampered-token',
      '--reporter',
      'json',
      ...more,
    );
    return [code, (JSON.parse(stdout) as Report).results[0]?.verdict ?? 'none'];
  };
  expect(await run()).toEqual([0, 'warn']);
  expect(await run('--strict')).toEqual([1, 'warn']);
  wrong = true;
  expect(await run()).toEqual([1, 'fail']);
  expect(await run('--write-baseline', known)).toEqual([1, 'fail']);
  expect((JSON.parse(readFileSync(known, 'utf8')) as { failures: unknown[] }).failures).toEqual([
    {
      id: 'UpdateUserAttributes/tampered-token',
      reason: 'not explained yet: UpdateUserAttributes, tokens: 400 OtherException instead of NotAuthorizedException',
      fingerprint: '1: UpdateUserAttributes#1 must error 400 OtherException',
    },
  ]);
  expect(await run('--baseline', known)).toEqual([0, 'known']);
  wrong = false;
  expect(await run('--baseline', known, '--strict')).toEqual([1, 'changed']);
  expect(await run('--case', ONE)).toEqual([0, expect.stringMatching(/warn|skip/)]);
});

test('a run in which nothing passes or fails conforms to nothing', async () => {
  const url = await proxy(() => {});
  const { code, stdout } = await said('run', '--endpoint', url, '--case', 'triggers/update', '--reporter', 'json');
  expect([code, (JSON.parse(stdout) as Report).totals]).toEqual([3, expect.objectContaining({ skip: 1, pass: 0 })]);
});

/** The served mock behind a proxy that changes answers. */
async function proxy(change: (operation: string, answer: { status: number; body: string }) => void): Promise<string> {
  const child = start(['mock']);
  const address = await firstLine(child);
  const { url } = await listen(
    createServer(async (request, response) => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string]);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const plain = headers.filter(([name]) => !['host', 'connection', 'content-length'].includes(name));
      const method = request.method ?? 'POST';
      const init = { method, headers: plain, ...(method === 'POST' && { body: Buffer.concat(chunks) }) };
      const said = await fetch(address + request.url, init);
      const answer = { status: said.status, body: await said.text() };
      change(String(request.headers['x-amz-target']).split('.')[1] ?? '', answer);
      const kept = [...said.headers].filter(([name]) => !['content-length', 'connection'].includes(name));
      response.writeHead(answer.status, Object.fromEntries(kept)).end(answer.body);
    }),
  );
  return url;
}

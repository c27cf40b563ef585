import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../engine/result.ts';
import { createMock } from '../mocks/mock.ts';
import { serve } from '../mocks/serve.ts';
import { file, folder, results } from '../hosts/command/command.test-data.ts';
import { said } from '../hosts/command/in-process.test-data.ts';
import { unknownEmulator, ways, type Says } from '../hosts/unknown-emulator.test-data.ts';

const lacks = ['GlobalSignOut', 'RevokeToken'];
const says = ways['500 and a page with a date'] as Says;
const { url, close } = await serve(unknownEmulator({ lacks, says }));
afterAll(close);

const chosen = [
  'GetUser/*token*',
  'RevokeToken/*',
  'VerifyUserAttribute/*code',
  'VerifyUserAttribute/no-message',
  'VerifyUserAttribute/token-*',
].flatMap((of) => ['--case', of]);

async function run(name: string, ...how: string[]): Promise<{ report: Report; stdout: string; code: number | null }> {
  const { code, stdout } = await said('run', ...how, ...chosen, '--out', name);
  return { report: results(join(folder, name)), stdout, code };
}

const verdicts = ({ results: judged }: Report): string[] => judged.map(({ id, verdict }) => `${verdict} ${id}`).sort();
const skips = ({ results: judged }: Report): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { verdict, cause = '' } of judged) if (verdict === 'skip') counts[cause] = (counts[cause] ?? 0) + 1;
  return counts;
};

test('an emulator that nobody knows is judged at once, then by its draft, then in full with a line by hand', async () => {
  const bare = await run('bare', '--endpoint', url);
  expect(bare.code).toBe(0);
  expect(skips(bare.report)).toEqual({
    'codes cannot be read': 8,
    'GlobalSignOut is not implemented': 1,
    'messages cannot be read': 1,
    'RevokeToken is not implemented': 2,
    'tokens cannot be forged: no key that signs them is known': 2,
  });
  const name = url.slice('http://'.length).replaceAll(/\W/g, '-');
  expect(bare.stdout.split('\n').slice(0, 12)).toEqual([
    `${name} 0.3.1 at ${url}`,
    '',
    'FOUND     operations: 24 of 26',
    '          forged tokens: refused',
    '          version: 0.3.1',
    `LEFT OUT  14 of ${bare.report.results.length} cases`,
    '          not implemented: RevokeToken (2), GlobalSignOut (1)',
    '          codes cannot be read (8)',
    '          tokens cannot be forged: no key that signs them is known (2)',
    '          messages cannot be read (1)',
    '          a manifest can say more ("codes", "messages", "signingKey"); draft one:',
    `          npx cognito-conformance init --endpoint ${url}`,
  ]);
  expect(bare.report.run.discovered?.[0]).toEqual({
    what: 'operations',
    inferred: '24 of 26',
    from: 'these answer as an operation that nobody has (500 text/html): GlobalSignOut, RevokeToken',
  });

  const init = await said('init', '--endpoint', url, '--out', 'unknown.json');
  expect([init.code, init.stderr]).toEqual([0, '']);
  expect(init.stdout).toMatch(
    /^unknown\.json says what was found at http:\/\/127\.0\.0\.1:\d+\n\nwhat +inferred +from/,
  );
  expect(init.stdout).toContain('\n  npx cognito-conformance run --target ./unknown.json\n');
  const manifest = JSON.parse(readFileSync(join(folder, 'unknown.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest).toMatchObject({
    name: 'unknown',
    start: { url },
    credentials: { accessKeyId: 'conformance', secretAccessKey: 'conformance' },
    version: { get: '/version', pointer: '/version' },
  });
  expect(manifest['features']).toHaveLength(24);
  const drafted = await run('drafted', '--target', './unknown.json');
  expect(verdicts(drafted.report)).toEqual(verdicts(bare.report));
  expect(skips(drafted.report)).toMatchObject({
    'GlobalSignOut is not declared': 1,
    'RevokeToken is not declared': 2,
  });
  expect(drafted.report.target).toEqual({ name: 'unknown', version: '0.3.1', endpoint: url });

  file('by-hand.json', {
    ...manifest,
    codes: { get: '/__codes/${UserPoolId}/${Username}', pointer: '/latest/code' },
  });
  const byHand = await run('by-hand', '--target', './by-hand.json');
  expect(byHand.code).toBe(0);
  expect(skips(byHand.report)).toEqual({
    'GlobalSignOut is not declared': 1,
    'messages cannot be read': 1,
    'RevokeToken is not declared': 2,
    'forged-tokens is not declared': 2,
  });
});

test('what our own mock shows is found without a manifest, and drafted', async () => {
  const { url: at, close: end } = await serve(createMock(), { onUnsupported: () => {} });
  const { stdout, code } = await said('init', '--endpoint', at, '--out', 'ours.json');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/\noperations +all 26 +none answers as an operation that/)]);
  const { report } = await run('ours', '--endpoint', at);
  expect([skips(report), report.totals.fail]).toEqual([{}, 0]);
  expect(verdicts((await run('ours-drafted', '--target', './ours.json')).report)).toEqual(verdicts(report));
  await end();
});

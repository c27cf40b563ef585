import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../engine/result.ts';
import { CHROMIUM_ADVICE, chromiumPath } from '../hosts/chromium.ts';
import { packageRoot } from '../package.ts';
import { evil } from './hostile/payload.ts';
import { commandsIn, controlsIn, foreignIn } from './hostile/readers.ts';
import { serveHostile } from './hostile/serve-hostile.ts';
import { ways, type Way } from './hostile/ways.ts';

const cli = fileURLToPath(new URL('dist/cli.js', packageRoot));
const folder = mkdtempSync(join(tmpdir(), 'hostile-command-'));
const summary = join(folder, 'summary.md');

/** Much of what a target can say at once, with nothing that keeps a run from judging it. */
const everything: Way = (answer, request, target) =>
  ['headers', 'members of every success', 'messages alone', 'ids of pools, clients and users', 'deliveries'].reduce(
    (said, name) => ways[name]?.(said, request, target) ?? said,
    answer,
  );

let hostile: Awaited<ReturnType<typeof serveHostile>>;
beforeAll(async () => {
  hostile = await serveHostile(everything);
});
afterAll(async () => {
  await hostile.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function command(...args: string[]): Promise<Ended> {
  const env = { ...process.env, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, NO_COLOR: '1' };
  return new Promise((resolve) => {
    const options = { cwd: folder, env, timeout: 120_000, maxBuffer: 1e9 };
    const child = execFile(process.execPath, [cli, ...args], options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

function expectHarmless({ stdout, stderr }: Ended): void {
  for (const text of [stdout, stderr]) {
    expect(commandsIn(text)).toEqual([]);
    expect(controlsIn(text)).toEqual([]);
  }
  expect(hostile.asked).toEqual([]);
}

const SOME = ['UpdateUserAttributes/own-*', 'GetUserAttributeVerificationCode/*', 'wire/b*'].flatMap((id) => [
  '--case',
  id,
]);

test('a run, its recording, its replay, a report, a comparison and a draft do nothing that the target says', async () => {
  const run = await command(
    'run',
    '--endpoint',
    hostile.url,
    ...SOME,
    '--out',
    'one',
    '--reporter',
    'html',
    '--reporter',
    'terminal',
    '--verbose',
  );
  expectHarmless(run);
  expect([run.code, run.stdout.includes('add-mask')]).toEqual([1, true]);
  expect(foreignIn(readFileSync(summary, 'utf8'))).toEqual([]);

  for (const reporter of ['json', 'markdown', 'junit']) {
    const shown = await command('report', 'one/results.json', '--reporter', reporter);
    expectHarmless(shown);
    expect(shown.stdout).toContain('add-mask');
  }
  const recorded = await command('run', '--endpoint', hostile.url, ...SOME, '--record', 'two', '--out', 'three');
  expectHarmless(recorded);
  const replayed = await command(
    'run',
    '--target',
    'replay:two',
    ...SOME,
    '--out',
    'four',
    '--write-baseline',
    'known.json',
  );
  expectHarmless(replayed);
  expectHarmless(await command('compare', 'one/results.json', 'three/results.json'));
  expectHarmless(await command('compare', 'one/results.json', 'three/results.json', '--json'));

  const init = await command('init', '--endpoint', hostile.url, '--out', 'drafted.json');
  expectHarmless(init);
  expect(init.code).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, 'drafted.json'), 'utf8'))).toMatchObject({ start: { url: hostile.url } });
  expectHarmless(await command('run', '--target', './drafted.json', ...SOME, '--baseline', 'known.json'));

  // Nothing is written but what was asked for.
  expect(readdirSync(folder).sort()).toEqual([
    'drafted.json',
    'four',
    'known.json',
    'one',
    'summary.md',
    'three',
    'two',
  ]);
  const areas = [
    'GetUserAttributeVerificationCode',
    'UpdateUserAttributes',
    'fixtures',
    'recording.json',
    'results.json',
    'wire',
  ];
  expect(readdirSync(join(folder, 'two')).sort()).toEqual(areas);
});

test('what a process writes before it ends is told, and nothing of it is carried out', async () => {
  const said = JSON.stringify(evil(hostile.url));
  const start = { command: { program: process.execPath, args: ['-e', `console.log(${said}); process.exit(3)`] } };
  const manifest = { formatVersion: 1, name: 'evil', about: 'Ends.', start, ready: { path: '/' }, region: 'us-east-1' };
  const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
  writeFileSync(join(folder, 'evil.json'), JSON.stringify({ ...manifest, credentials, values: {} }));
  const run = await command('run', '--target', './evil.json', ...SOME);
  rmSync(join(folder, 'evil.json'));
  expectHarmless(run);
  expect([run.code, run.stdout.includes('add-mask')]).toEqual([3, true]);
});

test('results of somebody else write nothing but where they were asked to', async () => {
  const results = JSON.parse(readFileSync(join(folder, 'one', 'results.json'), 'utf8')) as { target: object };
  const named = (name: string): object => ({ ...results, target: { name, endpoint: hostile.url } });
  writeFileSync(join(folder, 'a.json'), JSON.stringify(named('..')));
  writeFileSync(join(folder, 'b.json'), JSON.stringify(named('../../x')));
  writeFileSync(join(folder, 'c.json'), `{"reportVersion":1,"\u001b]52;c;eA==\u0007\n::add-mask::a`);
  const joined = await command('report', 'a.json', 'b.json', '--out', 'joined/deep', '--reporter', 'badge');
  expectHarmless(joined);
  expect(readdirSync(join(folder, 'joined'))).toEqual(['deep']);
  expect(readdirSync(join(folder, 'joined/deep')).sort()).toEqual(['-', '--..-x', 'badge---..-x.json', 'badge--.json']);
  const broken = await command('report', 'c.json');
  expectHarmless(broken);
  expect(broken.code).toBe(2);
});

test.skipIf(chromiumPath() === undefined)(
  `in a browser the page shows what a target says, and nothing of it runs, loads or leads elsewhere (${CHROMIUM_ADVICE})`,
  async () => {
    const { results } = JSON.parse(readFileSync(join(folder, 'one', 'results.json'), 'utf8')) as Pick<
      Report,
      'results'
    >;
    const hostileOnes = results.filter(({ steps }) => JSON.stringify(steps).includes('add-mask')).slice(0, 12);
    expect(hostileOnes.length).toBe(12);
    const executablePath = chromiumPath();
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = await chromium.launch({ args, ...(executablePath !== undefined && { executablePath }) });
    try {
      const page = await browser.newPage();
      const seen: string[] = [];
      page.on('request', (request) => request.url().startsWith('file:') || seen.push(request.url()));
      page.on('dialog', (dialog) => seen.push(dialog.message()));
      page.on('console', (message) => seen.push(message.text()));
      page.on('pageerror', (error) => seen.push(String(error)));
      await page.addInitScript(
        "addEventListener('securitypolicyviolation', (event) => console.log(event.violatedDirective))",
      );
      const address = pathToFileURL(join(folder, 'one', 'results.html')).href;
      for (const { id } of hostileOnes) {
        await page.goto(`${address}#${id}`);
        const details = page.getByRole('region', { name: id });
        for (const one of await details.locator('.exchanges details').all()) {
          await one.evaluate((element) => element.setAttribute('open', ''));
        }
        expect(await details.textContent()).toContain('add-mask');
      }
      expect(await page.evaluate(() => 'owned' in globalThis)).toBe(false);
      const addresses = await page
        .locator('a')
        .evaluateAll((links) => links.map((link) => String(Reflect.get(link, 'href'))));
      expect(
        addresses.filter((address) => !/^(file:.*#|https:)/.test(address) || address.includes('127.0.0.1')),
      ).toEqual([]);
      expect(await page.locator('img, svg, iframe, object, embed, base, meta[http-equiv=refresh]').count()).toBe(0);
      expect(seen).toEqual([]);
    } finally {
      await browser.close();
    }
    expect(hostile.asked).toEqual([]);
  },
);

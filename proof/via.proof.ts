import { expect, test } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import type { Report } from '../engine/result.ts';
import { CHROMIUM_ADVICE, chromiumPath } from '../hosts/chromium.ts';
import { readBaseline } from '../hosts/baseline-file.ts';
import { runTarget } from '../hosts/command/run-target.ts';
import { manifestOf } from '../hosts/open-target.ts';
import { openVia } from '../hosts/via/open-via.ts';
import { about, packageRoot } from '../package.ts';
import { causes } from '../reports/causes.ts';
import type { Via } from '../hosts/via/via.ts';

const suite = loadSuite(packageRoot, about);
const why = chromiumPath() === undefined ? ` (no Chromium; ${CHROMIUM_ADVICE})` : '';

async function run(name: string, through: Via['name'], cases = suite.cases): Promise<Report> {
  const manifest = await manifestOf({ name });
  const via = await openVia(through, {});
  const baseline = manifest.baseline === undefined ? undefined : readBaseline(manifest.baseline, suite);
  const { signal } = new AbortController();
  try {
    return await runTarget(manifest, { suite, cases, baseline, strict: false, trace: false, signal, via });
  } finally {
    await via?.close();
  }
}

/** How many cases each reason leaves out, as `docs/clients.md` has it. */
function leftOut({ results }: Report): Record<string, number> {
  return Object.fromEntries(causes(results, ['skip']).map(({ cause, results: skipped }) => [cause, skipped.length]));
}

const judged = ({ results }: Report): unknown =>
  results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip').map(({ id, reason }) => [id, reason]);

test('every case goes through the SDK and passes on the mock, or says why it cannot', async () => {
  const report = await run('mock', 'sdk');
  expect(judged(report)).toEqual([]);
  expect(leftOut(report)).toEqual({
    'the SDK cannot send it: raw HTTP is not for it': 43,
    'the SDK cannot send it: it drops members that are null': 14,
    'the SDK cannot send it: it sets its headers itself': 8,
    'the SDK cannot send it: it decides itself what it signs': 4,
    'the SDK cannot send it: it drops items that are null': 3,
    'the SDK cannot send it: it drops members that it does not know': 1,
    'the SDK cannot send it: it sends values of another type than the model has as something else': 1,
    'no answer to judge': 2,
  });
});

test.skipIf(why !== '')(
  `every case goes through a page and passes on the served mock, or says why it cannot${why}`,
  async () => {
    const report = await run('mock-served', 'browser');
    expect(judged(report)).toEqual([]);
    expect(leftOut(report)).toEqual({
      'a browser cannot send it: a page has no credentials to sign with': 104,
      'a browser cannot send it: it sets the header origin itself': 13,
      'a browser cannot send it: it sends no body with GET': 1,
      'a browser cannot send it: no page is shown the header access-control-allow-origin': 1,
    });
  },
);

test.each<Via['name']>(why === '' ? ['sdk', 'browser'] : ['sdk'])(
  'through %s a real emulator differs as its baseline of the wire says',
  async (through) => {
    const cases = suite.cases.filter((_, index) => index % 4 === 0);
    const report = await run('cognito-local', through, cases);
    const verdicts = new Set(report.results.map(({ verdict }) => verdict));
    expect([...verdicts].sort()).toEqual(['info', 'known', 'pass', 'skip', 'warn']);
  },
);

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Baseline } from '../engine/baseline.ts';
import type { Result } from '../engine/result.ts';
import { packageRoot } from '../package.ts';
import { engineWith } from '../targets/image.test-data.ts';
import { whyMissing } from '../targets/missing.test-data.ts';
import { loadManifest } from '../targets/manifest.ts';
import { folder, results, start } from '../hosts/command/command.test-data.ts';

const manifest = await loadManifest('cognito-local-image', packageRoot);
const found = await engineWith(manifest);
const why = typeof found === 'string' ? ` (${found})` : '';

test.skipIf(why !== '')(`cognito-local in a container is judged as its process is${why}`, async () => {
  const [whole, part] = [join(folder, 'whole'), join(folder, 'part')];
  const run = async (out: string, ...args: string[]): Promise<unknown[]> =>
    once(start(['run', '--out', out, ...args]), 'exit');
  const sample = ['GetUser/*', 'triggers/*'].flatMap((glob) => ['--case', glob]);
  const exits = [
    await run(whole, '--target', 'cognito-local-image'),
    await run(part, '--target', 'cognito-local', ...sample),
  ];
  expect(exits).toEqual([
    [0, null],
    [0, null],
  ]);
  const judged = new Map(results(whole).results.map((result) => [result.id, verdict(result)]));
  expect([results(whole).run.complete, judged.size]).toEqual([true, results(whole).suite.cases]);

  // What the process passes and how it differs, as its baseline records it of all cases.
  const { passes, failures } = JSON.parse(readFileSync(manifest.baseline ?? '', 'utf8')) as Baseline;
  const of = (wanted: string): string[] => [...judged].flatMap(([id, [is]]) => (is === wanted ? id : [])).sort();
  expect(of('pass')).toEqual([...(passes ?? [])].sort());
  expect(of('known')).toEqual(failures.map(({ id }) => id).sort());
  for (const { id, fingerprint } of failures) expect(judged.get(id)).toEqual(['known', fingerprint]);

  // And of some, to the last warning.
  for (const result of results(part).results)
    expect([result.id, judged.get(result.id)]).toEqual([result.id, verdict(result)]);
});

const ministack = await loadManifest('ministack', packageRoot);
const missing = whyMissing(ministack, packageRoot);

test.skipIf(missing !== undefined)(
  `ministack differs as its baseline says${missing ? ` (${missing})` : ''}`,
  async () => {
    const out = join(folder, 'ministack');
    expect(await once(start(['run', '--target', 'ministack', '--out', out]), 'exit')).toEqual([0, null]);
    const { run, results: judged, totals } = results(out);
    expect([run.complete, judged.length > totals.skip + totals.known]).toEqual([true, true]);
  },
);

function verdict({ verdict: is, fingerprint }: Result): (string | undefined)[] {
  return [is, fingerprint];
}

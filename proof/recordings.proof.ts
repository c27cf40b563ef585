import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import type { Report } from '../engine/result.ts';
import { runTarget } from '../hosts/command/run-target.ts';
import { manifestOf } from '../hosts/open-target.ts';
import { about, packageRoot } from '../package.ts';
import { compareFiles, fileComparisonCode } from '../reports/comparison/compare-files.ts';

const suite = loadSuite(packageRoot, about);

test.each(['mock', 'mock-served', 'cognito-local'])('a recording of %s has its verdicts, one and all', async (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'recording-proof-'));
  try {
    const run = async (choice: { name: string } | { replay: string }, record?: string): Promise<Report> => {
      const { signal } = new AbortController();
      const options = { suite, cases: suite.cases, record, strict: true, trace: true, signal };
      return runTarget(await manifestOf(choice), options);
    };
    const live = await run({ name }, folder);
    const replayed = await run({ replay: folder });
    expect(live.results.length).toBe(suite.cases.length);
    expect(outcomes(replayed)).toEqual(outcomes(live));
    expect(fileComparisonCode(compareFiles(live, replayed, { strict: true }))).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function outcomes({ results }: Report) {
  return Object.fromEntries(results.map(({ id, verdict, fingerprint }) => [id, [verdict, fingerprint]]));
}

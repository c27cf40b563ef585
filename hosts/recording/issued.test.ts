import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadSuite } from '../../engine/load.ts';
import type { Report, Result } from '../../engine/result.ts';
import { runCases } from '../../engine/run-cases.ts';
import { closeSession, openSession, type Session } from '../../engine/session.ts';
import type { JsonObject } from '../../engine/case.ts';
import type { Target } from '../../engine/target.ts';
import { about, packageRoot } from '../../package.ts';
import { openRehearsal } from '../rehearsal-target.ts';
import { keepRecording } from './keep-recording.ts';
import { openReplay } from './open-replay.ts';

const folder = mkdtempSync(join(tmpdir(), 'issued-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const suite = loadSuite(packageRoot, about);
const wanted = ['GetUser/bad-token/expired', 'GetUser/bad-token/without-scope', 'triggers/throws'];
const cases = suite.cases.filter(({ id }) => wanted.includes(id));
const NOT_HERE = 'nothing here throws';

async function judge(session: Session): Promise<Record<string, [verdict: string, reason: string | undefined]>> {
  const found: Result[] = [];
  await runCases(cases, session, { concurrency: 2, onResult: (result) => found.push(result) });
  await closeSession(session);
  return Object.fromEntries(found.map(({ id, verdict, reason }) => [id, [verdict, reason]]));
}

test('what an account issued, left out and was told of a run is replayed without waiting', async () => {
  const { target, close } = await openRehearsal();
  const recording = keepRecording(folder);
  const account: Target = {
    ...target,
    leftOut: new Map([['triggers/throws', NOT_HERE]]),
    poolSettings: (runId) => ({ ...(target.poolSettings?.(runId) as JsonObject), UserPoolTags: { run: runId } }),
  };
  const session = openSession(recording.listenTo(account), suite);
  const live = await judge(session);
  await close();
  const run = { startedAt: new Date().toISOString(), durationMs: 0, complete: true, node: process.version };
  recording.end(
    {
      run,
      suite: { name: suite.name, version: suite.version, cases: 0, hash: '' },
      target: { name: 'aws', endpoint: target.endpoint },
    } as Report,
    session,
  );
  expect(live).toEqual({
    'GetUser/bad-token/expired': ['pass', undefined],
    'GetUser/bad-token/without-scope': ['pass', undefined],
    'triggers/throws': ['skip', NOT_HERE],
  });
  expect(readFileSync(join(folder, 'recording.json'), 'utf8')).not.toContain(session.runId);
  expect(await judge(openSession(openReplay(folder, 2).target, suite))).toEqual(live);
});

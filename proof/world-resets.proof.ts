import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMock } from '../mocks/mock.ts';
import { serve } from '../mocks/serve.ts';
import { seed } from './seed.ts';
import { judgeAt } from './world/judged.ts';
import { serveRelay, type Span } from './world/relay.ts';

const arbitrary = fc.record<Span>({
  of: fc.constantFrom('request', 'answer'),
  // Heads and bodies of the first requests of a connection, and of later ones.
  bytes: fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 1500 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 12_000 }) },
  ),
});

test(`every connection is reset at some byte of a request or an answer, and nobody is judged by it (seed ${seed})`, async () => {
  const spans = fc.sample(arbitrary, { numRuns: 5000, seed });
  const mock = await serve(createMock(), { onUnsupported: () => {} });
  // What is asked before any case comes through.
  const first: Span = { of: 'answer', bytes: 9000 };
  const relay = await serveRelay(mock.url, (nth) => (nth === 1 ? first : spans[nth]));
  const { code, report } = await judgeAt(relay.url, ['--case', '*Attributes/*', '--concurrency', '4']);
  relay.close();
  await mock.close();
  const judged = report.results.filter(({ verdict }) => !['pass', 'skip', 'error'].includes(verdict));
  expect(judged.map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([]);
  expect([code, report.results.length]).toEqual([3, report.suite.cases]);
  expect(report.totals.pass).toBeGreaterThan(10);
  expect(relay.resets.length).toBeGreaterThan(50);
  expect(new Set(relay.resets.map(({ of }) => of)).size).toBe(2);
});

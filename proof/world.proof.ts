import { expect, test, describe } from 'vitest';
import { createMock } from '../mocks/mock.ts';
import { faults, type Fault } from './world/faults.ts';
import { judgeAt } from './world/judged.ts';
import { serveFaulty, type Asked } from './world/proxy.ts';

const scopes: Record<string, (asked: Asked) => boolean> = {
  once: ({ operation, nth }) => operation === 'GetUser' && nth === 3,
  fixture: ({ operation, nth }) => operation === 'AdminCreateUser' && nth === 3,
  always: ({ operation }) => operation === 'GetUser',
  from: ({ total }) => total > 40,
  all: () => true,
};
describe.concurrent('x', () => {
  test.each(Object.keys(scopes).flatMap((s) => Object.keys(faults).map((f) => [s, f] as const)))(
    '%s: %s',
    async (s, f) => {
      if (process.env.ONLY && !`${s}: ${f}`.match(process.env.ONLY)) return;
      const proxy = await serveFaulty({
        mock: createMock(),
        fault: (faults as Record<string, Fault>)[f]!,
        strikes: scopes[s]!,
      });
      const cases =
        s === 'always' ? ['--case', 'GetUser/lists-attributes', '--case', 'AdminGetUser/*'] : ['--case', 'GetUser/*'];
      const { code, report, stderr, seconds, peakMB } = await judgeAt(proxy.url, cases).catch(
        (e) => ({ code: 'X ' + e, report: { results: [], run: {} }, stderr: '', seconds: 0, peakMB: 0 }) as any,
      );
      proxy.close();
      const odd = report.results.filter((r: any) => r.verdict !== 'pass');
      const by: Record<string, number> = {};
      for (const r of odd) {
        const k = `${r.verdict}: ${r.cause} | ${String(r.reason).slice(0, 150)}`;
        by[k] = (by[k] ?? 0) + 1;
      }
      console.log(
        `## ${s}: ${f}: exit ${code}, ${seconds.toFixed(1)} s, ${peakMB.toFixed(0)} MB, struck ${proxy.struck()}, results ${report.results.length}, problem ${report.run.problem}\n` +
          Object.entries(by)
            .map(([k, n]) => `   ${n} ${k}`)
            .join('\n') +
          stderr
            .split('\n')
            .filter((l: string) => l && !/^peak/.test(l))
            .slice(0, 3)
            .map((l: string) => '\n   ! ' + l.slice(0, 200))
            .join(''),
      );
    },
  );
});

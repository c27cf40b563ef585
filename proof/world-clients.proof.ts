import { describe, expect, test } from 'vitest';
import { CHROMIUM_ADVICE, chromiumPath } from '../hosts/chromium.ts';
import { createMock } from '../mocks/mock.ts';
import { faults } from './world/faults.ts';
import { judgeAt } from './world/judged.ts';
import { serveFaulty } from './world/proxy.ts';

interface Heard {
  /** What the result says; absent where the answer is as good as any. */
  sdk?: string;
  browser?: string;
}

const both = (said: string): Heard => ({ sdk: said, browser: said });
const lost = (by: 8 | 12): string => `no answer within ${by} s`;
const SILENT: Heard = { sdk: lost(8), browser: lost(12) };
const SHORT = both('the answer is larger than 1048576 bytes');
const JSON_TYPE = '200 application/x-amz-json-1.1, which is no JSON';
const KEPT = 'the browser keeps the answer from the page: the answer has no Access-Control-Allow-Origin';

const table: Record<keyof typeof faults, Heard> = {
  // On a connection that was used before, both ask once more.
  'reset before the answer': {},
  'reset half-way': both('the answer broke off half-way'),
  'taken and never answered': SILENT,
  // A browser waits for 12 s.
  'silent for 10 s': { sdk: lost(8) },
  'a byte a tenth of a second': SILENT,
  'half of the JSON': both(JSON_TYPE),
  '200 with HTML': { sdk: '200 text/html, which is no JSON', browser: KEPT },
  'a length too long': { sdk: 'no end of the answer within 8 s', browser: 'no end of the answer within 12 s' },
  'a length too long, and the end': both('the answer broke off half-way'),
  // A page is given what the length leaves of it.
  'a length too short': { sdk: 'the answer does not end where it says', browser: JSON_TYPE },
  '100 MB': SHORT,
  'an answer without end': SHORT,
  'bytes that are no UTF-8': both('the answer is not UTF-8'),
  '100,000 levels': both('the answer is nested deeper than 1000 levels'),
  'nearly 1 MB': {},
  'duplicate keys': {},
  '__proto__ members': {},
  '1,000 headers': {},
  // A browser takes 256 KB.
  'headers of 100 KB': { sdk: 'the headers of the answer are larger than 65536 bytes' },
  'a redirect to itself': { sdk: '302 text/html, a redirect, and none is followed', browser: KEPT },
};
const rows = Object.entries(table) as [keyof typeof faults, Heard][];
const missing = chromiumPath() === undefined ? ` (no Chromium; ${CHROMIUM_ADVICE})` : '';

describe.each(['sdk', 'browser'] as const)('one answer, through --via %s', (via) => {
  test.skipIf(via === 'browser' && missing).each(rows)(
    `%s: the case is an error that says so, all others pass${via === 'browser' ? missing : ''}`,
    async (name, { [via]: said }) => {
      const fault = faults[name];
      const proxy = await serveFaulty({
        mock: createMock(),
        fault,
        strikes: ({ operation, nth }) => operation === 'GetUser' && nth === 4,
      });
      try {
        const { code, report } = await judgeAt(proxy.url, ['--via', via, '--case', 'GetUser/*']);
        expect(proxy.struck()).toBe(1);
        const odd = report.results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip');
        const wanted = said === undefined ? [] : [['error', expect.stringMatching(/; asked again, /)]];
        expect(odd.map(({ verdict, reason }) => [verdict, reason])).toEqual(wanted);
        expect(odd[0]?.reason ?? '').toContain(said ?? '');
        expect([code, report.totals.pass > 15]).toEqual([said === undefined ? 0 : 3, true]);
      } finally {
        proxy.close();
      }
    },
  );
});

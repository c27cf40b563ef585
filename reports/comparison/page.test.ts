import { expect, test } from 'vitest';
import type { Comparison } from './compare.ts';
import { comparisonPage } from './page.ts';

const comparison: Comparison = {
  reference: { name: 'upstream', version: '1.0.0', endpoint: 'http://127.0.0.1:9229' },
  target: { name: 'proxy', endpoint: 'http://127.0.0.1:8080' },
  answers: 612,
  cases: 336,
  differences: [
    {
      cause: 'header x-amzn-requestid is lost',
      answers: 612,
      cases: ['GetUser/a', 'GetUser/b', 'GetUser/c', 'GetUser/d'],
      example: { cause: 'header x-amzn-requestid is lost', expected: 'x-amzn-requestid: 5a3b', call: 'GetUser' },
    },
    {
      cause: 'verdict fail instead of pass',
      answers: 0,
      cases: ['GetUser/d'],
      example: { cause: 'verdict fail instead of pass', expected: 'pass', came: 'fail: \u001b[31mred', call: '' },
    },
  ],
  verdicts: [{ was: 'pass', is: 'fail', cases: ['GetUser/d'] }],
  bare: 0,
  uncompared: ['7 cases skipped: codes cannot be read'],
};

test('a page of each difference once, what was left out, and the sum', () => {
  expect(comparisonPage(comparison, { colour: false, width: 120 })).toBe(
    `proxy at http://127.0.0.1:8080, held against upstream 1.0.0 at http://127.0.0.1:9229

DIFFERS  header x-amzn-requestid is lost  (612 answers, 4 cases)
  in        GetUser/a
            GetUser/b
            GetUser/c
            … and 1 more
  call      GetUser
  reference x-amzn-requestid: 5a3b
  came      absent

DIFFERS  verdict fail instead of pass  (1 case)
  in        GetUser/d
  reference pass
  came      fail: \\u001b[31mred

NOTE  not compared: 7 cases skipped: codes cannot be read

proxy against upstream 1.0.0: 612 answers of 336 cases compared; verdicts: 1 fail instead of pass
2 kinds of difference
`,
  );
});

test.each([
  [{ differences: [], verdicts: [] }, 'no difference'],
  [{ differences: [], verdicts: [], answers: 0, cases: 0 }, 'nothing was compared'],
])('the last line is the outcome', (members, last) => {
  const page = comparisonPage({ ...comparison, ...members }, { colour: false, width: 80 });
  expect(page.trimEnd().split('\n').at(-1)).toBe(last);
});

test('where no case came through, the problem ends the page', () => {
  const page = comparisonPage(
    { ...comparison, uncompared: [], problem: 'it is another service' },
    { colour: false, width: 80 },
  );
  expect(page.trimEnd().split('\n').at(-1)).toBe('PROBLEM  no case could be compared: it is another service');
});

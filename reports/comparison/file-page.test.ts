import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import type { Report, Result, StepRecord } from '../../engine/result.ts';
import { header, report, result, run } from '../sample.test-data.ts';
import { compareFiles, fileComparisonCode } from './compare-files.ts';
import { fileMarkdown } from './file-markdown.ts';
import { filePage } from './file-page.ts';

const later: Report['target'] = { ...header.target, version: '5.3.0' };
const failing = (id: string, cause: string, members: Partial<Result> = {}): Result =>
  result(id, { verdict: 'fail', cause, reason: `${cause}, here`, fingerprint: cause, ...members });
const comparison = compareFiles(
  report([
    ...['a', 'b', 'c', 'd'].map((slug) => result(`GetUser/${slug}`)),
    failing('GetUser/e', 'it is refused'),
    failing('GetUser/f', 'it is refused'),
    result('GetUser/g'),
    result('GetUser/h'),
    result('GetUser/i'),
  ]),
  report(
    [
      ...['a', 'b', 'c', 'd'].map((slug) => failing(`GetUser/${slug}`, 'it is accepted')),
      result('GetUser/e'),
      failing('GetUser/f', 'it says | 500', { verdict: 'known' }),
      result('GetUser/g', { verdict: 'warn', cause: 'another message' }),
      result('GetUser/h', { verdict: 'skip', reason: 'no codes' }),
      result('GetUser/i'),
    ],
    { target: later },
  ),
  { strict: false },
);

test('what changed is told cause by cause, the gravest first', () => {
  expect(filePage(comparison, { colour: false, width: 120 })).toBe(`moto 5.3.0, held against moto 5.2.1

BROKEN  it is accepted  (4 cases)
  in        GetUser/a
            GetUser/b
            GetUser/c
            … and 1 more
  was       pass
  is        fail: it is accepted, here

CHANGED  it says | 500  (1 case)
  in        GetUser/f
  was       fail: it is refused, here
  is        known: it says | 500, here

FIXED  it is refused  (1 case)
  in        GetUser/e
  was       fail: it is refused, here
  is        pass

DETAIL  another message  (1 case)
  in        GetUser/g
  was       pass
  is        warn

SCOPE  1 case judged by moto 5.2.1 alone; skip: no codes

NOTE  not compared: answers: not all exchanges were kept; run both with --trace

1 fixed, 1 in a detail, 1 out of scope, 1 alike
4 newly broken, 1 for another reason
`);
  expect(fileComparisonCode(comparison)).toBe(1);
});

test('as Markdown every change is a row', () => {
  const text = fileMarkdown(comparison);
  expect(text.split('\n').slice(0, 7)).toEqual([
    '# moto 5.3.0 against moto 5.2.1',
    '',
    '**4 newly broken, 1 for another reason**, 1 fixed, 1 in a detail, 1 out of scope, 1 alike.',
    '',
    '## Newly broken',
    '',
    '| case | was | is |',
  ]);
  const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  const rows = html.split('</tr>').map((row) => row.match(/<t[hd][ >]/g)?.length);
  expect(rows).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, undefined]);
  expect(html).toContain('<td>known: it says | 500, here</td>');
});

const step = (body: string): StepRecord => ({
  call: 'GetUser',
  role: 'step',
  request: { method: 'POST', url: 'http://127.0.0.1:1/', headers: {}, body: '{}' },
  response: { status: 200, headers: [], body },
  durationMs: 1,
});
const traced = (body: string): Report => report([result('GetUser/a', { steps: [step(body)] })]);

test('where all exchanges are kept answers are compared too, and count', () => {
  const differing = compareFiles(traced('{"Name":"ada"}'), traced('{"Name":"bob"}'), { strict: false });
  expect(filePage(differing, { colour: false, width: 120 }).split('\n').slice(2)).toEqual([
    'DIFFERS  body says something else at /Name  (1 answer, 1 case)',
    '  in        GetUser/a',
    '  call      GetUser',
    '  was       "ada"',
    '  is        "bob"',
    '',
    '1 alike, 1 answer of 1 case compared',
    '1 kind of difference in answers',
    '',
  ]);
  expect(fileMarkdown(differing)).toContain('## Answers\n\n- 1 answer of 1 case: body says something else at /Name\n');
  expect([differing, compareFiles(traced('{}'), traced('{}'), { strict: false })].map(fileComparisonCode)).toEqual([
    1, 0,
  ]);
});

test.each<[what: string, first: Report, second: Report, code: number, outcome: string, note: string | undefined]>([
  ['nothing differs', traced('{}'), traced('{}'), 0, 'no difference', undefined],
  ['only something is fixed', report([failing('GetUser/a', 'x')]), traced('{}'), 0, 'nothing newly broken', undefined],
  [
    'nothing was judged',
    report([], { run: { ...run, problem: 'nothing listens' }, target: later }),
    traced('{}'),
    3,
    'nothing was compared',
    'moto 5.3.0: nothing could be judged: nothing listens',
  ],
  [
    'a run broke off',
    traced('{}'),
    report(traced('{}').results, { run: { ...run, complete: false }, target: later }),
    3,
    'no difference in what was run: not all was, as a run was interrupted',
    'the run on moto was interrupted',
  ],
  [
    'a run broke off, and something is newly broken',
    report(traced('{}').results, { run: { ...run, complete: false } }),
    report([failing('GetUser/a', 'x')], { target: later }),
    1,
    '1 newly broken',
    'the run on moto was interrupted',
  ],
  [
    'something is improved and not fixed',
    report([failing('GetUser/a', 'x', { verdict: 'blocked' })]),
    report([failing('GetUser/a', 'y', { verdict: 'warn' })], { target: later }),
    0,
    'nothing newly broken',
    undefined,
  ],
])('where %s, the last line and the exit code say so', (_, first, second, code, outcome, note) => {
  const found = compareFiles(first, second, { strict: false });
  const lines = filePage(found, { colour: false, width: 120 }).trimEnd().split('\n');
  expect([fileComparisonCode(found), lines.at(-1)]).toEqual([code, outcome]);
  if (note !== undefined) expect(found.uncompared[0]).toBe(note);
});

test('two dates of a target are told apart, and nobody is called a proxy', () => {
  const page: StepRecord = {
    ...step('<h1>Too Large</h1>'),
    response: { status: 413, headers: [], body: '<h1>Too Large</h1>' },
  };
  const monday = report([result('GetUser/a', { steps: [step('{}')] })]);
  const tuesday = report([result('GetUser/a', { steps: [page] })], {
    run: { ...run, startedAt: '2026-08-02T10:00:00.000Z' },
  });
  const found = compareFiles(monday, tuesday, { strict: false });
  expect(found.names).toEqual(['moto 5.2.1 2026-08-01', 'moto 5.2.1 2026-08-02']);
  expect(found.answers?.differences.map(({ cause }) => cause)).toEqual(['413: the body size limit of moto']);
});

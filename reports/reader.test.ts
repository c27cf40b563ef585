import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ReportError, readReport } from './reader.ts';
import { header, report, result, run } from './sample.test-data.ts';
import { openResults } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
const path = join(folder, 'results.json');
afterAll(() => rmSync(folder, { recursive: true }));

const results = [result('GetUser/a'), result('GetUser/b', { verdict: 'fail' })];
const written = `{"reportVersion":1,
"suite":${JSON.stringify(header.suite)},
"target":${JSON.stringify(header.target)},
"results":[
${results.map((each) => JSON.stringify(each)).join(',\n')}`;

function reading(text: string) {
  writeFileSync(path, text);
  utimesSync(path, 0, 1_785_578_400);
  return readReport(path);
}

test('what the writer wrote is read', () => {
  const writer = openResults(folder, header, run);
  for (const each of results) writer.add(each);
  expect(writer.finish(run)).toEqual(readReport(path));
  expect(readReport(path)).toEqual(report(results));
});

test.each([
  ['within a result', `${written},\n{"id":"GetUser/c","tit`],
  ['after a result', written],
  ['within the end', `${written}\n],\n"totals":{"pass"`],
  ['within a result, old bytes behind it', `${written},\n{"id":"Get0,"changed":0},\n"run":{"complete":false}}\n`],
])('a file torn %s is read up to its last whole result', (_where, text) => {
  expect(reading(text)).toEqual(
    report(results, {
      run: {
        id: 'unknown',
        startedAt: '2026-08-01T10:00:00.000Z',
        durationMs: 0,
        host: 'command',
        via: 'wire',
        node: 'unknown',
        complete: false,
        notes: ['the file ended within a result: its run was killed while it wrote'],
      },
    }),
  );
});

test.each([
  ['# results', 'it is not JSON'],
  ['', 'it is not JSON'],
  ['[]', 'it must be object'],
  ['{"reportVersion":1}', "it must have required property 'suite'"],
  [JSON.stringify({ ...report([]), reportVersion: 2 }), '/reportVersion must be equal to constant'],
  [JSON.stringify({ ...report(results), totals: report([]).totals }), 'its totals say 0 pass, its results are 1'],
])('%.40s is refused', (text, problem) => {
  expect(() => reading(text)).toThrow(
    new ReportError(`${path} is no results.json: ${problem}; name a file that a run wrote`),
  );
});

test('a file that is not there is one line', () => {
  expect(() => readReport(join(folder, 'none.json'))).toThrow(
    new ReportError(
      `cannot read ${folder}/none.json: ENOENT: no such file or directory; name the results.json of a run`,
    ),
  );
});

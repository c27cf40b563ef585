import { expect, test } from 'vitest';
import { columnNames, fileName, lastingNames } from './column-names.ts';
import { header, report, run } from './sample.test-data.ts';

const on = (...dates: string[]) => dates.map((startedAt) => report([], { run: { ...run, startedAt } }));
const other = report([], { target: { ...header.target, version: '5.3.0' } });

test.each([
  ['one target and another', [...on('2026-08-01T10:00:00.000Z'), other], ['moto 5.2.1', 'moto 5.3.0']],
  [
    'two days',
    [...on('2026-08-01T10:00:00.000Z', '2026-08-02T10:00:00.000Z'), other],
    ['moto 5.2.1 2026-08-01', 'moto 5.2.1 2026-08-02', 'moto 5.3.0'],
  ],
  [
    'two times of a day',
    on('2026-08-01T10:00:00.000Z', '2026-08-01T10:20:00.000Z'),
    ['moto 5.2.1 2026-08-01 10:00', 'moto 5.2.1 2026-08-01 10:20'],
  ],
  [
    'two times of a minute',
    on('2026-08-01T10:00:00.000Z', '2026-08-01T10:00:07.000Z'),
    ['moto 5.2.1 2026-08-01 10:00:00', 'moto 5.2.1 2026-08-01 10:00:07'],
  ],
])('%s are told apart', (_, reports, names) => {
  expect(columnNames(reports)).toEqual(names);
});

test('a lasting name has no version, unless there are two', () => {
  expect(lastingNames([...on('2026-08-01T10:00:00.000Z')])).toEqual(['moto']);
  expect(lastingNames([...on('2026-08-01T10:00:00.000Z'), other])).toEqual(['moto 5.2.1', 'moto 5.3.0']);
});

test('a name is one file, and never a folder above', () => {
  const files = ['moto 5.2.1', '..', '../../x', '.', 'x'.repeat(300)].map(fileName);
  expect(files).toEqual(['moto-5.2.1', '-', '--..-x', '-', 'x'.repeat(100)]);
});

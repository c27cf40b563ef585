import { expect, test } from 'vitest';
import { columns } from './columns.ts';
import { emulator, header, report, result, run, selfTest } from './sample.test-data.ts';
import { terminalMatrix } from './terminal-matrix.ts';

const floci = report([result('GetUser/answers-the-attributes')], {
  target: { name: 'floci', endpoint: 'http://127.0.0.1:4566' },
});

test('areas stand beside targets', () => {
  expect(terminalMatrix([emulator, floci, report([], { target: selfTest })], { colour: false, width: 80 })).toBe(
    `                      moto     floci
                      5.2.1
DeleteUserAttributes  - +2     -
GetUser               2/4      1/1
UpdateUserAttributes  0/6      -
VerifyUserAttribute   0/1 +1   -
all                   2/11 +3  1/1
blocked               1        0

passed/judged; "+n" were skipped, "-" was not judged
`,
  );
});

test('two dates of a target are two columns', () => {
  const later = report([result('GetUser/names-the-user')], {
    run: { ...run, startedAt: '2026-08-02T09:00:00.000Z' },
  });
  expect(terminalMatrix([report([]), later, floci], { colour: false, width: 80 })).toBe(
    `         moto        moto        floci
         5.2.1       5.2.1
         2026-08-01  2026-08-02
GetUser  -           1/1         1/1
all      -           1/1         1/1

passed/judged; "+n" were skipped, "-" was not judged
`,
  );
});

test('a run that was interrupted is called incomplete', () => {
  const interrupted = report([result('GetUser/names-the-user')], { run: { ...run, complete: false } });
  expect(terminalMatrix([interrupted, floci], { colour: false, width: 80 })).toBe(
    `         moto        floci
         5.2.1
         incomplete
GetUser  1/1         1/1
all      1/1         1/1

passed/judged; "+n" were skipped, "-" was not judged
`,
  );
});

test('one target through different clients has a column for each', () => {
  const sdk = { ...floci, run: { ...floci.run, via: 'sdk' as const } };
  const browser = { ...emulator, run: { ...emulator.run, via: 'browser' as const } };
  const [, versions] = terminalMatrix([floci, sdk, browser], { colour: false, width: 80 }).split('\n');
  expect(versions?.trim().split(/ {2,}/)).toEqual(['via sdk', '5.2.1 via browser']);
});

test('columns that do not fit go into a table below', () => {
  expect(terminalMatrix([emulator, floci], { colour: false, width: 32 })).toBe(
    `                      moto
                      5.2.1
DeleteUserAttributes  - +2
GetUser               2/4
UpdateUserAttributes  0/6
VerifyUserAttribute   0/1 +1
all                   2/11 +3
blocked               1

                      floci

DeleteUserAttributes  -
GetUser               1/1
UpdateUserAttributes  -
VerifyUserAttribute   -
all                   1/1
blocked               0

passed/judged; "+n" were skipped, "-" was not judged
`,
  );
});

test('many targets with long names stay within the width', () => {
  const many = Array.from({ length: 9 }, (_none, index) =>
    report([result('GetUser/a')], { target: { ...header.target, name: `${'emulator'.repeat(4)}\u001b${index}` } }),
  );
  const lines = terminalMatrix(many, { colour: false, width: 200 }).split('\n');
  expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(120);
  expect(lines.join('')).not.toContain('\u001b');
});

test('without a target there is no matrix', () => {
  expect(terminalMatrix([report([], { target: selfTest })], { colour: false, width: 80 })).toBe('');
});

test('the names of targets are bold, the legend is dim, and colour adds nothing else', () => {
  const plain = terminalMatrix([emulator, floci], { colour: false, width: 32 });
  const lines = plain.trimEnd().split('\n');
  const coloured = lines.map((line) => {
    if (line.startsWith('  ') && /moto|floci/.test(line)) return `\u001b[1m${line}\u001b[22m`;
    return line.startsWith('passed/judged') ? `\u001b[2m${line}\u001b[22m` : line;
  });
  expect(terminalMatrix([emulator, floci], { colour: true, width: 32 })).toBe(`${coloured.join('\n')}\n`);
});

test.each([
  [36, 1],
  [35, 2],
  [2, 2],
])('in %i columns the two targets take %i tables', (width, tables) => {
  const text = terminalMatrix([emulator, floci], { colour: false, width });
  expect(text.split('\n').filter((line) => line.startsWith('GetUser'))).toHaveLength(tables);
});

import { cpus, platform, release, totalmem } from 'node:os';
import type { Row } from './compare.ts';
import { ratio, type Mark, type Measured } from './marks.ts';
import { versionOf } from './toolbox.ts';

const PACKAGES: Record<string, string> = {
  vitest: 'vitest',
  'Step CI': 'stepci',
  httpyac: 'httpyac',
  newman: 'newman',
  Bruno: '@usebruno/cli',
  "Playwright's request": '@playwright/test',
};

/** The tables of docs/performance.md. */
export function page(marks: Mark[], measured: Measured, minutes: number): string {
  const { model = '' } = cpus()[0] ?? {};
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const today = new Date().toISOString().slice(0, 10);
  const machine = `${model.trim()}, ${cpus().length} processors, ${gigabytes} GB, ${platform()} ${release()}, Node ${process.version}`;
  const { onFast, onMock, onCognitoLocal, away, latencyMs } = measured;
  return [
    `Measured on ${today}: ${machine}. The whole took ${minutes} minutes.`,
    table(
      ['measure', 'to reach', 'measured', ''],
      marks.map(({ measure, toReach, measured: found, reached }) => [
        measure,
        toReach,
        found,
        reached ? 'reached' : 'missed',
      ]),
    ),
    `On the fast server:`,
    costs(onFast),
    `On the mock, served:`,
    costs(onMock),
    `On cognito-local, one case at a time:`,
    costs(onCognitoLocal),
    `On the fast server, ${latencyMs} ms away:`,
    costs(away),
  ].join('\n\n');
}

function costs(rows: Row[]): string {
  const entries = rows.map((row): string[] => {
    const version = versionOf(PACKAGES[row.name] ?? '');
    const name = version === undefined ? row.name : `${row.name} ${version}`;
    if (row.wrong !== undefined) return [name, '', '', '', '', '', `left out: ${row.wrong}`];
    const { cpuMs, wallMs, peakMb, requests, runs } = row;
    const relative =
      runs.length === rows[0]?.runs.length ? ratio(rows, row.name, 'the floor') : cpuMs / (rows[0]?.cpuMs ?? NaN);
    return [
      name,
      seconds(cpuMs),
      relative.toFixed(1),
      seconds(wallMs),
      `${Math.round(peakMb)} MB`,
      String(requests),
      String(runs.length),
    ];
  });
  return table(['tool', 'CPU', '÷ floor', 'wall', 'peak memory', 'requests', 'runs'], entries);
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** As prettier lays it out. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((name, column) =>
    Math.max(3, ...[name, ...rows.map((row) => row[column] ?? '')].map(({ length }) => length)),
  );
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

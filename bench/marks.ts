import type { Row } from './compare.ts';
import { median } from './median.ts';

export interface Measured {
  /** Of the list that all were given. */
  cases: number;
  onFast: Row[];
  fiveTimes: Row[];
  growth: Row[];
  host: Row[];
  onMock: Row[];
  onCognitoLocal: Row[];
  away: Row[];
  latencyMs: number;
  firstVerdictMs: number;
}

export interface Mark {
  measure: string;
  toReach: string;
  measured: string;
  reached: boolean;
}

/** What was to be reached, and what was. */
export function marksOf(measured: Measured): Mark[] {
  const { cases, onFast, fiveTimes, growth, host, onMock, onCognitoLocal, away, latencyMs, firstVerdictMs } = measured;
  const passing = perCase(growth, 'the command', String(cases), cases);
  const hostPassing = perCase(host, 'the Playwright host', String(cases), cases);
  const latent = rowOf(away, 'the command');
  const least = (latencyMs * latent.requests) / latent.concurrency;
  const largest = rowOf(growth, `the command, ${10 * cases}`);
  const tools = [onFast, onMock, onCognitoLocal, away].flatMap((rows) => against(rows));
  return [
    most(`CPU of the command ÷ floor, ${cases} cases`, 1.5, ratio(onFast, 'the command', 'the floor')),
    most(`CPU of the command ÷ floor, ${5 * cases} cases`, 1.5, ratio(fiveTimes, 'the command', 'the floor')),
    {
      measure: 'the command against every other tool, wall and CPU',
      toReach: 'faster than each',
      measured: tools.length === 0 ? 'yes' : tools.join('; '),
      reached: tools.length === 0,
    },
    most(`with ${latencyMs} ms latency ÷ (latency × requests ÷ concurrency)`, 1.2, latent.wallMs / least),
    most('start to first verdict, mock', 0.7, firstVerdictMs / 1000, ' s'),
    most('failing case ÷ passing case, the command', 1.1, perCase(growth, 'the command', 'fail', cases) / passing),
    most(
      'failing case ÷ passing case, the Playwright host',
      1.3,
      perCase(host, 'the Playwright host', 'fail', cases) / hostPassing,
    ),
    most(
      `${10 * cases} cases ÷ ${cases}, per case`,
      1.1,
      perCase(growth, 'the command', String(10 * cases), 10 * cases) / passing,
    ),
    most(`peak memory with ${10 * cases} cases`, 250, largest.peakMb, ' MB'),
    most('CPU of the Playwright host a case, beyond that of the command', 12, hostPassing - passing, ' ms'),
  ];
}

/** CPU a case, without what the first one takes: to begin. */
function perCase(rows: Row[], tool: string, label: string, cases: number): number {
  const first = rowOf(rows, `${tool}, 1`).runs;
  return median(
    rowOf(rows, `${tool}, ${label}`).runs.map(
      ({ cpuMs }, index) => (cpuMs - (first[index]?.cpuMs ?? NaN)) / (cases - 1),
    ),
  );
}

/** Of runs one after the other, so that it holds where the machine's speed drifts. */
export function ratio(rows: Row[], name: string, other: string): number {
  const others = rowOf(rows, other).runs;
  return median(rowOf(rows, name).runs.map(({ cpuMs }, index) => cpuMs / (others[index]?.cpuMs ?? NaN)));
}

/** Where another tool was as fast as the command. */
function against(rows: Row[]): string[] {
  const command = rowOf(rows, 'the command');
  const ours = ['the floor', 'the command', 'the Playwright host'];
  return rows
    .filter(({ name, wrong }) => !ours.includes(name) && wrong === undefined)
    .flatMap(({ name, server, cpuMs, wallMs }) => [
      ...(cpuMs <= command.cpuMs ? [`not in CPU than ${name} (${server})`] : []),
      ...(wallMs <= command.wallMs ? [`not in wall than ${name} (${server})`] : []),
    ]);
}

function most(measure: string, mark: number, found: number, unit = ''): Mark {
  const digits = mark >= 10 ? 0 : 2;
  return { measure, toReach: `≤ ${mark}${unit}`, measured: `${found.toFixed(digits)}${unit}`, reached: found <= mark };
}

function rowOf(rows: Row[], name: string): Row {
  const row = rows.find((one) => one.name === name);
  if (!row) throw new Error(`no row "${name}"`);
  return row;
}

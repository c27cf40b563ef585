import { expect, test, vi } from 'vitest';
import type { Verdict } from '../engine/result.ts';
import { progress, type ProgressOptions } from './progress.ts';

function recorder(members: { redraws: boolean; columns?: number }) {
  const written: string[] = [];
  return { ...members, written, write: (text: string) => written.push(text) };
}

function ended(verdict: Verdict, id = 'GetUser/a') {
  return { id, verdict, durationMs: 12 };
}

test('the line has a bar, the counts, the time and the case under way, and is cleared at the end', () => {
  const stream = recorder({ redraws: true, columns: 100 });
  let time = 0;
  const line = progress('moto', 4, stream, { now: () => (time += 1500), current: () => 'GetUser/b' });
  line.add(ended('pass'));
  line.add(ended('skip'));
  line.add(ended('fail'));
  line.add(ended('pass'));
  line.stop();
  expect(stream.written).toEqual([
    '\rmoto  █████░░░░░░░░░░░░░░░  1/4  1 pass  2 s  GetUser/b',
    '\rmoto  ██████████░░░░░░░░░░  2/4  1 pass, 1 skip  3 s, about 3 s left  GetUser/b',
    '\rmoto  ███████████████░░░░░  3/4  1 pass, 1 fail, 1 skip  5 s, about 2 s left  GetUser/b',
    `\r${'moto  ████████████████████  4/4  2 pass, 1 fail, 1 skip  6 s  GetUser/b'.padEnd(87)}`,
    `\r${' '.repeat(71)}`,
    '\r',
  ]);
});

test('it is redrawn ten times a second at most', () => {
  const stream = recorder({ redraws: true });
  let time = 0;
  const line = progress('moto', 500, stream, { now: () => time });
  for (; time < 250; time += 1) line.add(ended('pass'));
  expect(stream.written.map((text) => /\d+\/500/.exec(text)?.[0])).toEqual(['1/500', '101/500', '201/500']);
});

test('it goes on while a case takes long', () => {
  vi.useFakeTimers({ now: 0 });
  try {
    const stream = recorder({ redraws: true });
    const line = progress('moto', 2, stream, { current: () => 'GetUser/long' });
    vi.advanceTimersByTime(100);
    line.add(ended('pass'));
    vi.advanceTimersByTime(2900);
    expect([stream.written[0], stream.written.at(-1)]).toEqual([
      '\rmoto  ░░░░░░░░░░░░░░░░░░░░  0/2  0 s  GetUser/long',
      '\rmoto  ██████████░░░░░░░░░░  1/2  1 pass  3 s, about 3 s left  GetUser/long',
    ]);
    line.stop();
    const { length } = stream.written;
    vi.advanceTimersByTime(1000);
    expect(stream.written.length).toBe(length);
  } finally {
    vi.useRealTimers();
  }
});

test('a narrow terminal gets a line that does not wrap', () => {
  const stream = recorder({ redraws: true, columns: 12 });
  const line = progress('moto\u001b', 64, stream);
  line.add(ended('pass'));
  expect(stream.written).toEqual(['\rmoto\\u001b…']);
  line.stop();
});

test('elsewhere a line is told a tenth, five seconds apart at least', () => {
  expect(linesOf(40, 1000)).toEqual([
    'moto: 5 of 40 cases, 5 pass; 5 s, about 35 s left\n',
    'moto: 10 of 40 cases, 10 pass; 10 s, about 30 s left\n',
    'moto: 15 of 40 cases, 15 pass; 15 s, about 25 s left\n',
    'moto: 20 of 40 cases, 20 pass; 20 s, about 20 s left\n',
    'moto: 25 of 40 cases, 25 pass; 25 s, about 15 s left\n',
    'moto: 30 of 40 cases, 30 pass; 30 s, about 10 s left\n',
    'moto: 35 of 40 cases, 35 pass; 35 s, about 5 s left\n',
  ]);
  expect(linesOf(100, 40)).toEqual([]);
});

test('where a tenth takes long, a line is told a minute', () => {
  expect(linesOf(100, 25_000).slice(0, 2)).toEqual([
    'moto: 3 of 100 cases, 3 pass; 1 min 15 s, about 40 min 25 s left\n',
    'moto: 6 of 100 cases, 6 pass; 2 min 30 s, about 39 min 10 s left\n',
  ]);
});

test('verbose, each case is told as it ends, above the bar where there is one', () => {
  const lines = recorder({ redraws: false });
  run(lines, 2, 10, { detail: 'verbose' });
  expect(lines.written).toEqual(['pass     GetUser/a  0.0 s\n', 'pass     GetUser/a  0.0 s\n']);
  const terminal = recorder({ redraws: true });
  run(terminal, 1, 10, { detail: 'verbose' });
  expect(terminal.written.slice(0, 2)).toEqual([
    'pass     GetUser/a  0.0 s\n',
    '\rmoto  ████████████████████  1/1  1 pass  0 s',
  ]);
});

test('nothing is written where it is to be quiet, or where there is no result', () => {
  const terminal = recorder({ redraws: true });
  run(terminal, 5, 10_000, { detail: 'quiet' });
  progress('moto', 64, terminal).stop();
  expect(terminal.written).toEqual([]);
});

/** What is told of cases that each take as long, where lines stay. */
function linesOf(total: number, ms: number): string[] {
  const stream = recorder({ redraws: false });
  run(stream, total, ms);
  return stream.written;
}

function run(stream: ReturnType<typeof recorder>, total: number, ms: number, options: ProgressOptions = {}): void {
  let time = 0;
  const line = progress('moto', total, stream, { ...options, now: () => time });
  for (let done = 0; done < total; done += 1) {
    time += ms;
    line.add(ended('pass'));
  }
  line.stop();
}

import { expect, test } from 'vitest';
import { progress } from './progress.ts';

function recorder(members: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  return { ...members, written, write: (text: string) => written.push(text) };
}

test('the line says how far the run is and is cleared at the end', () => {
  const stream = recorder({ isTTY: true, columns: 80 });
  let time = 1000;
  const line = progress('moto', 64, stream, () => (time += 100));
  line.add({ verdict: 'pass' });
  line.add({ verdict: 'skip' });
  line.add({ verdict: 'fail' });
  line.stop();
  expect(stream.written).toEqual([
    '\rmoto  1/64  1 pass',
    '\rmoto  2/64  1 pass, 1 skip',
    '\rmoto  3/64  1 pass, 1 fail, 1 skip',
    `\r${' '.repeat(34)}`,
    '\r',
  ]);
});

test('it is redrawn ten times a second at most', () => {
  const stream = recorder({ isTTY: true });
  let time = 0;
  const line = progress('moto', 500, stream, () => time);
  for (; time < 250; time += 1) line.add({ verdict: 'pass' });
  expect(stream.written).toEqual(['\rmoto  1/500  1 pass', '\rmoto  101/500  101 pass', '\rmoto  201/500  201 pass']);
});

test('a narrow terminal gets a line that does not wrap', () => {
  const stream = recorder({ isTTY: true, columns: 12 });
  progress('moto\u001b', 64, stream).add({ verdict: 'pass' });
  expect(stream.written).toEqual(['\rmoto\\u001b…']);
});

test('nothing is written where there is no terminal, or no result', () => {
  const pipe = recorder({});
  const quiet = progress('moto', 64, pipe);
  quiet.add({ verdict: 'pass' });
  quiet.stop();
  const terminal = recorder({ isTTY: true });
  progress('moto', 64, terminal).stop();
  expect([...pipe.written, ...terminal.written]).toEqual([]);
});

import { expect, test } from 'vitest';
import { placed, sayProblem, type Problem } from './problem.ts';

const problem: Problem = { file: 'a.json', pointer: '/b', message: 'is wrong' };

test.each<[more: Partial<Problem>, line: string]>([
  [{}, 'a.json at /b: is wrong'],
  [{ pointer: '' }, 'a.json: is wrong'],
  [{ line: 2, column: 3 }, 'a.json:2:3 at /b: is wrong'],
])('a problem in one line: %j', (more, line) => {
  expect(sayProblem({ ...problem, ...more })).toBe(line);
});

test('a problem is placed in its text, once', () => {
  const text = '{\n "b": 1 }';
  expect(placed(problem, text)).toEqual({ ...problem, line: 2, column: 7 });
  expect(placed(problem, undefined)).toEqual(problem);
  expect(placed({ ...problem, line: 9, column: 9 }, text)).toEqual({ ...problem, line: 9, column: 9 });
});

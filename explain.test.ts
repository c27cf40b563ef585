import { expect, test } from 'vitest';
import { loadSuite } from './engine/load.ts';
import { sourceId } from './engine/coverage.ts';
import { explanation } from './hosts/command/explain.ts';
import { about, packageRoot } from './package.ts';

const suite = loadSuite(packageRoot, about);
const ids = [...new Set(suite.cases.flatMap((test) => [test.id, sourceId(test)]))];

test('every case, and every row, is told in words', () => {
  const faults = ids.flatMap((id) => {
    // What follows is a script, which has a test of its own.
    const [text = ''] = explanation(id, suite, { width: 80, colour: false }).split('\nBy hand\n');
    const long = text
      .split('\n')
      .filter((line) => line.length > 80 && /\S \S/.test(line.trim()) && !line.includes('--case'));
    return [
      ...long.map((line) => `${id}: a long line: ${line}`),
      // What somebody captured may hold the word itself.
      ...[...text.replace(/product\s+undefined/g, '').matchAll(/undefined|\[object|\$\{|"\$\w+"/g)].map(
        ([word]) => `${id}: ${word}`,
      ),
    ];
  });
  expect(faults).toEqual([]);
});

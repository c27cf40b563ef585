import { expect, test } from 'vitest';
import { reporters } from './reporters.ts';
import { emulator, findEvidence } from './sample.test-data.ts';

const context = { evidence: findEvidence, colour: false, width: 120, strict: false };

test('each reporter has a name and says where its text goes', () => {
  expect(Object.entries(reporters).map(([name, { file }]) => [name, file])).toEqual([
    ['terminal', undefined],
    ['markdown', 'results.md'],
    ['html', 'results.html'],
    ['json', undefined],
    ['junit', 'results.junit.xml'],
    ['github', undefined],
    ['badge', 'badge.json'],
  ]);
});

test('every format is the same of a report that was written and read again', () => {
  const again = JSON.parse(JSON.stringify(emulator));
  for (const { render } of Object.values(reporters)) {
    expect(render([again], context)).toBe(render([emulator], context));
  }
});

test('as JSON one report is itself and several are a list', () => {
  expect(JSON.parse(reporters['json']!.render([emulator], context))).toEqual(emulator);
  expect(JSON.parse(reporters['json']!.render([emulator, emulator], context))).toEqual([emulator, emulator]);
});

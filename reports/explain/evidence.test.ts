import { expect, test } from 'vitest';
import type { Claim, Evidence } from '../../engine/case.ts';
import { evidenceLines } from './evidence.ts';

const claim = (more: Partial<Claim> = {}): Claim => ({
  on: 'any',
  tier: 'observed',
  outcome: 'refused',
  source: 'https://a.example/1',
  ...more,
});
const entry = (claims: Claim[], more: Partial<Evidence> = {}): Evidence => ({
  id: 'names',
  statement: 'names are checked',
  claims,
  ...more,
});

test('every line is indented below its entry', () => {
  const long = entry([claim({ outcome: 'refused with words', source: 'a book of rules' })], {
    statement: 'names are checked by length',
    contradictions: ['another saw it accepted'],
  });
  expect(evidenceLines(long, 34)).toEqual([
    '  names: Names are checked by',
    '    length.',
    '    - observed by somebody else:',
    '      Refused with words.',
    '      a book of rules',
    '    ! Sources disagree: Another',
    '      saw it accepted.',
  ]);
});

test.each<[name: string, more: Partial<Claim>, words: string]>([
  ['says no more', {}, 'observed by somebody else: Refused.'],
  ['says where', { on: 'Write' }, 'observed by somebody else on Write: Refused.'],
  ['says when', { date: '2023-01' }, 'observed by somebody else, 2023-01: Refused.'],
  ['has a status', { status: 400 }, 'observed by somebody else: Refused. (400)'],
  ['has an error', { error: 'Bad' }, 'observed by somebody else: Refused. (Bad)'],
  ['has a text', { message: 'No.\n' }, 'observed by somebody else: Refused. ("No.\\n")'],
  ['has all', { status: 400, error: 'Bad', message: '' }, 'observed by somebody else: Refused. (400 Bad "")'],
])('a claim that %s', (_, more, words) => {
  expect(evidenceLines(entry([claim(more)]), 200)).toEqual([
    '  names: Names are checked.',
    `    - ${words}`,
    '      https://a.example/1',
  ]);
});

test('claims of one source in one sentence stand together, others apart', () => {
  const lines = evidenceLines(
    entry([
      claim({ error: 'A' }),
      claim(),
      claim({ error: 'B' }),
      claim({ on: 'Write', error: 'C' }),
      claim({ tier: 'model', error: 'D' }),
      claim({ date: '2022', error: 'E' }),
      claim({ outcome: 'accepted', error: 'F' }),
      claim({ source: 'b', error: 'G' }),
    ]),
    200,
  );
  expect(lines.filter((line) => line.startsWith('    - '))).toEqual([
    '    - observed by somebody else: Refused. (A, B)',
    '    - observed by somebody else on Write: Refused. (C)',
    '    - in the service model: Refused. (D)',
    '    - observed by somebody else, 2022: Refused. (E)',
    '    - observed by somebody else: Accepted. (F)',
    '    - observed by somebody else: Refused. (G)',
  ]);
});

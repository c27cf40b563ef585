import type { Case, Evidence, JsonObject, Level } from '../../engine/case.ts';
import { columns } from '../columns.ts';
import { painter } from '../paint.ts';
import { evidenceLines } from './evidence.ts';
import { fill, sentence } from './page.ts';
import { stateSentences } from './state.ts';
import { overSentences, stepSentences } from './step.ts';
import { memberWords } from './value.ts';

/** A case as it is written, with all its rows or one of them. */
export interface Subject extends Pick<Case, 'title' | 'level' | 'given' | 'steps' | 'over' | 'expect' | 'file'> {
  id: string;
  rows: Readonly<Record<string, JsonObject>>;
  evidence: readonly Evidence[];
  /** The kinds of bad tokens that it makes, with what is wrong with each. */
  tokens: Readonly<Record<string, string>>;
  /** Lines that tell how to do without the suite what it does. */
  byHand: readonly string[];
  /** Sentences of the API reference that it tests. */
  statements: readonly string[];
}

export interface ExplainContext {
  pools: Readonly<Record<string, JsonObject>>;
  width: number;
  colour: boolean;
}

const LEVELS: Record<Level, string> = {
  must: 'A correct client can notice it: a target that differs fails.',
  should: 'A target that differs is warned of; it fails under --strict only.',
  may: 'A difference is reported and held against nobody.',
};

const WHOLE = 'It is judged by the answers to all other cases that are run with it.';
const RAW = 'With --trace --reporter json it shows what was sent and what came.';

/** A case in words: what it is, what it does and expects, what it rests on, how to run it. */
export function explain(subject: Subject, { pools, width, colour }: ExplainContext): string {
  const {
    id,
    title,
    level,
    given,
    steps,
    over,
    expect = {},
    rows,
    tokens,
    evidence,
    statements,
    file,
    byHand,
  } = subject;
  const paint = painter(colour);
  const paragraphs = (texts: readonly string[]): string[] => texts.flatMap((text) => fill(text, width, '  ', '    '));
  const numbered = steps.flatMap((step, index) =>
    stepSentences(step, level).flatMap((text, at) =>
      fill(text, width, at === 0 ? `  ${index + 1}. ` : '     ', '     '),
    ),
  );
  const sections: [heading: string, lines: string[]][] = [
    [
      statements.length === 1 ? 'Its rule in the API reference' : 'Its rules in the API reference',
      paragraphs(statements),
    ],
    [Object.keys(rows).length === 1 ? 'Row' : 'Rows', rowLines(rows, width)],
    ['It begins with', over ? [] : paragraphs(stateSentences(given, pools))],
    ['Its tokens', paragraphs(Object.entries(tokens).map(([kind, wrong]) => `${kind}: ${sentence(wrong)}`))],
    ['What is sent, and what is to come of it', numbered],
    ['What is held against it', over ? paragraphs(overSentences(over, expect, level)) : []],
    ['What it rests on', evidence.flatMap((entry) => evidenceLines(entry, width))],
    [
      'Run it',
      over
        ? ['  npx cognito-conformance run --target NAME', ...paragraphs([WHOLE, `Written in ${file}.`])]
        : [`  npx cognito-conformance run --case ${id} --target NAME`, ...paragraphs([RAW, `Written in ${file}.`])],
    ],
    ['By hand', byHand.map((line) => (line === '' ? '' : `  ${line}`))],
  ];
  const head = [
    ...fill(id, width).map((line) => paint('bold', line)),
    ...fill(sentence(title), width),
    '',
    ...fill(`Level ${level}. ${LEVELS[level]}`, width),
  ];
  const blocks = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => [paint('bold', heading), ...lines]);
  return `${[head, ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function rowLines(rows: Readonly<Record<string, JsonObject>>, width: number): string[] {
  const longest = Math.max(0, ...Object.keys(rows).map(columns));
  return Object.entries(rows).flatMap(([slug, row]) =>
    fill(memberWords(row).join('; '), width, `  ${slug.padEnd(longest)}  `, ' '.repeat(longest + 4)),
  );
}

import type { Verdict } from '../engine/result.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'magenta';
export type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
};

export const styles: Readonly<Record<Verdict, Style>> = {
  pass: 'green',
  warn: 'yellow',
  info: 'dim',
  fail: 'red',
  skip: 'dim',
  blocked: 'red',
  error: 'magenta',
  known: 'dim',
  fixed: 'green',
  changed: 'red',
};

/** Without colour the text stays as it is. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_style, text) => text;
  return (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m`;
}

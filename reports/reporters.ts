import type { Report } from '../engine/result.ts';
import type { ReportContext } from './context.ts';
import { badge } from './badge.ts';
import { github } from './github.ts';
import { html } from './html/html.ts';
import { jsonText } from './json-text.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { terminal } from './terminal.ts';

/** `file` is what it is written to; without one it is for standard output. */
export interface Reporter {
  file?: string;
  /** Whether each target has a file of its own, `render` getting one report at a time. */
  each?: true;
  render: (reports: readonly Report[], context: ReportContext) => string;
}

/** Every format by the name that `--reporter` takes. `results.json` itself is always written. */
export const reporters: Readonly<Record<string, Reporter>> = {
  terminal: { render: terminal },
  markdown: { file: 'results.md', render: markdown },
  html: { file: 'results.html', render: html },
  json: { render: json },
  junit: { file: 'results.junit.xml', render: junit },
  github: { render: github },
  badge: { file: 'badge.json', each: true, render: badge },
};

function json(reports: readonly Report[]): string {
  return jsonText(reports.length === 1 ? reports[0] : reports);
}

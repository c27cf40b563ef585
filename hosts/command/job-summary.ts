import { appendFileSync, statSync } from 'node:fs';

/** What GitHub takes of one step; of more it shows nothing at all. */
const MOST = 1024 * 1024;

/** Adds Markdown to the summary of the GitHub job that this runs in, if it does. What cannot be written changes no verdict. */
export function addToJobSummary(markdown: () => string): void {
  const path = process.env['GITHUB_STEP_SUMMARY'];
  if (!path) return;
  try {
    const there = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    appendFileSync(path, fitting(`${there > 0 ? '\n' : ''}${markdown()}`, MOST - there));
  } catch (error) {
    console.error(`the job summary was not written: ${error instanceof Error ? error.message : error}`);
  }
}

/** Whole lines from the beginning in at most so many bytes, and that there were more. */
export function fitting(markdown: string, bytes: number): string {
  if (Buffer.byteLength(markdown) <= bytes) return markdown;
  const note = '\n\nCut here: GitHub shows no more of one step. Keep the whole with `--reporter markdown --out DIR`.\n';
  const closing = '\n</details>';
  let room = bytes - Buffer.byteLength(note) - closing.length;
  const kept: string[] = [];
  let open = 0;
  for (const line of markdown.split('\n')) {
    room -= Buffer.byteLength(line) + 1;
    if (room < 0) break;
    kept.push(line);
    open += Number(line.startsWith('<details>')) - Number(line.startsWith('</details>'));
  }
  return kept.length === 0 ? '' : `${kept.join('\n')}${closing.repeat(open)}${note}`;
}

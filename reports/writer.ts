import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Report, Result, Run, Totals } from '../engine/result.ts';
import { makeFolder, OutputError, writeWhole } from './output.ts';
import { totals } from './totals.ts';

export interface ResultsWriter {
  /** Throws an `OutputError` when the disk refuses. Dropped after `finish`: a case in flight at an interruption. */
  add(result: Result): void;
  /** `run` as it ended; it says itself whether it is complete. */
  finish(run: Run): Report;
}

/**
 * Opens `folder/results.json` and makes the folder; throws an `OutputError` where that fails, before anything is run.
 * Each result is written together with the file's end, and the next one over that end: the file is valid JSON after
 * every result, with one result a line.
 */
export function openResults(
  folder: string,
  header: Pick<Report, 'reportVersion' | 'suite' | 'target'>,
  run: Run,
): ResultsWriter {
  const path = join(folder, 'results.json');
  const results: Result[] = [];
  const counts = totals([]);
  const running: Run = { ...run, complete: false };
  const head = headOf(header);
  const first = head + tailOf(counts, running);
  const fd = attempt(path, () => create(folder, path, first));
  let end = Buffer.byteLength(head);
  let size = Buffer.byteLength(first);
  let open = true;
  let failure: unknown;

  /** Writes over the old end of the file; a shorter new end is padded first, as JSON may end in white space. */
  function write(text: string, tail: string): void {
    try {
      attempt(path, () => {
        const bytes = Buffer.byteLength(text);
        const whole = end + bytes + Buffer.byteLength(tail);
        writeAll(fd, text + tail + ' '.repeat(Math.max(0, size - whole)), end);
        if (whole < size) ftruncateSync(fd, whole);
        end += bytes;
        size = whole;
      });
    } catch (error) {
      failure = error;
      open = false;
      restore(fd, end, tailOf(counts, running));
      throw error;
    }
  }

  return {
    add(result) {
      if (failure !== undefined) throw failure;
      if (!open) return;
      const line = `${results.length === 0 ? '\n' : ',\n'}${JSON.stringify(result)}`;
      write(line, tailOf({ ...counts, [result.verdict]: counts[result.verdict] + 1 }, running));
      counts[result.verdict] += 1;
      results.push(result);
    },
    finish(run) {
      if (open) {
        write('', tailOf(counts, run));
        open = false;
        attempt(path, () => closeSync(fd));
      }
      if (failure !== undefined) throw failure;
      return { ...header, results, totals: counts, run };
    },
  };
}

/** Whole from its first moment, also in the place of an older one. */
function create(folder: string, path: string, first: string): number {
  makeFolder(folder);
  writeWhole(path, first);
  return openSync(path, 'r+');
}

function headOf({ reportVersion, suite, target }: Pick<Report, 'reportVersion' | 'suite' | 'target'>): string {
  return `{"reportVersion":${reportVersion},\n"suite":${JSON.stringify(suite)},\n"target":${JSON.stringify(target)},\n"results":[`;
}

function tailOf(totals: Totals, run: Run): string {
  return `\n],\n"totals":${JSON.stringify(totals)},\n"run":${JSON.stringify(run)}}\n`;
}

function writeAll(fd: number, text: string, position: number): void {
  const bytes = Buffer.from(text);
  let done = 0;
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, position + done);
}

/** After a refused write: the results that were written before stay readable, as far as the disk lets us. */
function restore(fd: number, end: number, tail: string): void {
  try {
    writeAll(fd, tail, end);
    ftruncateSync(fd, end + Buffer.byteLength(tail));
  } catch {
    // The first error says it all.
  }
  try {
    closeSync(fd);
  } catch {
    // Likewise.
  }
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new OutputError(path, error);
  }
}

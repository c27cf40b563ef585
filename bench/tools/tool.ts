import type { Command } from '../timed.ts';
import type { BenchServer } from '../server.ts';
import type { List } from '../list.ts';

/** Something that can do the work of the command. */
export interface Tool {
  name: string;
  /** Its own work, where it is not that of the others. */
  list?: List;
  /** Writes what it is to do in its own words. Gives how it is started, and how it says which cases are wrong. */
  prepare(list: List, server: BenchServer, folder: string): Prepared;
}

export interface Prepared {
  command: Command;
  failures(output: string): string[];
}

/** The names of cases in a text, each once. */
export function casesIn(text: string): string[] {
  return [...new Set(text.match(/case-\d{4}/g) ?? [])];
}

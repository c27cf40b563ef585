import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Ids of processes that were started with this text in their environment, and what they run. None where there is no /proc. */
export function processesNaming(text: string): { id: number; line: string }[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc').flatMap((id) => {
    if (!/^\d+$/.test(id)) return [];
    try {
      if (!readFileSync(`/proc/${id}/environ`, 'utf8').includes(text)) return [];
      return [{ id: Number(id), line: readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
    } catch {
      return [];
    }
  });
}

import { vi } from 'vitest';
import { main } from '../../commands.ts';
import { folder } from './command.test-data.ts';

/** What a command says that starts nothing: as `command` gives it, without a process of its own. One at a time. */
export async function said(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  process.chdir(folder);
  const [out, errors]: [string[], string[]] = [[], []];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(`${text}\n`)),
    vi.spyOn(console, 'error').mockImplementation((text: string) => void errors.push(`${text}\n`)),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => errors.push(String(text)) > 0),
  ];
  try {
    return { code: await main(args), stdout: out.join(''), stderr: errors.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

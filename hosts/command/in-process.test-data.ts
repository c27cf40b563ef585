import { vi } from 'vitest';
import { packageRoot } from '../../package.ts';
import { folder } from './command.test-data.ts';

type Commands = typeof import('../../commands.ts');

/** As built: what it has checked in its data it does not check again. */
const { main } = (await import(new URL('dist/commands.js', packageRoot).href)) as Commands;

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
let last: Promise<unknown> = Promise.resolve();

/** What a command says and its exit code, as `command` gives them, without a process of its own; one at a time. */
export function said(...args: string[]): Promise<Ended> {
  const ended = last.then(() => captured(args));
  last = ended;
  return ended;
}

async function captured(args: string[]): Promise<Ended> {
  process.chdir(folder);
  const before = SIGNALS.map((signal) => process.listeners(signal));
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
    SIGNALS.forEach((signal, index) => {
      for (const one of process.listeners(signal)) if (!before[index]?.includes(one)) process.off(signal, one);
    });
  }
}

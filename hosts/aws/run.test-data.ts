import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { start } from '../command/command.test-data.ts';
import type { TestAccount } from './account.test-data.ts';

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `run --target aws` in an account on loopback, without a question. */
export async function runIn(account: TestAccount, ...args: string[]): Promise<Ended> {
  const child = start([...argumentsFor(account), ...args], account.env);
  if (!child.stdout || !child.stderr) throw new Error('no output');
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

export function argumentsFor({ account, region }: TestAccount): string[] {
  return ['run', '--target', 'aws', '--account', account, '--region', region, '--yes'];
}

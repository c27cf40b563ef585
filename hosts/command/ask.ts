import { createInterface } from 'node:readline';

/** Whether there is a person to ask. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Anything but y or yes is a no; so is the end of the input, and Ctrl-C. */
export function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.once('close', () => resolve(false));
    lines.question(`${question} [y/N] `, (reply) => {
      resolve(/^y(es)?$/i.test(reply.trim()));
      lines.close();
    });
  });
}

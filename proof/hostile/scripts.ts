import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Programs that answer what they are told, and note how they were called. */
const PROGRAM = `#!/bin/sh
printf '%s\\0' "$@" >>"$NOTES"
printf '%s' "$SAID"
`;

export interface Ran {
  /** All words that programs were called with. */
  words: string[];
  /** Whether something was carried out that the target said. */
  owned: boolean;
}

/** Runs a script where `aws` and `curl` answer one text whatever they are asked. */
export async function ranWith(script: string, said: string): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-script-'));
  const notes = join(folder, 'notes');
  for (const name of ['aws', 'curl']) {
    writeFileSync(join(folder, name), PROGRAM);
    chmodSync(join(folder, name), 0o755);
  }
  const env = { ...process.env, PATH: [folder, process.env['PATH']].join(delimiter), NOTES: notes, SAID: said };
  try {
    await new Promise<void>((resolve) => {
      // How it ends does not matter: most of them miss something.
      const child = execFile('sh', { cwd: folder, env, timeout: 30_000 }, () => resolve());
      child.stdin?.end(script);
    });
    const words = existsSync(notes) ? readFileSync(notes, 'utf8').split('\0') : [];
    return { words, owned: existsSync(join(folder, 'owned')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

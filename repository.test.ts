import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const tracked = listed();

test.skipIf(typeof tracked === 'string')(
  `no tracked file is a symbolic link${typeof tracked === 'string' ? ` (${tracked})` : ''}`,
  () => {
    expect(tracked).toContainEqual(expect.stringMatching(/^100644 \w+ 0\tpackage\.json$/));
    expect(Array.isArray(tracked) && tracked.filter((line) => line.startsWith('120000 '))).toEqual([]);
  },
);

/** A line a tracked file, its mode first; or why there are none. */
function listed(): string[] | string {
  try {
    const cwd = fileURLToPath(new URL('./', import.meta.url));
    const output = execFileSync('git', ['ls-files', '-s'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return output === '' ? 'the repository tracks nothing here' : output.trimEnd().split('\n');
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    return code === 'ENOENT' ? 'there is no git' : String(stderr ?? error).trim();
  }
}

import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  hangingProgram,
  mortalCases,
  mortalManifest,
  mortalNotes,
  mortalVerdicts,
  toldOf,
} from '../hosts/mortal.test-data.ts';
import { file, folder, results, start } from '../hosts/command/command.test-data.ts';

/** Four answers that never come are waited for: too long for a test. At what is not JSON it ends at once. */
test('a program that hangs at some requests is started again each time; the cases at which it did are named', async () => {
  file('hanging.mjs', hangingProgram);
  const command = { program: 'node', args: ['$HERE/hanging.mjs', '$PORT'] };
  const manifest = file('hanging.json', { ...mortalManifest, name: 'hanging', start: { command } });
  const out = join(folder, 'hanging');
  const chosen = mortalCases.flatMap((id) => ['--case', id]);
  expect(await once(start(['run', '--target', manifest, '--out', out, ...chosen]), 'exit')).toEqual([1, null]);
  const { run, results: found } = results(out);
  expect(toldOf(found)).toEqual(mortalVerdicts);
  expect(run.notes).toEqual(mortalNotes);
});

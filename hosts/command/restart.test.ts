import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  mortalCases,
  mortalManifest,
  mortalProgram,
  mortalNotes,
  mortalVerdicts,
  toldOf,
} from '../mortal.test-data.ts';
import { command, file, folder, results } from './command.test-data.ts';

test('a program that ends at some requests is started again each time; the cases that ended it are named', async () => {
  file('mortal.mjs', mortalProgram);
  const manifest = file('mortal.json', mortalManifest);
  const out = join(folder, 'mortal');
  const chosen = mortalCases.flatMap((id) => ['--case', id]);
  const { code, stdout } = await command('run', '--target', manifest, '--out', out, ...chosen);
  expect(code).toBe(1);
  const { run, results: found } = results(out);
  expect(toldOf(found)).toEqual(mortalVerdicts);
  expect(run.notes).toEqual(mortalNotes);
  expect(stdout).toContain('NOTE  the target stopped answering and was started again');
});

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageRoot } from '../package.ts';

const lint = fileURLToPath(new URL('.venv/bin/cfn-lint', packageRoot));
const missing = existsSync(lint)
  ? ''
  : ' (no cfn-lint; get it with: python3 -m venv .venv && .venv/bin/pip install cfn-lint==1.58.0)';

test.skipIf(missing)(`the template passes cfn-lint${missing}`, async () => {
  const path = fileURLToPath(new URL('targets/aws/template.yaml', packageRoot));
  const { stdout } = await promisify(execFile)(lint, ['--format', 'parseable', path]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';

const CASE = 'UpdateUserAttributes/own-verified-flag/email';

test.use({ viewport: { width: 1040, height: 680 } });

/** Not a test: `npm run screenshots` takes the pictures in `docs/` of what two emulators answer today. */
test('pictures of the report', async ({ page }) => {
  test.setTimeout(120_000);
  const out = mkdtempSync(join(tmpdir(), 'screenshots-'));
  const targets = ['cognito-local', 'moto'].flatMap((name) => ['--target', name]);
  const args = ['dist/cli.js', 'run', ...targets, '--no-baseline', '--reporter', 'html', '--out', out];
  // Neither conforms: it exits 1.
  await new Promise((resolve) => execFile(process.execPath, args, resolve));
  await page.goto(pathToFileURL(join(out, 'results.html')).href);
  await expect(page.getByRole('columnheader')).toHaveCount(3);
  await page.screenshot({ path: 'docs/report.png' });
  await page.evaluate((id) => (location.hash = id), CASE);
  await page.locator(`tr[id="${CASE}"]`).evaluate((row) => row.scrollIntoView());
  await page.screenshot({ path: 'docs/report-failure.png' });
  rmSync(out, { recursive: true });
});

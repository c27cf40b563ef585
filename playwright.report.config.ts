import { defineConfig } from '@playwright/test';
import { CHROMIUM_ADVICE, chromiumPath } from './hosts/chromium.ts';

/** Tests of the HTML report in a browser. Not those of `playwright.config.ts`, which others import. */
const executablePath = chromiumPath();
if (executablePath === undefined && process.env['TEST_WORKER_INDEX'] === undefined)
  console.error(`no Chromium: the tests of the HTML report are skipped; ${CHROMIUM_ADVICE}`);

export default defineConfig({
  testDir: 'reports/html/view',
  projects: ['report', 'screenshots'].map((name) => ({
    name,
    testMatch: executablePath === undefined ? [] : `${name}.spec.ts`,
  })),
  outputDir: 'test-results/report',
  fullyParallel: true,
  workers: 2,
  reporter: process.stdout.isTTY ? 'line' : 'dot',
  use: {
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      // No sandbox for root, as in containers of CI; the rest keeps Chromium from calling home.
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});

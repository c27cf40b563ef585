import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import type { TargetOptions } from './hosts/playwright/bench.ts';
import { conformanceProject, installedTargets } from './hosts/playwright/project.ts';

/** This file is TypeScript in the repository, and compiled beside everything else in the package. */
const extension = extname(import.meta.url);
const beside = (name: string): string =>
  fileURLToPath(new URL(`./hosts/playwright/${name}${extension}`, import.meta.url));
const { CI } = process.env;

const config: PlaywrightTestConfig<object, TargetOptions> = defineConfig<object, TargetOptions>({
  testDir: fileURLToPath(new URL('./', import.meta.url)),
  testMatch: `conformance.spec${extension}`,
  globalSetup: beside('target-server'),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  reporter: [
    [beside('reporter')],
    [process.stdout.isTTY ? 'line' : 'dot'],
    ...(CI ? [['junit', { outputFile: 'test-results/junit.xml' }] as const] : []),
  ],
  projects: installedTargets().map(conformanceProject),
});

export default config;
export { conformanceProject };

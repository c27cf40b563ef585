import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findProgram, pathFolders } from '../targets/program.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** How to get one, for whoever has none. */
export const CHROMIUM_ADVICE =
  'get one with: npx playwright install chromium, or apt-get install chromium; or name one in CHROMIUM_PATH';

/** A Chromium to start: what `CHROMIUM_PATH` names, else one on the PATH, else the one that Playwright has installed. */
export function chromiumPath(): string | undefined {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  return NAMES.map((name) => findProgram(name, pathFolders())).find((path) => path !== undefined) ?? ofPlaywright();
}

/** Playwright is an optional peer, and names the place of its browser whether it is there or not. */
function ofPlaywright(): string | undefined {
  try {
    const { chromium } = createRequire(import.meta.url)('@playwright/test') as typeof import('@playwright/test');
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

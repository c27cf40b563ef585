import { rmSync, writeFileSync } from 'node:fs';
import { digestOfData, loadSuite, SuiteError } from './engine/load.ts';
import { about, packageRoot } from './package.ts';

// The last step of the build. Who loads the very same data need not check it again, which is most of a start.
const stamp = new URL('checked.json', import.meta.url);
rmSync(stamp, { force: true });
if (isInOrder()) writeFileSync(stamp, JSON.stringify({ data: digestOfData(packageRoot) }));

/** What is wrong is told by whoever loads it. */
function isInOrder(): boolean {
  try {
    return loadSuite(packageRoot, { ...about, checked: undefined }).faults.length === 0;
  } catch (error) {
    if (error instanceof SuiteError) return false;
    throw error;
  }
}

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that stay in this process, the quick ones first: most mutants die of these. */
const include = ['reports/**/*.test.ts', 'engine/**/*.test.ts', 'specs/format-tests.test.ts'];
const slower = [/\/specs\//, /\/engine\/(load|exchange)\.test\.ts$/];

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => slower.findIndex((pattern) => pattern.test(moduleId));
    return [...files].sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  // One process without isolation: a mutant then costs its tests, and not one more reading of all modules a file.
  test: { include, isolate: false, fileParallelism: false, sequence: { sequencer: QuickFirst } },
});

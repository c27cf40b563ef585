import { defineConfig } from 'vitest/config';

const exclude = ['dist/**', 'node_modules/**', '.stryker-tmp/**'];

export default defineConfig({
  test: {
    // The slow files wait for other processes: one worker a core, also where there are two.
    maxWorkers: 2,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    projects: [
      {
        extends: true,
        test: { name: 'tests', include: ['**/*.test.ts'], exclude, testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        extends: true,
        test: { name: 'proof', include: ['proof/**/*.proof.ts'], exclude, testTimeout: 400_000, hookTimeout: 60_000 },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';
import { instrumentMock } from './proof/guards/instrument.ts';

const exclude = ['dist/**', 'node_modules/**', '.stryker-tmp/**'];

/** They start programs, or change what all files of one worker share: each has a worker of its own. */
const apart = [
  'action.test.ts',
  'docs/examples/*.test.ts',
  'hosts/command/*.test.ts',
  'hosts/playwright/*.test.ts',
  'hosts/via/browser.test.ts',
  'mock-docs.test.ts',
  'mocks/doors.test.ts',
  'reports/writer.test.ts',
  'targets/*.test.ts',
  'targets/aws/{codes,functions,stack,template}.test.ts',
];

/** Likewise of the proof: they share what their commands leave behind, and clients that know one address. */
const proofApart = [
  'proof/aws-{account,codes,endings,expiry,kill,policy,queue,run}.proof.ts',
  'proof/broken-cases.proof.ts',
  'proof/emulators.proof.ts',
  'proof/hanging.proof.ts',
  'proof/hostile{,-command}.proof.ts',
  'proof/images.proof.ts',
  'proof/intercepted.proof.ts',
  'proof/stand-in.proof.ts',
  'proof/unknown-emulator.proof.ts',
  'proof/world*.proof.ts',
];

export default defineConfig({
  test: {
    // Files wait for the programs that they start: on two cores three workers leave none idle.
    maxWorkers: 3,
    // What tests run adds nothing to the summary of the job that runs them.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', GITHUB_STEP_SUMMARY: '', GITHUB_WORKSPACE: '' },
    // What is built runs as it ships.
    server: { deps: { external: [/\/dist\/commands\.js$/] } },
    projects: [
      {
        extends: true,
        // What one file has loaded and compiled serves the next.
        test: {
          name: 'tests',
          include: ['**/*.test.ts'],
          exclude: [...exclude, ...apart],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'apart', include: apart, exclude, testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'proof',
          include: ['proof/**/*.proof.ts'],
          exclude: [...exclude, 'proof/guards/**', ...proofApart],
          isolate: false,
          testTimeout: 400_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'proof-apart', include: proofApart, exclude, testTimeout: 400_000, hookTimeout: 60_000 },
      },
      {
        extends: true,
        plugins: [instrumentMock()],
        test: { name: 'guards', include: ['proof/guards/*.proof.ts'], exclude, testTimeout: 400_000 },
      },
    ],
  },
});

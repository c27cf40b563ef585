import { defineConfig } from 'vite';

/** What is started or imported by its path: the command, what `package.json` exports, what Playwright loads, what tests start. */
const entries = [
  'cli',
  'commands',
  'check-data',
  'conformance.spec',
  'playwright.config',
  'hosts/playwright/reporter',
  'hosts/playwright/target-server',
  'mocks/mock',
  'mocks/handlers',
  'mocks/serve',
  'targets/manifest',
  'targets/start',
];

/** Builds the package into few modules, as most of a start is to find and read them; what is loaded late stays apart. */
export default defineConfig({
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(entries.map((entry) => [entry, `${entry}.ts`])),
      // Beside `cli.js`: `package.ts` finds what lies there.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});

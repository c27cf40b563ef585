import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failuresIn, packageWith, writeManifest } from '../case-files.ts';
import { casesIn, type Tool } from './tool.ts';

export const floor: Tool = {
  name: 'the floor',
  prepare: (list, server, folder) => {
    const file = join(folder, 'list.json');
    writeFileSync(file, JSON.stringify(list));
    const script = fileURLToPath(new URL('../floor.js', import.meta.url));
    const words = [script, file, server.url, String(server.concurrency)];
    return { command: { program: process.execPath, words, folder }, failures: casesIn };
  },
};

export const command: Tool = {
  name: 'the command',
  prepare: (list, server, folder) => {
    const cli = join(packageWith(list, folder), 'dist/cli.js');
    const target = writeManifest(folder, server.url, server.concurrency);
    const words = [cli, 'run', '--target', target, '--out', 'out'];
    return {
      command: { program: process.execPath, words, folder },
      failures: () => failuresIn(join(folder, 'out/results.json')),
    };
  },
};

export const playwrightHost: Tool = {
  name: 'the Playwright host',
  prepare: (list, server, folder) => {
    packageWith(list, folder);
    const target = writeManifest(folder, server.url, server.concurrency);
    const config = join(folder, 'playwright.config.mjs');
    writeFileSync(
      config,
      `import base, { conformanceProject } from 'cognito-conformance/playwright';
const { workers, ...project } = conformanceProject(${JSON.stringify(target)});
export default { ...base, projects: [project] };
`,
    );
    const words = [join(folder, 'node_modules/@playwright/test/cli.js'), 'test', '--config', config];
    return {
      command: { program: process.execPath, words, folder },
      failures: () => failuresIn(join(folder, 'test-results/conformance/bench-target/results.json')),
    };
  },
};

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tool as bin } from '../toolbox.ts';
import { sendModule, withHeaders } from './own-code.ts';
import { casesIn, type Tool } from './tool.ts';
import type { List } from '../list.ts';

function write(folder: string, list: List, files: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(bin(''), join(folder, 'node_modules'));
  const all = {
    'package.json': '{ "type": "module" }',
    'list.json': JSON.stringify(withHeaders(list)),
    'send.js': sendModule(),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
}

export const nodeTest: Tool = {
  name: 'node:test',
  prepare: (list, { url, concurrency }, folder) => {
    write(folder, list, {
      'list.test.js': `import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { list, run } from './send.js';

const shared = {};
before(() => run(list.before, shared));
after(() => run(list.after, shared));
describe('the list', { concurrency: ${concurrency} }, () => {
  for (const { name, exchanges } of list.cases)
    test(name, async () => assert.deepEqual(await run(exchanges, { ...shared }), []));
});
`,
    });
    const words = ['--test', '--test-reporter', 'tap', 'list.test.js'];
    return {
      command: { program: process.execPath, words, folder, environment: { ENDPOINT: url } },
      failures: (output) => casesIn((output.match(/^\s*not ok .*$/gm) ?? []).join()),
    };
  },
};

export const vitest: Tool = {
  name: 'vitest',
  prepare: (list, { url, concurrency }, folder) => {
    write(folder, list, {
      'list.test.js': `import { afterAll, beforeAll, expect, test } from 'vitest';
import { list, run } from './send.js';

const shared = {};
beforeAll(() => run(list.before, shared));
afterAll(() => run(list.after, shared));
for (const { name, exchanges } of list.cases)
  test.concurrent(name, async ({ expect }) => expect(await run(exchanges, { ...shared })).toEqual([]));
`,
    });
    const words = [bin('vitest/vitest.mjs'), 'run', '--maxConcurrency', String(concurrency), '--reporter', 'json'];
    return {
      command: { program: process.execPath, words, folder, environment: { ENDPOINT: url } },
      failures: (output) => {
        const text = output.slice(output.indexOf('{"num'), output.lastIndexOf('}') + 1);
        const { testResults } = JSON.parse(text) as {
          testResults: { assertionResults: { title: string; status: string }[] }[];
        };
        return testResults.flatMap(({ assertionResults }) =>
          assertionResults.filter(({ status }) => status !== 'passed').map(({ title }) => title),
        );
      },
    };
  },
};

export const playwrightRequest: Tool = {
  name: "Playwright's request",
  prepare: (list, { url }, folder) => {
    write(folder, list, {
      'setup.js': `import { list, run } from './send.js';

export default async () => {
  const shared = {};
  await run(list.before, shared);
  process.env.SHARED = JSON.stringify(shared);
  return () => run(list.after, shared);
};
`,
      'playwright.config.js': `export default { testMatch: 'list.spec.js', globalSetup: './setup.js', fullyParallel: true, workers: 2, reporter: 'json' };
`,
      'list.spec.js': `import { expect, test } from '@playwright/test';
import { differences, list } from './send.js';

const endpoint = process.env.ENDPOINT;
for (const { name, exchanges } of list.cases)
  test(name, async ({ request }) => {
    const saved = JSON.parse(process.env.SHARED);
    const found = [];
    for (const exchange of exchanges) {
      const data = JSON.stringify(exchange.body).replace(/\\{\\{(\\w+)\\}\\}/g, (_, name) => saved[name]);
      const response = await request.post(endpoint, { headers: exchange.headers, data });
      const text = await response.text();
      const body = text === '' ? {} : JSON.parse(text);
      if (exchange.save) saved[exchange.save.name] = exchange.save.at.reduce((node, part) => node?.[part], body);
      found.push(...differences(exchange, { status: response.status(), body }));
    }
    expect(found).toEqual([]);
  });
`,
    });
    const words = [bin('@playwright/test/cli.js'), 'test'];
    return {
      command: { program: process.execPath, words, folder, environment: { ENDPOINT: url } },
      failures: (output) => {
        const { suites } = JSON.parse(output) as { suites: { specs: { title: string; ok: boolean }[] }[] };
        return suites.flatMap(({ specs }) => specs.filter(({ ok }) => !ok).map(({ title }) => title));
      },
    };
  },
};

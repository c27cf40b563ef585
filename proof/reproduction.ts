import { execFile, spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSuite } from '../engine/load.ts';
import { reproduction } from '../hosts/reproduction/script.ts';
import type { Fault } from '../mocks/fault.ts';
import { createMock } from '../mocks/mock.ts';
import { serve } from '../mocks/serve.ts';
import { about, packageRoot } from '../package.ts';

const suite = loadSuite(packageRoot, about);
const environment = {
  ...process.env,
  PATH: [fileURLToPath(new URL('.venv/bin', packageRoot)), process.env['PATH']].join(delimiter),
};
const MESSAGES = '/_mock/messages/${UserPoolId}/${Username}';

/** What scripts need and is not here: they cannot be run then. */
export const missing = ['sh', 'curl', 'aws'].filter(
  (program) => spawnSync(program, ['--version'], { env: environment, stdio: 'ignore' }).error !== undefined,
);

export interface Shown {
  /** Lines that only the mock shows. */
  right: string[];
  /** Lines that only the mock with the fault shows. */
  wrong: string[];
}

/** In what a person who runs the script of a case sees that a mock is wrong: statuses, bodies, attributes. */
export async function difference(id: string, fault: Fault): Promise<Shown> {
  const [right, wrong] = await Promise.all([shown(id, []), shown(id, [fault])]);
  return { right: without(right, wrong), wrong: without(wrong, right) };
}

async function shown(id: string, faults: readonly Fault[]): Promise<string[]> {
  const { url, close } = await serve(createMock({ faults }));
  try {
    const one = suite.cases.find((test) => test.id === id);
    const script = one && reproduction(one, suite, { ...places, endpoint: url });
    if (script === undefined) throw new Error(`no script of ${id}`);
    return linesOf(await run(script));
  } finally {
    await close();
  }
}

const places = {
  codes: { get: MESSAGES, pointer: '/0/code' },
  messages: { get: MESSAGES, pointer: '' },
  signingKey: { get: '/_mock/keys', pointer: '/jwk' },
};

function run(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('sh', { env: environment, timeout: 300_000 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stdout}${stderr}`)) : resolve(stdout),
    );
    child.stdin?.end(script);
  });
}

/** What of an output can differ by a fault: neither what every case says, nor headers, times and ids. */
function linesOf(output: string): string[] {
  return output
    .split(/\r?\n/)
    .filter((line) => /^(HTTP|\{|\[)|\t/.test(line))
    .map((line) =>
      line
        .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'UUID')
        .replaceAll(/\d{10}(\.\d+)?/g, 'UNIQUE')
        .replaceAll(/(\w)\1{39,}/g, '$1…'),
    );
}

/** What is in one list oftener than in the other. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

import type { Result } from '../engine/result.ts';
import { packageRoot } from '../package.ts';

/** An emulator that ends at a body that is not JSON, as a public one does, and at a token with blanks in it. */
export const mortalProgram = programThat('process.exit(1);');

/** One that hangs there instead: it says nothing any more, to nobody. */
export const hangingProgram = programThat('for (;;);');

function programThat(dies: string): string {
  return `
import { createMock } from ${JSON.stringify(new URL('dist/mocks/mock.js', packageRoot))};
import { serve } from ${JSON.stringify(new URL('dist/mocks/serve.js', packageRoot))};
const mock = createMock();
async function answer(request) {
  if (request.method === 'POST' && JSON.parse(request.body).AccessToken === 'not a token') ${dies}
  return mock.answer(request);
}
await serve({ ...mock, answer }, { port: Number(process.argv[2]), host: '127.0.0.1' });
`;
}

/** The manifest of the program where both lie in one folder, as `mortal.mjs`. */
export const mortalManifest = {
  formatVersion: 1,
  name: 'mortal',
  about: 'Ends at some requests.',
  start: { command: { program: 'node', args: ['$HERE/mortal.mjs', '$PORT'] } },
  ready: { path: '/' },
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' },
  values: { smsRoleArn: 'arn:aws:iam::123456789012:role/sms' },
};

/** Cases on it: two that end it, and others. */
export const mortalCases = ['wire/malformed-json/cut-off', 'GetUser/malformed-token', 'GetUser/lists-attributes'];

export const mortalVerdicts = {
  'GetUser/lists-attributes': 'pass',
  'GetUser/malformed-token/bearer': 'pass',
  'GetUser/malformed-token/empty': 'pass',
  'GetUser/malformed-token/null': 'pass',
  'GetUser/malformed-token/space': 'fail 1: GetUser#1 must no-answer stopped',
  'wire/malformed-json/cut-off': 'warn 1: POST /#1 should no-answer stopped',
};

/** What is told of the run on it. */
export const mortalNotes = [
  'the target stopped answering and was started again',
  'the target stopped answering at GetUser/malformed-token/space, which ran alone',
  'the target stopped answering at wire/malformed-json/cut-off, which ran alone',
];

/** The verdicts of a run, as `mortalVerdicts` has them. */
export function toldOf(results: readonly Result[]): Record<string, string> {
  return Object.fromEntries(
    results.map(({ id, verdict, fingerprint = '' }) => [id, `${verdict} ${fingerprint}`.trim()]),
  );
}

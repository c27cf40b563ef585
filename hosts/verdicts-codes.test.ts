import { expect, test } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import { claimsOf } from '../engine/pattern.ts';
import { runCase } from '../engine/run-case.ts';
import { closeSession, openSession } from '../engine/session.ts';
import type { HttpResponse, Target } from '../engine/target.ts';
import { about, packageRoot } from '../package.ts';
import { mock } from './verdicts.test-data.ts';

const FIXED = '424242';
const suite = loadSuite(packageRoot, about);

/** The mock, which takes one code for whatever it sent last to a user. */
const send: Target['send'] = async (request, options): Promise<HttpResponse> => {
  const input = JSON.parse(request.body ?? '{}') as { AccessToken?: string; Code?: string };
  if (input.Code !== FIXED) return mock.send(request, options);
  const { iss = '', username = '' } = claimsOf(String(input.AccessToken)) as Record<string, string>;
  const owner = { UserPoolId: iss.replace(/^.*\//, ''), Username: username, unique: '' };
  return mock.send({ ...request, body: JSON.stringify({ ...input, Code: await mock.latestCode?.(owner) }) }, options);
};

test.each([
  ['new-email', 'pass'],
  ['used-code', 'pass'],
  ['wrong-code', 'pass'],
  ['superseded-code', 'skip'],
  ['code-before-a-newer-one', 'skip'],
  ['code-of-another-user', 'skip'],
])('a target of one code: VerifyUserAttribute/%s', async (id, verdict) => {
  const found = suite.cases.find((one) => one.id === `VerifyUserAttribute/${id}`);
  if (!found) throw new Error(`no case ${id}`);
  const session = openSession({ ...mock, send, fixedCode: FIXED, latestCode: async () => FIXED }, suite);
  expect(await runCase(found, session)).toMatchObject({ verdict });
  await closeSession(session);
});

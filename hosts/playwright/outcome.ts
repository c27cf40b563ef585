import type { TestInfo } from '@playwright/test';
import { locationOf, type Location } from './location.ts';
import type { Case } from '../../engine/case.ts';
import type { FindEvidence } from '../../reports/best-claim.ts';
import { bestClaim } from '../../reports/best-claim.ts';
import type { Mismatch, Result } from '../../engine/result.ts';
import { plain } from '../../reports/plain.ts';

/** Set in the environment of workers by our reporter, where it will set every status right again. */
export const KEEP_WORKERS = 'COGNITO_CONFORMANCE_KEEP_WORKERS';

/** Ends the test as the verdict asks: returns for what is fine, throws for what is not. */
export function conclude(result: Result, test: Case, info: TestInfo, evidence: FindEvidence): void {
  const { verdict, reason = verdict } = result;
  switch (verdict) {
    case 'pass':
      return;
    case 'warn':
    case 'info':
      info.annotations.push({ type: verdict, description: plain(reason) });
      return;
    case 'skip':
      return info.skip(true, plain(reason));
    case 'known':
      info.fail(true, plain(reason));
      throw failureOf(result, test, evidence);
    default:
      throwExpected(failureOf(result, test, evidence), info);
  }
}

/** Playwright ends the worker of a test that fails unexpectedly, its pools and sockets with it: 0.3 s a failure. */
export function throwExpected(error: Error, info: TestInfo): never {
  if (process.env[KEEP_WORKERS]) info.expectedStatus = 'failed';
  throw error;
}

/** An error whose place is in the case file. */
function failureOf(result: Result, test: Case, evidence: FindEvidence): Error {
  const [first] = result.mismatches;
  const step = first && first.step >= 0 ? first.step : undefined;
  const call = first?.call ?? test.steps.at(-1)?.call ?? result.area;
  const known = first && `Evidence: ${bestClaim(result.evidence, evidence, call)}`;
  const differences = result.mismatches.map(difference).join('\n');
  const origin = [known, `Case: ${result.id}`].filter(Boolean).join('\n');
  const message = [heading(result, call), plain(result.reason ?? ''), differences, origin].filter(Boolean).join('\n\n');
  return at(locationOf(test, step), new Error(message));
}

/** Playwright's JUnit counts a message with `expect(...).word(` as a failure, any other as an error. */
function heading({ verdict }: Result, call: string): string {
  return verdict === 'blocked' || verdict === 'error' ? verdict : `expect(${call.replace(/[()]/g, '')}).toConform()`;
}

function difference({ grade, call, kind, path, message, expected, actual }: Mismatch): string {
  const where = path === '' ? '' : ` ${plain(path)}`;
  const head = `  ${grade}: ${call} ${kind}${where}: ${plain(message)}`;
  if (message.includes(' instead of ')) return head;
  const values = [
    ...(expected === undefined ? [] : [`    expected: ${plain(JSON.stringify(expected))}`]),
    ...(actual === undefined ? [] : [`    received: ${plain(JSON.stringify(actual))}`]),
  ];
  return [head, ...values].join('\n');
}

function at({ file, line, column }: Location, error: Error): Error {
  error.stack = `${error.name}: ${error.message}\n    at ${file}:${line}:${column}`;
  return error;
}

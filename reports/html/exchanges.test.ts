import { expect, test } from 'vitest';
import type { StepRecord } from '../../engine/result.ts';
import { mismatch, result } from '../sample.test-data.ts';
import { exchanges } from './exchanges.ts';
import { exchange } from './sample.test-data.ts';

test('an exchange reads as HTTP does, its JSON as a person reads it', () => {
  expect(exchanges(result('GetUser/a', { steps: [exchange()] }))).toEqual([
    {
      call: 'UpdateUserAttributes',
      role: 'step',
      request: `POST http://127.0.0.1:5000/
x-amz-target: AWSCognitoIdentityProviderService.UpdateUserAttributes

{
  "AccessToken": "<AccessToken of user>"
}`,
      response: '200\ncontent-type: application/x-amz-json-1.1\n\n{}',
      outcome: '200',
      durationMs: 1.5,
    },
  ]);
});

test('what came is cut where it is long, written out where it would move the cursor, or why nothing came', () => {
  const came = (members: Partial<StepRecord>) =>
    exchanges(result('GetUser/a', { steps: [exchange(members)] })).map(({ response, outcome }) => [
      outcome,
      response,
    ])[0];
  const answer = (body: string) => ({ response: { status: 200, headers: [], body, retried: true } });
  expect(came(answer('\u001b[2J\nno'))).toEqual(['200', '200 (sent again on a fresh connection)\n\n\\u001b[2J\nno']);
  expect(came(answer('x'.repeat(4007)))?.[1]).toMatch(/x{4000}\n… 7 more characters$/);
  const { response: _, ...silent } = exchange();
  const failed = exchanges(result('GetUser/a', { steps: [{ ...silent, failure: 'the connection was closed' }] }));
  expect(failed.map(({ response, outcome }) => [outcome, response])).toEqual([
    ['no answer', 'the connection was closed'],
  ]);
});

test('the exchange that shows a difference is marked, of attributes also who looked next', () => {
  const look = exchange({ call: 'AdminGetUser', role: 'observation' });
  const steps = [exchange({ role: 'fixture' }), look, exchange(), look, exchange(), look];
  const marked = (...mismatches: Parameters<typeof mismatch>) =>
    exchanges(result('GetUser/a', { steps, mismatches: mismatches.map(mismatch) })).flatMap(({ differs }, index) =>
      differs ? [index] : [],
    );
  expect(marked({ step: 1 })).toEqual([4]);
  expect(marked({ step: 0, kind: 'attributes' })).toEqual([2, 3]);
  expect(marked({ step: -1, call: 'every answer' })).toEqual([]);
  // A step that was sent again and again stands there as often.
  expect(marked({ step: 7 })).toEqual([4]);
});

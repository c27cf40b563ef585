import type { Result, Verdict } from './result.ts';

/** The result of a case, of which only some is told. */
export const result = (id: string, verdict: Verdict, more: Partial<Result> = {}): Result => ({
  id,
  title: 'a title',
  area: 'UpdateUserAttributes',
  level: 'must',
  verdict,
  evidence: [],
  file: 'specs/a/b.json',
  durationMs: 1,
  mismatches: [],
  steps: [],
  ...more,
});

/** One that differs from what is right, in a way that a baseline can know. */
export const differing = (id: string, fingerprint: string, verdict: Verdict = 'fail'): Result =>
  result(id, verdict, { reason: 'it answered 200', cause: '200 instead of 400', fingerprint });

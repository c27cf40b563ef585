import type { Level } from '../../../engine/case.ts';
import type { Verdict } from '../../../engine/result.ts';

/** Most urgent first. The signs tell verdicts apart without colour. */
export const verdicts: Readonly<Record<Verdict, { sign: string; means: string }>> = {
  fail: { sign: '✕', means: 'breaks a must' },
  changed: { sign: '≠', means: 'differs otherwise than the baseline says' },
  blocked: { sign: '⊘', means: 'was never reached: a preparation did not work' },
  fixed: { sign: '↑', means: 'passes now, and is in the baseline' },
  error: { sign: '!', means: 'could not be judged' },
  warn: { sign: '△', means: 'differs in a detail' },
  known: { sign: '≈', means: 'differs as the baseline says' },
  info: { sign: '○', means: 'differs where it may' },
  pass: { sign: '✓', means: 'behaves as Cognito does' },
  skip: { sign: '–', means: 'was left out: the target lacks the feature, or the run a means' },
};

export const verdictNames = Object.keys(verdicts) as Verdict[];

export const levels: Readonly<Record<Level, string>> = {
  must: 'must: a correct client can notice',
  should: 'should: a detail, such as the exact words; a difference warns',
  may: 'may: Cognito does it, a client need not care; a difference is only told',
};

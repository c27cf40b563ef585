import type { TestInfo } from '@playwright/test';
import type { TestResult } from '@playwright/test/reporter';
import type { Baseline } from '../../engine/baseline.ts';
import type { Report, Result } from '../../engine/result.ts';

/** Of whom a worker speaks. */
interface Header {
  suite: Pick<Report['suite'], 'name' | 'version' | 'hash'>;
  target: Report['target'];
}

/** What a worker finds out about one case. */
export interface Judgement extends Header {
  result: Result;
  /** What is known of the checks over every answer: they are judged where the results are joined. */
  known?: Baseline | undefined;
  notes: string[];
}

/** Why there is nothing to find out. */
export interface Problem extends Header {
  problem: string;
}

const NAME = 'result';

/** Attached, since attachments alone survive workers, shards and blobs. Indented where a person will read it. */
export function attach(found: Judgement | Problem, { attachments }: TestInfo): void {
  const indent = 'result' in found && found.result.steps.length > 0 ? 2 : 0;
  attachments.push({
    name: NAME,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(found, null, indent)),
  });
}

export function attached({ attachments }: TestResult): Judgement | Problem | undefined {
  const body = attachments.find(({ name }) => name === NAME)?.body;
  return body && (JSON.parse(body.toString('utf8')) as Judgement | Problem);
}

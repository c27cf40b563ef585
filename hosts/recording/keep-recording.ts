import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Report } from '../../engine/result.ts';
import type { Session } from '../../engine/session.ts';
import type { Target } from '../../engine/target.ts';
import { requireFolder, writeOutput } from '../../reports/output.ts';
import { UsageError } from '../usage-error.ts';
import { startRecording } from './record.ts';
import { RUN_ID, type About, type Means } from './recording.ts';

const ACCOUNT = /(\barn:aws[\w-]*:[\w-]*:[\w-]*:)\d{12}\b/g;

/** Still an account id to whoever compares reports. */
const NOBODY = '0'.repeat(12);

/** A run that is recorded. */
export interface KeptRecording extends Pick<
  ReturnType<typeof startRecording>,
  'listenTo' | 'listenToKeeper' | 'forget'
> {
  /** Writes what is left, `recording.json` last: without it a folder is no recording. */
  end(report: Report, session: Session): void;
}

/** Makes the folder. Throws where it cannot be written, or holds something already. */
export function requireEmptyFolder(folder: string): void {
  requireFolder(folder, '--record');
  if (readdirSync(folder).length === 0) return;
  throw new UsageError(`--record ${folder}: the folder is not empty; recordings are not mixed: name a new one`);
}

export function keepRecording(folder: string): KeptRecording {
  const { end, ...recorder } = startRecording(folder);
  return {
    ...recorder,
    end: (report, { target, redactor }) => {
      end(redactor);
      write(folder, 'results.json', report, NOBODY);
      write(folder, 'recording.json', aboutOf(report, target), '<account>');
    },
  };
}

function aboutOf({ run, suite, target }: Report, { region, ...open }: Target): About {
  const { name, version, hash } = suite;
  const startedAt = Date.parse(run.startedAt);
  return {
    recordingVersion: 1,
    startedAt: run.startedAt,
    endedAt: new Date(startedAt + run.durationMs).toISOString(),
    complete: run.complete,
    target,
    region,
    suite: { name, version, hash },
    sdk: sdkVersion(),
    node: run.node,
    means: meansOf(open),
  };
}

function meansOf(target: Omit<Target, 'region'>): Means {
  const { admin, values, features, fixedCode, onlyMails, lateMs, issues } = target;
  const poolSettings = target.poolSettings?.(RUN_ID);
  const leftOut = target.leftOut && Object.fromEntries(target.leftOut);
  const read: Record<Means['reads'][number], unknown> = {
    codes: target.latestCode,
    messages: target.messages,
    mails: target.mails,
    functions: target.functions,
    signingKey: target.signingKey,
  };
  const reads = (Object.keys(read) as Means['reads']).filter((name) => read[name] !== undefined);
  return { admin, values, features, fixedCode, onlyMails, lateMs, issues, poolSettings, leftOut, reads };
}

/** Of the SDK whose service model the shapes of answers are held against. */
function sdkVersion(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve('@aws-sdk/client-cognito-identity-provider');
    const file = join(dirname(entry), '..', 'package.json');
    return (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version;
  } catch {
    return undefined;
  }
}

function write(folder: string, name: string, content: unknown, account: string): void {
  writeOutput(
    folder,
    name,
    `${JSON.stringify(content, undefined, 2).replace(ACCOUNT, (_, arn: string) => arn + account)}\n`,
    '--record',
  );
}

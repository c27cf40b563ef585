import { httpSend } from '../engine/exchange.ts';
import type { Keeper } from '../engine/kept.ts';
import type { Send, Target } from '../engine/target.ts';
import { about, packageRoot } from '../package.ts';
import { loadManifest, type Manifest } from '../targets/manifest.ts';
import { startTarget, type Answer, type StartedTarget } from '../targets/start.ts';
import type { Guard } from './aws/guard.ts';
import type { AwsOptions } from './aws/open.ts';
import { credentialsOf } from './credentials.ts';
import { featuresOf, requireFeatures } from './declared-features.ts';
import { requirePools } from './declared-pools.ts';
import { isStartedByUs, keepTarget, type KeptTarget } from './keep-target.ts';
import { openReplay, replayManifest } from './recording/open-replay.ts';
import { UsageError } from './usage-error.ts';
import type { Via } from './via/via.ts';
import { warn } from './warn.ts';

/** A target that answers, with what its manifest says of running cases on it. */
export interface OpenTarget {
  target: Target;
  concurrency: number;
  /** Ids of cases that begin before the others, since they wait for what comes late. */
  first?: ReadonlySet<string> | undefined;
  /** Starts it again where a case ended it; absent where it is not ours to start. */
  keeper?: Keeper | undefined;
  /** Ends a run that cannot go on; only where the target is a real account. */
  guard?: RunGuard | undefined;
  close(): Promise<void>;
}

export interface RunGuard extends Pick<Guard, 'end' | 'ended' | 'stopped'> {
  /** Deletes what the run has left, and says in one line what it could not delete. */
  clear(): Promise<string | undefined>;
}

const CONCURRENCY = 8;

/** The manifest of `--target NAME`, or a bare one for `--endpoint URL`; a flag that takes such a URL too is named in what is said of it. */
export function manifestOf(
  choice: { name: string } | { replay: string } | { endpoint: string; flag?: string },
): Promise<Manifest> {
  if ('replay' in choice) return Promise.resolve(replayManifest(choice.replay));
  return 'name' in choice
    ? loadManifest(choice.name, packageRoot).then(requireFeatures).then(requirePools)
    : Promise.resolve(endpointManifest(choice.endpoint, choice.flag));
}

export interface OpenTargetOptions {
  /** A target that is started already. */
  running?: StartedTarget;
  /** Who starts that one again. */
  kept?: Pick<KeptTarget, 'turn'> | undefined;
  /** What the steps of cases go through. */
  via?: Via | undefined;
  /** What goes before a run in a real account. */
  aws?: AwsOptions | undefined;
  /** Gives up waiting for one that is not ready. */
  signal?: AbortSignal;
}

/** Starts what a manifest describes, unless it is running. Rejects with a `TargetError` where that fails. */
export async function openTarget(
  manifest: Manifest,
  { running, kept: others, via, aws, signal }: OpenTargetOptions = {},
): Promise<OpenTarget> {
  if ('replay' in manifest.start) return openReplay(manifest.start.replay, CONCURRENCY);
  if ('aws' in manifest.start) {
    if (!aws) throw new Error('nobody approves of a run in a real account');
    return (await import('./aws/open.ts')).openAws(manifest.start.aws, aws);
  }
  if ('url' in manifest.start) refuseService(manifest.start.url);
  if (manifest.admin !== undefined) refuseService(manifest.admin);
  const options = { packageRoot, log: warn, signal };
  const start = (): Promise<StartedTarget> => startTarget(manifest, options);
  const started = running ?? (await start());
  const own = running === undefined && isStartedByUs(manifest) ? keepTarget(started, start) : undefined;
  const kept = own ?? others;
  const http = started.answer ? undefined : httpSend({ keepAlive: manifest.keepAlive });
  const target = (of: StartedTarget): Target => {
    const bare = targetOf(manifest, of, of.answer ? sendTo(of.answer) : http?.send);
    return { ...bare, client: via?.clientOf(bare) };
  };
  return {
    target: target(started),
    concurrency: manifest.concurrency ?? CONCURRENCY,
    keeper: kept && {
      turn: async (alone) => {
        const turn = await kept.turn(alone);
        return { ...turn, target: target(turn.started) };
      },
    },
    close: async () => {
      http?.close();
      await (own ?? started).stop();
    },
  };
}

/** What the engine needs to know of a target that runs. */
export function targetOf(manifest: Manifest, started: StartedTarget, send = httpSend().send): Target {
  const { name, selfTest, region, credentials, values, codes } = manifest;
  return {
    name,
    version: selfTest ? about.version : started.version,
    endpoint: started.endpoint,
    admin: manifest.admin,
    selfTest,
    region,
    credentials,
    values,
    features: featuresOf(manifest),
    pools: manifest.pools,
    send,
    latestCode: started.latestCode,
    fixedCode: codes && 'fixed' in codes ? codes.fixed : undefined,
    messages: started.messages,
    mails: started.mails,
    onlyMails: onlyMailsOf(manifest),
    functions: started.functions,
    signingKey: started.signingKey,
  };
}

/** Throws a `UsageError` for what is no such URL, and for the service itself. */
export function endpointManifest(endpoint: string, flag = '--endpoint'): Manifest {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`${flag} "${endpoint}" is not an http or https URL, such as http://127.0.0.1:9229`);
  }
  refuseService(endpoint);
  if (url.username || url.password || url.search || url.hash) {
    throw new UsageError(`${flag} ${url.origin} takes no user name, password, query or fragment`);
  }
  return {
    formatVersion: 1,
    name: url.host.replace(/[^a-z0-9-]/gi, '-'),
    about: 'An endpoint without a manifest.',
    bare: true,
    start: { url: endpoint },
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    credentials: credentialsOf(process.env),
    values: { smsRoleArn: 'arn:aws:iam::123456789012:role/sms' },
  };
}

/** SMS reach neither the run's mailbox nor a sender of mails. */
function onlyMailsOf({ codes, messages }: Manifest): ('codes' | 'messages')[] {
  const found: ('codes' | 'messages')[] = [];
  if (codes && ('mail' in codes || ('trigger' in codes && codes.trigger === 'CustomEmailSender'))) found.push('codes');
  if (messages && 'mail' in messages) found.push('messages');
  return found;
}

/** There every pool, user and message is real, and costs. */
function refuseService(endpoint: string): void {
  const { hostname } = new URL(endpoint);
  if (!/(^|\.)(amazonaws\.com(\.cn)?|api\.aws)\.?$/.test(hostname)) return;
  throw new UsageError(
    `${hostname} is the service itself, where every pool and user is real: run there with --target aws --account ID --region NAME`,
  );
}

/** The in-process mock in the place of HTTP. */
export function sendTo(answer: Answer): Send {
  return async ({ method, url, headers, body = '' }) => {
    const { pathname, search } = new URL(url);
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const response = await answer({ method, path: pathname + search, headers: lower, body });
    return { status: response.status, headers: Object.entries(response.headers), body: response.body };
  };
}

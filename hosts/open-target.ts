import { httpSend } from '../engine/exchange.ts';
import type { Send, Target } from '../engine/target.ts';
import { about, packageRoot } from '../package.ts';
import { loadManifest, type Manifest } from '../targets/manifest.ts';
import { startTarget, type Answer, type StartedTarget } from '../targets/start.ts';
import { featuresOf, requireFeatures } from './declared-features.ts';
import { UsageError } from './usage-error.ts';

/** A target that answers, with what its manifest says of running cases on it. */
export interface OpenTarget {
  target: Target;
  concurrency: number;
  close(): Promise<void>;
}

const CONCURRENCY = 8;

/** The manifest of `--target NAME`, or a bare one for `--endpoint URL`. */
export function manifestOf(choice: { name: string } | { endpoint: string }): Promise<Manifest> {
  return 'name' in choice
    ? loadManifest(choice.name, packageRoot).then(requireFeatures)
    : Promise.resolve(endpointManifest(choice.endpoint));
}

export interface OpenTargetOptions {
  /** A target that is started already. */
  running?: StartedTarget;
  /** Gives up waiting for one that is not ready. */
  signal?: AbortSignal;
}

/** Starts what a manifest describes, unless it is running. Rejects with a `TargetError` where that fails. */
export async function openTarget(manifest: Manifest, { running, signal }: OpenTargetOptions = {}): Promise<OpenTarget> {
  if ('url' in manifest.start) refuseService(manifest.start.url);
  const log = (line: string): void => console.error(line);
  const started = running ?? (await startTarget(manifest, { packageRoot, log, signal }));
  const http = started.answer ? undefined : httpSend();
  const target: Target = {
    name: manifest.name,
    version: manifest.selfTest ? about.version : started.version,
    endpoint: started.endpoint,
    selfTest: manifest.selfTest,
    region: manifest.region,
    credentials: manifest.credentials,
    values: manifest.values,
    features: featuresOf(manifest),
    send: started.answer ? sendTo(started.answer) : (http ?? httpSend()).send,
    latestCode: started.latestCode,
    messages: started.messages,
    functions: started.functions,
    signingKey: started.signingKey,
  };
  return {
    target,
    concurrency: manifest.concurrency ?? CONCURRENCY,
    close: async () => {
      http?.close();
      await started.stop();
    },
  };
}

/** Throws a `UsageError` for what is no such URL, and for the service itself. */
export function endpointManifest(endpoint: string): Manifest {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--endpoint "${endpoint}" is not an http or https URL, such as http://127.0.0.1:9229`);
  }
  refuseService(endpoint);
  if (url.username || url.password || url.search || url.hash) {
    throw new UsageError(`--endpoint ${url.origin} takes no user name, password, query or fragment`);
  }
  const { AWS_ACCESS_KEY_ID: accessKeyId = 'conformance', AWS_SECRET_ACCESS_KEY: secretAccessKey = 'conformance' } =
    process.env;
  return {
    formatVersion: 1,
    name: url.host.replace(/[^a-z0-9-]/gi, '-'),
    about: 'An endpoint without a manifest.',
    bare: true,
    start: { url: endpoint },
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    values: { smsRoleArn: 'arn:aws:iam::123456789012:role/sms' },
  };
}

/** There every pool, user and message is real, and costs. */
function refuseService(endpoint: string): void {
  const { hostname } = new URL(endpoint);
  if (!/(^|\.)(amazonaws\.com(\.cn)?|api\.aws)\.?$/.test(hostname)) return;
  throw new UsageError(
    `${hostname} is the service itself, where every pool and user is real: this version does not run there`,
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

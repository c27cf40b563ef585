import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { baselineProblems, type Baseline } from '../engine/baseline.ts';
import { httpSend } from '../engine/exchange.ts';
import type { Suite } from '../engine/suite.ts';
import type { Send, Target } from '../engine/target.ts';
import { about, packageRoot } from '../package.ts';
import { loadManifest, type Manifest } from '../targets/manifest.ts';
import { startTarget, type Answer, type StartedTarget } from '../targets/start.ts';
import { UsageError } from './usage-error.ts';

/** A target that answers, with what its manifest says of running cases on it. */
export interface OpenTarget {
  target: Target;
  baseline?: { file: string; content: Baseline } | undefined;
  concurrency: number;
  close(): Promise<void>;
}

const CONCURRENCY = 8;

/** The manifest of `--target NAME`, or a bare one for `--endpoint URL`. */
export function manifestOf(choice: { name: string } | { endpoint: string }): Promise<Manifest> {
  return 'name' in choice ? loadManifest(choice.name, packageRoot) : Promise.resolve(endpointManifest(choice.endpoint));
}

/** Starts what a manifest describes, unless it is started already. Rejects with a `TargetError` where that fails. */
export async function openTarget(manifest: Manifest, running?: StartedTarget): Promise<OpenTarget> {
  const started = running ?? (await startTarget(manifest, { packageRoot, log: (line) => console.error(line) }));
  const http = started.answer ? undefined : httpSend();
  const target: Target = {
    name: manifest.name,
    version: manifest.selfTest ? about.version : started.version,
    endpoint: started.endpoint,
    selfTest: manifest.selfTest,
    region: manifest.region,
    credentials: manifest.credentials,
    values: manifest.values,
    send: started.answer ? sendTo(started.answer) : (http ?? httpSend()).send,
    latestCode: started.latestCode,
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

/** Reads and checks a file of known differences. */
export function readBaseline(file: string, suite: Suite): Baseline {
  const content = parse(file);
  const schema = JSON.parse(readFileSync(new URL('targets/baseline.schema.json', packageRoot), 'utf8')) as object;
  const validate = new Ajv2020({ allErrors: true }).compile<Baseline>(schema);
  if (!validate(content)) {
    const [error] = validate.errors ?? [];
    throw new UsageError(
      `${file} at ${error?.instancePath || '/'}: ${error?.message} ${JSON.stringify(error?.params)}`,
    );
  }
  const problems = baselineProblems(content, suite);
  if (problems.length > 0) throw new UsageError(problems.map((problem) => `${file}: ${problem}`).join('\n'));
  return content;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`the baseline ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function endpointManifest(endpoint: string): Manifest {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--endpoint "${endpoint}" is not an http or https URL, such as http://127.0.0.1:9229`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new UsageError(`--endpoint ${url.origin} takes no user name, password, query or fragment`);
  }
  const { AWS_ACCESS_KEY_ID: accessKeyId = 'conformance', AWS_SECRET_ACCESS_KEY: secretAccessKey = 'conformance' } =
    process.env;
  return {
    formatVersion: 1,
    name: url.host.replace(/[^a-z0-9-]/gi, '-'),
    about: 'An endpoint without a manifest.',
    start: { url: endpoint },
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    values: { smsRoleArn: 'arn:aws:iam::123456789012:role/sms' },
  };
}

/** The in-process mock in the place of HTTP. */
function sendTo(answer: Answer): Send {
  return async ({ method, url, headers, body = '' }) => {
    const { pathname, search } = new URL(url);
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const response = await answer({ method, path: pathname + search, headers: lower, body });
    return { status: response.status, headers: Object.entries(response.headers), body: response.body };
  };
}

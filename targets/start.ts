import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { createMock, MockOptions } from '../mocks/mock.ts';
import { ask } from './ask.ts';
import { startCommand, type RunningCommand } from './command.ts';
import { readCode, type CodeOwner } from './codes.ts';
import { functionsAt, serveFunctions } from './functions.ts';
import { startImage, type Served } from './image.ts';
import { serveMails } from './mails.ts';
import { readMails, readMessages, type Message } from './messages.ts';
import { folderUrl, type Command, type Image, type Manifest, type Version } from './manifest.ts';
import { readPlace, type Surroundings } from './place.ts';
import { findCommand, findPackage } from './program.ts';
import { isReady } from './ready.ts';
import { reset } from './reset.ts';
import { TargetError } from './target-error.ts';
import { readVersion } from './version.ts';

/** A target that answers. */
export interface StartedTarget {
  name: string;
  /** Absent where it cannot be told, and for the mock, whose version is this package's. */
  version?: string | undefined;
  /** Base URL, without a trailing slash. With `answer` it is only a name: nothing listens there. */
  endpoint: string;
  /** Where its files are, if it is a command. */
  folder?: string | undefined;
  /** The mock itself, where it is called in this process. */
  answer?: Answer | undefined;
  /** The newest code sent to a user, by the Username that the service gave it. Rejects with a `TargetError`. */
  latestCode?: ((owner: CodeOwner) => Promise<string | undefined>) | undefined;
  /** All messages sent to a user. Rejects with a `TargetError`. */
  messages?: ((owner: Owner) => Promise<Message[]>) | undefined;
  /** In place of `messages`: all mails to addresses that hold a text. */
  mails?: ((address: string) => Promise<Message[]>) | undefined;
  /** Where the mails that the run received are told. */
  mailsUrl?: string | undefined;
  /** Where the functions are served that the target invokes. */
  functionsUrl?: string | undefined;
  functions?: ReturnType<typeof functionsAt> | undefined;
  /** The private key as PEM or JWK. Rejects with a `TargetError`. */
  signingKey?: ((UserPoolId: string) => Promise<string | Readonly<Record<string, unknown>>>) | undefined;
  /** Ends what was started; resolves when nothing of it is left. May be called twice. */
  stop: () => Promise<void>;
}

interface Owner {
  UserPoolId: string;
  Username: string;
}

export type Answer = ReturnType<typeof createMock>['answer'];

export interface StartOptions {
  /** The folder of package.json, `targets/` and `mocks/`. */
  packageRoot: URL | string;
  /** Is told what a person should know but nothing fails of, in lines. */
  log?: ((line: string) => void) | undefined;
  /** Once aborted, a target that is not ready is not waited for. */
  signal?: AbortSignal | undefined;
  /** Ways in which our own mock is wrong on purpose. */
  faults?: MockOptions['faults'];
  /** The time that our own mock lives by. */
  now?: MockOptions['now'];
}

/** What another process of the same run needs to know of a started target. Survives JSON. */
export type Attachment = Pick<StartedTarget, 'endpoint' | 'folder' | 'version' | 'functionsUrl' | 'mailsUrl'>;

/** It stands in every heading. */
const LONGEST_VERSION = 64;

/** What each way of starting gives. */
interface Running extends Attachment {
  stop: () => Promise<void>;
  answer?: Answer;
  command?: RunningCommand;
}

/**
 * Starts a target and waits until it answers. It lives as long as this process at most: whatever ends this process,
 * a kill -9 included, ends the target and removes its folder within two seconds. Rejects with a `TargetError`.
 */
export async function startTarget(manifest: Manifest, options: StartOptions): Promise<StartedTarget> {
  const running = await run(manifest, options);
  try {
    await untilReady(manifest, running, options.signal);
    if (!running.answer) await reset(manifest, manifest.admin ?? running.endpoint);
  } catch (error) {
    await running.stop();
    throw error;
  }
  running.command?.unref();
  const { name, version } = manifest;
  if (version && 'get' in version) {
    const around = surroundings(manifest, { ...running, shared: undefined }, roots(options));
    const found = await readPlace(version, around).catch(() => undefined);
    if (typeof found === 'string') running.version = found.slice(0, LONGEST_VERSION);
    comparePinned(name, version, running.version, options);
  }
  return readable(manifest, running, options);
}

/** A target that another process of this run started and will stop: here it is only talked to and read. */
export function attachTarget(manifest: Manifest, attachment: Attachment, options: StartOptions): StartedTarget {
  return readable(manifest, { ...attachment, stop: async () => {} }, options);
}

function readable(manifest: Manifest, running: Running, options: StartOptions): StartedTarget {
  const { name, start, codes, messages, signingKey } = manifest;
  const shared = 'image' in start && running.folder !== undefined ? join(running.folder, 'shared') : running.folder;
  const around = surroundings(manifest, { ...running, shared }, roots(options));
  const { functionsUrl, mailsUrl } = running;
  const functions = functionsUrl === undefined ? undefined : functionsAt(functionsUrl);
  const isMailed = messages !== undefined && 'mail' in messages;
  return {
    name,
    version: running.version,
    endpoint: running.endpoint,
    folder: running.folder,
    answer: running.answer,
    latestCode: codes && ((owner) => readCode(codes, owner, around, { functions, mailsUrl })),
    messages: messages && !isMailed ? (owner) => readMessages(messages, around, { ...owner }) : undefined,
    mails: isMailed ? (address) => readMails(mailsUrl ?? '', address, name) : undefined,
    functionsUrl,
    functions,
    mailsUrl,
    signingKey: signingKey && (async (UserPoolId) => key(name, await readPlace(signingKey, around, { UserPoolId }))),
    stop: running.stop,
  };
}

/** What the target needs of the run is there before it, and longer. */
async function run(manifest: Manifest, options: StartOptions): Promise<Running> {
  const { codes, messages, triggers } = manifest;
  const isMailed = [codes, messages].some((place) => place && 'mail' in place);
  const functions = triggers && (await serveFunctions());
  const mails = isMailed ? await serveMails() : undefined;
  const close = async (): Promise<void> => void (await Promise.all([functions?.close(), mails?.close()]));
  try {
    const running = await runWith(functions?.url, mails?.port, manifest, options);
    const stop = async (): Promise<void> => running.stop().finally(close);
    return { ...running, functionsUrl: functions?.url, mailsUrl: mails?.url, stop };
  } catch (error) {
    await close();
    throw error;
  }
}

async function runWith(
  functionsUrl: string | undefined,
  smtpPort: number | undefined,
  manifest: Manifest,
  options: StartOptions,
): Promise<Running> {
  const { start } = manifest;
  if ('url' in start) return { endpoint: start.url.replace(/\/+$/, ''), stop: async () => {} };
  if ('command' in start) {
    const places = { FUNCTIONS: functionsUrl ?? '', SMTP_PORT: String(smtpPort ?? '') };
    return runCommand(manifest, start.command, places, options);
  }
  if ('image' in start) return runImage(manifest, start.image, { functionsUrl, smtpPort }, options);
  if ('replay' in start) throw new Error(`${start.replay} is a recording: it is replayed, not started`);
  if ('aws' in start) throw new Error(`the account ${start.aws.account} is there, and not started`);
  const { createMock } = await import('../mocks/mock.ts');
  const mock = createMock({
    lambdaEndpoint: functionsUrl,
    faults: options.faults,
    ...(options.now && { now: options.now }),
  });
  if (start.mock === 'in-process') {
    return { endpoint: 'http://mock.invalid', answer: mock.answer, stop: async () => {} };
  }
  const { serve } = await import('../mocks/serve.ts');
  const { url, close } = await serve(mock, { port: 0, host: '127.0.0.1', onUnsupported: () => {} });
  return { endpoint: url, stop: close };
}

async function runCommand(
  { name, version }: Manifest,
  start: Command,
  places: Readonly<Record<string, string>>,
  options: StartOptions,
): Promise<Running> {
  const program = findCommand(name, start, options.packageRoot);
  const found = version && (await readVersion(version, program[0], roots(options)));
  if (version && !('get' in version)) comparePinned(name, version, found, options);
  const command = await startCommand(start, program, options.packageRoot, places).catch((error: Error) => {
    throw new TargetError(name, `cannot be started: ${error.message}`, { cause: error });
  });
  return { endpoint: command.url, folder: command.folder, stop: command.stop, command, version: found };
}

async function runImage(manifest: Manifest, image: Image, served: Served, options: StartOptions): Promise<Running> {
  const { version } = manifest;
  const command = await startImage(manifest, image, served, options);
  const found = version && 'label' in version ? command.labels[version.label] : undefined;
  if (version && !('get' in version)) comparePinned(manifest.name, version, found, options);
  return { endpoint: command.url, folder: command.folder, stop: command.stop, command, version: found };
}

function comparePinned(
  name: string,
  version: Version | undefined,
  found: string | undefined,
  { log }: StartOptions,
): void {
  if (version?.pinned === undefined || found === version.pinned) return;
  log?.(`target ${name}: runs version ${found ?? 'unknown'}; its manifest was written for ${version.pinned}`);
}

async function untilReady(
  { name, ready }: Manifest,
  { endpoint, command, answer }: Running,
  interrupted = new AbortController().signal,
): Promise<void> {
  if (answer !== undefined || (ready === undefined && command === undefined)) return;
  const { path, withinMs = 15_000 } = ready ?? { path: '/' };
  const over = new AbortController();
  const ended = command?.ended.then((how) => {
    over.abort();
    return how;
  });
  if (await isReady(endpoint + path, withinMs, AbortSignal.any([over.signal, interrupted]))) return;
  if (interrupted.aborted) throw new TargetError(name, 'interrupted before it answered');
  const output = command?.output() ?? '';
  const detail = output === '' ? '' : `; it wrote last:\n${output}`;
  if (over.signal.aborted) {
    const advice = /EADDRINUSE|address already in use|port is already allocated/i.test(output)
      ? ': its port was taken meanwhile, run it again'
      : '';
    throw new TargetError(name, `"${command?.line}" ended with ${await ended} before it answered${advice}${detail}`);
  }
  throw new TargetError(
    name,
    `no answer from ${endpoint}${path} within ${withinMs} ms ("ready" in its manifest)${command?.hint ?? ''}${detail}`,
  );
}

function surroundings(
  { name: target, admin }: Manifest,
  { endpoint, folder, shared, answer }: Running & { shared: string | undefined },
  from: readonly string[],
): Surroundings {
  const door = admin ?? endpoint;
  return {
    target,
    folder: (name) => (name === undefined ? shared : findPackage(name, from)),
    output: folder === undefined ? undefined : join(folder, 'output.log'),
    get: async (path) => {
      if (answer) return answer({ method: 'GET', path, headers: {}, body: '' });
      return ask(door + path);
    },
    call: async (operation) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      };
      return ask(`${door}/`, { method: 'POST', body: '{}', headers });
    },
  };
}

function roots({ packageRoot }: StartOptions): string[] {
  return [process.cwd(), fileURLToPath(folderUrl(packageRoot))];
}

function key(target: string, found: unknown): string | Readonly<Record<string, unknown>> {
  if (typeof found === 'string') return found;
  if (typeof found === 'object' && found !== null) return found as Readonly<Record<string, unknown>>;
  throw new TargetError(target, 'no key at "signingKey"; its manifest must point at a PEM text or a JWK');
}

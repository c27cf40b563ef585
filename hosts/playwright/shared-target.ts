import { once } from 'node:events';
import { request as open, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { isStartedByUs, type TargetTurn } from '../keep-target.ts';
import { openTarget, type OpenTarget } from '../open-target.ts';
import { packageRoot } from '../../package.ts';
import { STOPPED, TARGET_SERVER, type TurnAnswer, type TurnRequest } from './target-server.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { attachTarget, type Attachment } from '../../targets/start.ts';

/**
 * Opens a target in a worker: the one that all workers share, or one of its own where nothing has to be done first, or
 * where a configuration without our global set-up leaves nobody to ask. Rejects if the target could not be started.
 */
export async function openSharedTarget(manifest: Manifest): Promise<OpenTarget> {
  const { start, reset } = manifest;
  const own = ('url' in start && reset === undefined) || ('mock' in start && start.mock === 'in-process');
  if (own || !process.env[TARGET_SERVER]) return openTarget(manifest);
  const attachment = (await ask('target', manifest)) as Attachment;
  return openTarget(manifest, {
    running: attachTarget(manifest, attachment, { packageRoot }),
    kept: isStartedByUs(manifest) ? { turn: (alone) => turnAt(manifest, alone) } : undefined,
  });
}

/** A turn at the target that all workers share: the request for it stays open until it ends. */
async function turnAt(manifest: Manifest, alone: boolean): Promise<TargetTurn> {
  const asking = open(`${process.env[TARGET_SERVER]}/turn`, { method: 'POST', agent: false });
  asking.write(`${JSON.stringify({ name: manifest.name, alone } satisfies TurnRequest)}\n`);
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  asking.on('error', () => {});
  if (answer.statusCode !== 200) throw new Error(await text(answer));
  const { start, attachment } = JSON.parse(await firstLine(answer)) as TurnAnswer;
  return {
    start,
    started: attachTarget(manifest, attachment, { packageRoot }),
    end: (stopped) => void asking.end(stopped ? STOPPED : ''),
  };
}

/** Whether nobody in this run has said so yet, in this worker or another. */
export async function isFirst(what: string): Promise<boolean> {
  return process.env[TARGET_SERVER] ? ((await ask('first', what)) as { first: boolean }).first : true;
}

async function ask(question: 'target' | 'first', body: unknown): Promise<unknown> {
  const headers = { connection: 'close' };
  const answer = await fetch(`${process.env[TARGET_SERVER]}/${question}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers,
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** What comes later, be it the end of the connection, is nobody's trouble. */
function firstLine(answer: IncomingMessage): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.endsWith('\n')) resolve(text);
    });
    answer.on('error', reject).on('end', () => reject(new Error('the turn at the target was refused')));
  });
}

import { openTarget, type OpenTarget } from '../open-target.ts';
import { packageRoot } from '../../package.ts';
import { TARGET_SERVER } from './target-server.ts';
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
  return openTarget(manifest, { running: attachTarget(manifest, attachment, { packageRoot }) });
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

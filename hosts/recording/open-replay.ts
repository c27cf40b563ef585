import type { Suite } from '../../engine/suite.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { keepTarget } from '../keep-target.ts';
import type { OpenTarget } from '../open-target.ts';
import { warn } from '../warn.ts';
import { readAbout, readRecording } from './read.ts';
import { replayTarget } from './replay.ts';

/** The manifest of `--target replay:DIR`: the target that was recorded, without what only a live one needs. */
export function replayManifest(folder: string): Manifest {
  const { target, region, means } = readAbout(folder);
  return {
    formatVersion: 1,
    name: target.name,
    about: 'A recording.',
    ...(target.selfTest && { selfTest: true }),
    start: { replay: folder },
    region,
    credentials: { accessKeyId: 'replay', secretAccessKey: 'replay' },
    values: means.values,
  };
}

export function openReplay(folder: string, concurrency: number): OpenTarget {
  const target = replayTarget(readRecording(folder));
  const started = { name: target.name, endpoint: target.endpoint, stop: async () => {} };
  // What ended the target was recorded too, and that it was started again.
  const kept = keepTarget(started, async () => started);
  return {
    target,
    concurrency,
    keeper: { turn: async (alone) => ({ ...(await kept.turn(alone)), target }) },
    close: async () => {},
  };
}

/** Says on stderr where a recording is of another suite: what it does not hold is not judged. */
export function sayOtherSuite({ start }: Manifest, suite: Pick<Suite, 'version' | 'hash'>): void {
  if (!('replay' in start)) return;
  const { suite: recorded, complete } = readAbout(start.replay);
  const named = ({ version, hash }: Pick<Suite, 'version' | 'hash'>): string => `${version} (${hash.slice(0, 12)})`;
  if (recorded.hash !== suite.hash) {
    warn(
      `${start.replay} was recorded with suite ${named(recorded)}, and this is ${named(suite)}: cases that are not in it are skipped, cases that ask otherwise now are errors`,
    );
  }
  if (!complete) warn(`${start.replay} is of a run that was interrupted: cases that are not in it are skipped`);
}

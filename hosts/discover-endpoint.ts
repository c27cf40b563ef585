import { discover, type Discovery } from '../engine/discovery.ts';
import { NoAnswer } from '../engine/exchange.ts';
import { Interruption } from '../engine/interruption.ts';
import { problemOf } from '../engine/preflight.ts';
import { openSession, type Session } from '../engine/session.ts';
import type { Suite } from '../engine/suite.ts';
import type { Target } from '../engine/target.ts';
import { packageRoot } from '../package.ts';
import type { Manifest } from '../targets/manifest.ts';
import { startTarget } from '../targets/start.ts';
import { findPlaces, withAdvice, type Places } from './known-places.ts';
import { targetOf } from './open-target.ts';

/** An endpoint that was asked before anything is judged. */
export interface DiscoveredEndpoint {
  /** Knows what was found, and reads what can be read. */
  session: Session;
  places: Places;
  discovery: Discovery;
}

/** Finds out what a bare endpoint can do and lets be read. A text says why it cannot be judged at all. */
export async function discoverEndpoint(
  manifest: Manifest,
  target: Target,
  suite: Suite,
): Promise<DiscoveredEndpoint | string> {
  const blind = openSession(target, suite);
  const problem = await problemOf(blind);
  if (problem !== undefined) return problem;
  try {
    const { text } = await blind.support.madeUp();
    const { places, inferences } = await findPlaces(target, text);
    const session = openSession(await reading(manifest, places, target), suite);
    const discovery = await discover(session);
    const { fixedCode } = discovery;
    if (fixedCode !== undefined && !places.codes) {
      places.codes = { fixed: fixedCode };
      Object.assign(session.target, await reading(manifest, places, target));
    }
    return {
      session,
      places,
      discovery: { ...discovery, inferences: withAdvice([...discovery.inferences, ...inferences]) },
    };
  } catch (error) {
    if (!(error instanceof NoAnswer) && !(error instanceof Interruption)) throw error;
    return `${target.endpoint} cannot be judged: ${error.message}`;
  }
}

/** The target with what can be read at these places. */
async function reading(manifest: Manifest, places: Places, target: Target): Promise<Target> {
  const started = await startTarget({ ...manifest, ...places }, { packageRoot });
  return { ...targetOf({ ...manifest, ...places }, started, target.send), client: target.client };
}

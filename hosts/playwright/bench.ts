import * as playwright from '@playwright/test';
import { locationOf, type Location } from './location.ts';
import { applyBaseline, rangeNote, type Baseline } from '../../engine/baseline.ts';
import type { Case } from '../../engine/case.ts';
import { loadSuite } from '../../engine/load.ts';
import { problemOf } from '../../engine/preflight.ts';
import { inTurn, runKept, type Keeper } from '../../engine/kept.ts';
import { runCase } from '../../engine/run-case.ts';
import { closeSession, openSession, type Session } from '../../engine/session.ts';
import type { HttpRequest, Send } from '../../engine/target.ts';
import type { Judgement, Problem } from './judgement.ts';
import { readBaseline } from '../baseline-file.ts';
import { about, packageRoot } from '../../package.ts';
import { manifestOf } from '../open-target.ts';
import type { Places } from '../known-places.ts';
import { reproduced } from '../reproduction/reproduced.ts';
import { warn } from '../warn.ts';
import { openSharedTarget } from './shared-target.ts';

/** Set for a project in its `use`. */
export interface TargetOptions {
  /** One of the package's targets by its name, or any by the path of its manifest. */
  target: string;
}

/** What the tests of one worker share: a target that judges cases, or why there is none. */
export type Bench = { judge: (test: Case) => Promise<Judgement> } | { problem: Problem };

export const suite = loadSuite(packageRoot, about);
const aboutSuite = { name: suite.name, version: suite.version, hash: suite.hash };

// The base without a browser: its tests cost a tenth of the others'. It is exported and typed, but not documented.
const { _baseTest = playwright.test }: Partial<typeof playwright> = playwright;
const base: typeof playwright._baseTest = _baseTest;

export const test = base.extend<object, TargetOptions & { bench: Bench }>({
  target: ['mock', { scope: 'worker', option: true }],
  bench: [
    async ({ target }, use) => {
      const closers: (() => Promise<void>)[] = [];
      try {
        await use(await benchFor(target, closers));
      } finally {
        for (const close of closers.reverse()) await close();
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

async function benchFor(target: string, closers: (() => Promise<void>)[]): Promise<Bench> {
  let name = target;
  try {
    const manifest = await manifestOf({ name: target });
    name = manifest.name;
    const baseline = manifest.baseline === undefined ? undefined : readBaseline(manifest.baseline, suite);
    const open = await openSharedTarget(manifest);
    closers.push(open.close);
    const tracer = traced(open.target.send);
    const session = openSession({ ...open.target, send: tracer.send }, suite);
    const outside = baseline && rangeNote(baseline, open.target.version);
    if (outside) session.notes.add(outside);
    const keeper = open.keeper && tracedKeeper(open.keeper, tracer.send);
    closers.push(() => close(session, keeper));
    const problem = await problemWith(session, keeper);
    if (problem !== undefined) return { problem: { ...headerOf(session), problem } };
    return { judge: (one) => tracer.within(locationOf(one), () => judge(one, session, keeper, baseline, manifest)) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { problem: { suite: aboutSuite, target: { name, endpoint: '' }, problem } };
  }
}

/** A case of another worker may just have ended the target: alone it was started again. */
async function problemWith(session: Session, keeper: Keeper | undefined): Promise<string | undefined> {
  const problem = await problemOf(session);
  if (problem === undefined || !keeper) return problem;
  const again = await inTurn(session, keeper, true, async () => ({
    problem: await problemOf(session),
    stopped: false,
  }));
  return again.problem;
}

async function judge(
  one: Case,
  session: Session,
  keeper: Keeper | undefined,
  baseline: Baseline | undefined,
  places: Places,
): Promise<Judgement> {
  const found = keeper ? await runKept(one, session, keeper, {}) : await runCase(one, session);
  const { target } = session;
  const { version } = target;
  const judged = baseline ? applyBaseline(found, { baseline, version, strict: false, whole: true }) : found;
  const result = reproduced(judged, one, { suite, target, places });
  const known = baseline && ofOverCases(baseline, session);
  return { ...headerOf(session), result, known, notes: [...session.notes] };
}

function ofOverCases(baseline: Baseline, { over }: Session): Baseline | undefined {
  const failures = baseline.failures.filter(({ id }) => over.some((check) => check.id === id));
  return failures.length > 0 ? { ...baseline, failures } : undefined;
}

function headerOf({ target: { name, version, endpoint, selfTest } }: Session): Pick<Judgement, 'suite' | 'target'> {
  return { suite: aboutSuite, target: { name, version, endpoint, selfTest } };
}

async function close(session: Session, keeper: Keeper | undefined): Promise<void> {
  const said = new Set(session.notes);
  // Where the target was started again, this worker's pools are gone already.
  if (keeper)
    await inTurn(session, keeper, false, async () => ({ closed: await closeSession(session), stopped: false }));
  else await closeSession(session);
  for (const note of session.notes) if (!said.has(note)) warn(`${session.target.name}: ${note}`);
}

function tracedKeeper({ turn }: Keeper, send: Send): Keeper {
  return {
    turn: async (alone) => {
      const given = await turn(alone);
      return { ...given, target: { ...given.target, send } };
    },
  };
}

/** While a case runs, every request is a step of its test, placed at the case. */
function traced(send: Send): { send: Send; within: <T>(place: Location, run: () => Promise<T>) => Promise<T> } {
  let location: Location | undefined;
  return {
    send: (request, options) =>
      location ? test.step(nameOf(request), () => send(request, options), { location }) : send(request, options),
    within: async (place, run) => {
      location = place;
      try {
        return await run();
      } finally {
        location = undefined;
      }
    },
  };
}

function nameOf({ method, url, headers }: HttpRequest): string {
  const operation = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
  return operation?.replace(/^.*\./, '') || `${method} ${new URL(url).pathname}`;
}

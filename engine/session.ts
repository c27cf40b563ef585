import { randomInt, type KeyObject } from 'node:crypto';
import type { JsonObject } from './case.ts';
import { isOverCase, type OverCase } from './over.ts';
import { createMatch, type Match } from './match.ts';
import { deletePool, type Pool } from './pools.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { createShapes, type Shapes } from './shapes.ts';
import type { Suite } from './suite.ts';
import { foreignKey, privateKey } from './tokens.ts';
import type { Target } from './target.ts';
import { createSupport, type Support } from './support.ts';
import { once } from './once.ts';

/** What the cases of one run share: pools, clients, keys, compiled patterns. Users are never shared. */
export interface Session {
  suite: Suite;
  target: Target;
  match: Match;
  shapes: Shapes;
  /** Checks over every answer of the run. */
  over: OverCase[];
  support: Support;
  redactor: Redactor;
  pools: Map<string, Promise<Pool>>;
  clients: Map<string, Promise<JsonObject>>;
  /** The key that signs the tokens of a pool; undefined where it is not known. */
  ownKey: (UserPoolId: string) => Promise<KeyObject | undefined>;
  foreignKey: () => Promise<KeyObject>;
  /** Whether the target takes a token forged with its own key; asked once. */
  takesForged: { answer?: Promise<boolean> };
  /** Ways and kinds of tokens in which the target was to issue them itself and did not, and why. */
  notIssued: Map<string, string>;
  /** Which start of the target all of this was made on. */
  start: number;
  /** Ten digits that no other case of the run was given. */
  unique: () => string;
  /** Eight letters and digits. */
  runId: string;
  /** Bears every pool of this run. */
  id: string;
  /** Ids of the cases that are being run. */
  inFlight: Set<string>;
  /** Set when the target has stopped answering: later cases are not tried. */
  down?: string;
  /** Set when it is not started again either. */
  givenUp?: boolean;
  notes: Set<string>;
  /** Whether any were ever seen of what cases read beside answers: none at all is more likely misread than never sent. */
  seen: Map<'messages' | 'events', boolean>;
}

/** Eight letters and digits, with a digit at least, by which ids of two runs are told from words. */
export function newRunId(): string {
  return randomInt(1e9, 9e9).toString(36).padStart(8, '0');
}

export function openSession(target: Target, suite: Suite): Session {
  const redactor = createRedactor();
  const { accessKeyId, secretAccessKey, sessionToken } = target.credentials;
  redactor.hide(secretAccessKey, 'secretAccessKey');
  redactor.hide(sessionToken, 'sessionToken');
  // Others are made up, and may be ordinary words.
  if (/^A[KS]IA/.test(accessKeyId)) redactor.hide(accessKeyId, 'accessKeyId');
  let next = randomInt(1e9, 9e9);
  const { runId = newRunId() } = target;
  const id = `cognito-conformance-${runId}`;
  redactor.name(id, 'run');
  redactor.name(runId, 'run.id');
  return {
    ...madeOn(target, suite, redactor),
    start: 0,
    suite,
    match: createMatch(suite.patterns),
    shapes: createShapes(suite.shapes),
    over: suite.cases.filter(isOverCase),
    redactor,
    foreignKey: once(foreignKey),
    inFlight: new Set(),
    unique: () => String((next += 1)),
    runId,
    id,
    notes: new Set(),
    seen: new Map(),
  };
}

/** After the target was started again: what was made on it before is gone. */
export function renewSession(session: Session, { start, target }: Pick<Session, 'start' | 'target'>): void {
  delete session.down;
  Object.assign(session, madeOn(target, session.suite, session.redactor), { start });
}

/** What is found out about one start of a target, and made on it. */
function madeOn(target: Target, suite: Suite, redactor: Redactor) {
  const keys = new Map<string, Promise<KeyObject | undefined>>();
  return {
    target,
    support: createSupport(target, suite, redactor),
    pools: new Map<string, Promise<Pool>>(),
    clients: new Map<string, Promise<JsonObject>>(),
    ownKey: (UserPoolId: string) => {
      const key =
        keys.get(UserPoolId) ?? target.signingKey?.(UserPoolId).then(privateKey) ?? Promise.resolve(undefined);
      keys.set(UserPoolId, key);
      return key;
    },
    takesForged: {},
    notIssued: new Map<string, string>(),
  };
}

/** Deletes the pools of the run; what cannot be deleted is left and said. */
export async function closeSession(session: Session): Promise<void> {
  for (const [what, any] of session.seen) {
    if (!any) session.notes.add(`no ${what} were ever seen: does the manifest say right where they are?`);
  }
  const made = await Promise.allSettled(session.pools.values());
  const pools = made.flatMap((pool) => (pool.status === 'fulfilled' ? [pool.value] : []));
  await Promise.all(pools.map(async (pool) => deletePool(session, pool)));
}

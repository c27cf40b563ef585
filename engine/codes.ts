import type { Case, Step } from './case.ts';
import { nameOf, type CaseRun } from './case-run.ts';
import { Interruption } from './interruption.ts';
import type { Session } from './session.ts';
import { unreadable } from './unreadable.ts';

/** For a step whose code is used later: notes the code there is now, so that only a newer one counts. */
export async function awaitCode(step: Step, run: CaseRun): Promise<{ arrived: () => Promise<void> } | undefined> {
  const { save } = step;
  // Where no code can be read, the step that causes one is judged all the same; the one that needs it is not.
  const { latestCode: known, fixedCode, onlyMails } = run.session.target;
  if (save === undefined || !known) return undefined;
  if (!JSON.stringify([run.test.steps, run.test.row]).includes(`{"$code":"${save}"}`)) return undefined;
  if (onlyMails?.includes('codes') && isOfPhones(step, run))
    throw new Interruption('skip', 'codes of SMS cannot be read');
  const before = fixedCode === undefined ? await latestCode(run) : undefined;
  return {
    arrived: async () => {
      const code = await latestCode(run, { other: before });
      if (code === undefined || code === before) {
        const cause = `${nameOf(step)} causes no code`;
        const elsewhere = `${cause} that can be read; if one was sent, "codes" of the manifest looks elsewhere`;
        throw new Interruption('blocked', cause, code === undefined ? elsewhere : cause, nameOf(step));
      }
      run.codes.set(save, code);
    },
  };
}

/** A code that is always the same says nothing where another one must not do, or where another one is asked for. */
export function requireDistinctCodes({ steps, row }: Case, { suite, target: { fixedCode } }: Session): void {
  if (fixedCode === undefined) return;
  const texts = steps.map(({ with: input, request }) => JSON.stringify([input, request]));
  const last = texts.findLastIndex((text) => text.includes('"$code"'));
  const senders = sendersOf(suite.cases);
  const sent = steps.slice(0, last + 1).filter(({ call }) => call !== undefined && senders.has(call));
  if (sent.length <= 1 && !JSON.stringify([texts, row]).includes(fixedCode)) return;
  throw new Interruption('skip', 'codes cannot be told apart: the target always sends the same');
}

/** Operations that codes of some case are sent by. */
function sendersOf(cases: readonly Case[]): Set<string> {
  const senders = new Set<string>();
  for (const { steps } of cases) {
    const text = JSON.stringify(steps);
    for (const { call, save } of steps) if (call && text.includes(`{"$code":"${save}"}`)) senders.add(call);
  }
  return senders;
}

/** Whether a step is about a phone number, in what it sends or in what it is to cause. */
export function isOfPhones({ with: input, messages }: Step, { test }: CaseRun): boolean {
  return /phone_number|"SMS"/.test(JSON.stringify([input, messages, test.row]));
}

async function latestCode(
  { session, fixture, redactor }: CaseRun,
  awaited?: { other: string | undefined },
): Promise<string | undefined> {
  const UserPoolId = fixture?.pool?.UserPoolId ?? '';
  const Username = fixture?.users.get('user')?.Username ?? '';
  const unique = String(fixture?.scope['unique']);
  const code = await session.target
    .latestCode?.({ UserPoolId, Username, unique }, awaited)
    .catch((error: unknown) => unreadable('a code', error, session));
  redactor.hide(code, 'Code');
  return code;
}

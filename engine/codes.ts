import type { Step } from './case.ts';
import { nameOf, type CaseRun } from './case-run.ts';
import { Interruption } from './interruption.ts';
import { unreadable } from './unreadable.ts';

/** For a step whose code is used later: notes the code there is now, so that only a newer one counts. */
export async function awaitCode(step: Step, run: CaseRun): Promise<{ arrived: () => Promise<void> } | undefined> {
  const { save } = step;
  const read = JSON.stringify([run.test.steps, run.test.row]).includes(`{"$code":"${save}"}`);
  // Where no code can be read, the step that causes one is judged all the same; the one that needs it is not.
  if (save === undefined || !read || !run.session.target.latestCode) return undefined;
  const before = await latestCode(run);
  return {
    arrived: async () => {
      const code = await latestCode(run);
      if (code === undefined || code === before) {
        throw new Interruption('blocked', `${nameOf(step)} causes no code`, undefined, nameOf(step));
      }
      run.codes.set(save, code);
    },
  };
}

async function latestCode({ session, fixture, redactor }: CaseRun): Promise<string | undefined> {
  const UserPoolId = fixture?.pool?.UserPoolId ?? '';
  const Username = fixture?.users.get('user')?.Username ?? '';
  const code = await session.target
    .latestCode?.({ UserPoolId, Username })
    .catch((error: unknown) => unreadable('a code', error, session));
  redactor.hide(code, 'Code');
  return code;
}

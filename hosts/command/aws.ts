import { loadSuite } from '../../engine/load.ts';
import { nearest } from '../../engine/nearest.ts';
import { about, packageRoot } from '../../package.ts';
import { planPage } from '../../targets/aws/plan-page.ts';
import { planFor } from '../aws/plan.ts';
import { sweep } from '../aws/sweep.ts';
import { quotasWith } from '../quotas.ts';
import { rehearse } from '../rehearse.ts';
import { sayFaults } from '../say-faults.ts';
import { UsageError } from '../usage-error.ts';
import { texts, type Flags } from './flags.ts';
import { selectCases } from './select-cases.ts';
import { terminalWidth } from './terminal-width.ts';

interface Action {
  /** Of those that `aws` takes. */
  flags: readonly string[];
  act: (flags: Flags) => Promise<number>;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  plan: { flags: ['case', 'quota', 'json'], act: plan },
  sweep: { flags: ['account', 'region', 'run', 'older-than', 'yes', 'json'], act: sweep },
};

/** `aws`: what has to do with real accounts besides a run. */
export async function awsCommand(flags: Flags, action = ''): Promise<number> {
  const found = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (found) {
    const foreign = Object.keys(flags).find((flag) => !found.flags.includes(flag));
    if (foreign === undefined) return found.act(flags);
    const has = found.flags.map((flag) => `--${flag}`).join(', ');
    throw new UsageError(`aws ${action} has no --${foreign}; it has ${has}`);
  }
  const names = Object.keys(ACTIONS);
  const near = nearest(action, names);
  const wrong = action === '' ? 'aws needs a word' : `aws has no "${action}"`;
  throw new UsageError(`${wrong}: aws ${names.join(' | ')}.${near ? ` Did you mean "${near}"?` : ''}`);
}

async function plan(flags: Flags): Promise<number> {
  const quotas = quotasWith(texts(flags['quota']));
  const suite = loadSuite(packageRoot, about);
  sayFaults(suite);
  const rehearsal = await rehearse(selectCases(suite, texts(flags['case'])), suite);
  const found = planFor(rehearsal, quotas, suite);
  console.log(flags['json'] === true ? JSON.stringify(found, null, 2) : planPage(found, terminalWidth()));
  return 0;
}

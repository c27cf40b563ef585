import { texts, type Flags } from './flags.ts';
import type { Case, Tier } from '../../engine/case.ts';
import { loadSuite } from '../../engine/load.ts';
import type { Suite } from '../../engine/suite.ts';
import { about, packageRoot } from '../../package.ts';
import { sayFaults } from '../say-faults.ts';
import { selectCases } from './select-cases.ts';

/** Strongest first. */
const TIERS: readonly Tier[] = ['recorded', 'observed', 'documented', 'model', 'inferred'];

const RESTS_ON: Record<Tier, string> = {
  recorded: 'recordings by this project',
  observed: 'captures of real Cognito by others',
  documented: 'AWS documentation',
  model: 'the service model',
  inferred: 'inference',
};

/** `list`: the cases by area, then on whose observation they rest. */
export async function listCommand(flags: Flags): Promise<number> {
  const suite = loadSuite(packageRoot, about);
  sayFaults(suite);
  const cases = selectCases(suite.cases, texts(flags['case']));
  if (flags['json'] === true) {
    const rows = cases.map((test) => ({
      id: test.id,
      title: test.title,
      level: test.level,
      evidence: test.evidence,
      restsOn: restsOn(test, suite),
      file: test.file,
    }));
    console.log(JSON.stringify(rows, null, 2));
    return 0;
  }
  const width = Math.max(...cases.map(({ id }) => id.length));
  for (const { id, level, title } of cases) console.log(`${id.padEnd(width)}  ${level.padEnd(6)}  ${title}`);
  console.log(`\n${sourcesLine(cases, suite)}`);
  return 0;
}

/** The strongest tier among the claims that a case cites. */
export function restsOn(test: Case, suite: Suite): Tier {
  const tiers = test.evidence.flatMap((id) => suite.evidence.get(id)?.claims ?? []).map(({ tier }) => tier);
  return TIERS.find((tier) => tiers.includes(tier)) ?? 'inferred';
}

/** How many cases rest on whose observation, in one sentence. */
export function sourcesLine(cases: readonly Case[], suite: Suite): string {
  const counts = TIERS.map((tier) => [tier, cases.filter((test) => restsOn(test, suite) === tier).length] as const);
  const parts = counts.map(([tier, count]) => `${count} on ${RESTS_ON[tier]}`);
  return `${cases.length} cases by the strongest source each cites: ${parts.join(', ')}.`;
}

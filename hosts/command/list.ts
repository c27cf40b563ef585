import { texts, type Flags } from './flags.ts';
import type { Case, Tier } from '../../engine/case.ts';
import { sayProblem } from '../../engine/problem.ts';
import { loadSuite, requireCoverage } from '../../engine/load.ts';
import type { Suite } from '../../engine/suite.ts';
import { about, packageRoot } from '../../package.ts';
import { sayFaults } from '../say-faults.ts';
import { UsageError } from '../usage-error.ts';
import { coverageJson, coverageText } from './coverage.ts';
import { lonelyCases, lonelyLine, recordedPasses } from './lonely.ts';
import { selectCases } from './select-cases.ts';
import { terminalWidth } from './terminal-width.ts';

/** Strongest first. */
const TIERS: readonly Tier[] = ['recorded', 'observed', 'documented', 'model', 'inferred'];

const RESTS_ON: Record<Tier, string> = {
  recorded: 'recordings by this project',
  observed: 'captures of real Cognito by others',
  documented: 'AWS documentation',
  model: 'the service model',
  inferred: 'inference',
};

/** `list`: the cases by area, then on whose observation they rest; or one of its other views. */
export async function listCommand(flags: Flags): Promise<number> {
  const [coverage, lonely, json] = ['coverage', 'lonely', 'json'].map((name) => flags[name] === true);
  const globs = texts(flags['case']);
  if (coverage && lonely) throw new UsageError('--coverage and --lonely exclude each other');
  if (coverage && globs.length > 0) throw new UsageError('--coverage is about the whole suite; it takes no --case');
  const suite = loadSuite(packageRoot, about);
  sayFaults(suite);
  if (coverage) requireCoverage(suite);
  if (coverage) return say(json ? coverageJson(suite) : coverageText(suite, terminalWidth()));
  const cases = selectCases(suite, globs);
  if (!lonely) return say(json ? casesJson(cases, suite) : casesText(cases, sourcesLine(cases, suite)));
  const passes = await recordedPasses(suite);
  const alone = lonelyCases(cases, passes);
  return say(json ? casesJson(alone, suite) : casesText(alone, lonelyLine(cases, passes)));
}

function casesText(cases: readonly Case[], last: string): string {
  const width = Math.max(...cases.map(({ id }) => id.length));
  const lines = cases.map(({ id, level, title }) => `${id.padEnd(width)}  ${level.padEnd(6)}  ${title}`);
  return [...lines, ...(lines.length > 0 ? [''] : []), last].join('\n');
}

function casesJson(cases: readonly Case[], suite: Suite): string {
  const rows = cases.map((test) => ({
    id: test.id,
    title: test.title,
    level: test.level,
    evidence: test.evidence,
    restsOn: restsOn(test, suite),
    file: test.file,
    ...(test.faults && { faults: test.faults.map(sayProblem) }),
  }));
  return JSON.stringify(rows, null, 2);
}

function say(text: string): number {
  console.log(text);
  return 0;
}

/** The strongest tier among the claims that a case cites. */
export function restsOn(test: Case, suite: Suite): Tier {
  const tiers = test.evidence.flatMap((id) => suite.evidence.get(id)?.claims ?? []).map(({ tier }) => tier);
  return TIERS.find((tier) => tiers.includes(tier)) ?? 'inferred';
}

/** How many cases rest on whose observation, in one sentence. */
export function sourcesLine(cases: readonly Case[], suite: Suite): string {
  // What is at fault rests on nothing.
  const right = cases.filter(({ faults }) => faults === undefined);
  const counts = TIERS.map((tier) => [tier, right.filter((test) => restsOn(test, suite) === tier).length] as const);
  const parts = counts.map(([tier, count]) => `${count} on ${RESTS_ON[tier]}`);
  return `${right.length} cases by the strongest source each cites: ${parts.join(', ')}.`;
}

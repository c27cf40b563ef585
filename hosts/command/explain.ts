import type { Case } from '../../engine/case.ts';
import { casesNamed, sourceId } from '../../engine/coverage.ts';
import { loadSuite, requireCoverage } from '../../engine/load.ts';
import { sayProblem } from '../../engine/problem.ts';
import type { Suite } from '../../engine/suite.ts';
import { about, packageRoot } from '../../package.ts';
import { explain, type ExplainContext, type Subject } from '../../reports/explain/explain.ts';
import { sayFaults } from '../say-faults.ts';
import { UsageError } from '../usage-error.ts';
import { colours } from './colours.ts';
import { noSuchCase } from './select-cases.ts';
import { terminalWidth } from './terminal-width.ts';

/** `explain ID`: a case in words; an id without its row explains all rows at once. */
export async function explainCommand(id: string | undefined): Promise<number> {
  if (id === undefined)
    throw new UsageError('explain needs the id of a case: explain ID; see them with: cognito-conformance list');
  const suite = loadSuite(packageRoot, about);
  sayFaults(suite);
  requireCoverage(suite);
  process.stdout.write(explanation(id, suite, { width: terminalWidth(), colour: colours() }));
  return 0;
}

/** Throws a `UsageError` where there is no such case. */
export function explanation(id: string, suite: Suite, page: Omit<ExplainContext, 'pools'>): string {
  const [first, ...others] = casesNamed(id, suite.cases);
  if (first === undefined) throw noSuchCase(id, suite);
  if (first.faults) throw new UsageError(`${id} cannot be told: ${first.faults.map(sayProblem).join('; ')}`);
  return explain(subjectOf(id, [first, ...others], suite), { ...page, pools: suite.pools });
}

function subjectOf(id: string, cases: [Case, ...Case[]], suite: Suite): Subject {
  const [{ title, level, given, steps, over, expect, file, evidence, row }] = cases;
  const ids = new Set(cases.map((test) => test.id));
  const tests = (named: string): boolean => casesNamed(named, suite.cases).some((test) => ids.has(test.id));
  return {
    id,
    title: row === undefined ? title : title.replace(/ \[[^\]]*\]$/, ''),
    level,
    ...(given && { given }),
    steps,
    ...(over && expect && { over, expect }),
    file,
    rows: Object.fromEntries(
      cases.flatMap((test) => (test.row ? [[test.id.slice(sourceId(test).length + 1), test.row]] : [])),
    ),
    tokens: tokensIn(JSON.stringify(cases.map((test) => [test.steps, test.row])), suite),
    evidence: evidence.flatMap((name) => suite.evidence.get(name) ?? []),
    statements: suite.statements.flatMap((entry) => (entry.cases?.some(tests) ? [entry.statement] : [])),
  };
}

/** The kinds of tokens that a case makes, with what is wrong with each. */
function tokensIn(json: string, { tokenKinds }: Suite): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tokenKinds).flatMap(([kind, { about: wrong }]) =>
      json.includes(`"$token":"${kind}"`) ? [[kind, wrong]] : [],
    ),
  );
}

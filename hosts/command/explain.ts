import type { Case } from '../../engine/case.ts';
import { casesNamed, sourceId } from '../../engine/coverage.ts';
import { loadSuite, requireCoverage } from '../../engine/load.ts';
import { sayProblem } from '../../engine/problem.ts';
import type { Suite } from '../../engine/suite.ts';
import { about, packageRoot } from '../../package.ts';
import { explain, type ExplainContext, type Subject } from '../../reports/explain/explain.ts';
import { ANYWHERE, reproduction } from '../reproduction/script.ts';
import { sayFaults } from '../say-faults.ts';
import { UsageError } from '../usage-error.ts';
import { colours } from './colours.ts';
import type { Flags } from './flags.ts';
import { noSuchCase } from './select-cases.ts';
import { terminalWidth } from './terminal-width.ts';

const OVER = 'it is held against every answer of a run, and has no requests of its own';

/** `explain ID`: a case in words; an id without its row explains all rows at once. With `--script` only how to do it by hand. */
export async function explainCommand(flags: Flags, id: string | undefined): Promise<number> {
  if (id === undefined)
    throw new UsageError('explain needs the id of a case: explain ID; see them with: npx cognito-conformance list');
  const suite = loadSuite(packageRoot, about);
  sayFaults(suite);
  requireCoverage(suite);
  if (flags['script'] === true) process.stdout.write(scriptOf(id, suite));
  else process.stdout.write(explanation(id, suite, { width: terminalWidth(), colour: colours() }));
  return 0;
}

/** One script: of several rows each is a case of its own. Throws a `UsageError`. */
function scriptOf(id: string, suite: Suite): string {
  const named = casesNamed(id, suite.cases);
  const [first, ...others] = named;
  if (first === undefined) throw noSuchCase(id, suite);
  if (others.length > 0) {
    const ids = named.map((test) => test.id).join(', ');
    throw new UsageError(`${id} has ${named.length} rows, a script each; name one: ${ids}`);
  }
  const script = reproduction(first, suite, ANYWHERE);
  if (script === undefined) {
    throw new UsageError(`${id} has no script: ${first.faults ? 'it is at fault' : OVER}`);
  }
  return script;
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
    byHand: byHand(cases, suite),
    statements: suite.statements.flatMap((entry) => (entry.cases?.some(tests) ? [entry.statement] : [])),
  };
}

/** The script of a single case; of several rows where to find each. */
function byHand([first, ...others]: [Case, ...Case[]], suite: Suite): string[] {
  if (first.over) return [];
  if (others.length > 0) return [`npx cognito-conformance explain ${first.id} --script`];
  const script = reproduction(first, suite, ANYWHERE) ?? '';
  return [`npx cognito-conformance explain ${first.id} --script | sh`, '', ...script.trimEnd().split('\n')];
}

/** The kinds of tokens that a case makes, with what is wrong with each. */
function tokensIn(json: string, { tokenKinds }: Suite): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tokenKinds).flatMap(([kind, { about: wrong }]) =>
      json.includes(`"$token":"${kind}"`) ? [[kind, wrong]] : [],
    ),
  );
}

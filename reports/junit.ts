import { createRequire } from 'node:module';
import type * as Xml from 'fast-xml-builder';
import type { Report, Result, Verdict } from '../engine/result.ts';
import { causes } from './causes.ts';
import { columnNames, lastingNames } from './column-names.ts';
import type { ReportContext } from './context.ts';
import { findingText } from './finding-text.ts';
import { plain } from './plain.ts';

type Attributes = Readonly<Record<string, string | number>>;
/** As the builder takes it: a name with its children, and the attributes beside. */
type Node = Record<string, unknown>;

interface Suite {
  name: string;
  report: Report;
  seconds: number;
  cases: Case[];
}

interface Case {
  classname: string;
  name: string;
  seconds: number;
  file?: string;
  outcome?: { tag: 'failure' | 'error' | 'skipped' | 'system-out'; type: string; message: string; text?: string };
}

const failing: readonly Verdict[] = ['fail', 'changed', 'fixed'];
const unreached: readonly Verdict[] = ['blocked', 'error'];
/** Known is as expected failures are in JUnit: neither red nor a pass. */
const unjudged: readonly Verdict[] = ['skip', 'known'];

/** JUnit's XML, as Jenkins and GitLab read it: a suite a target and area. */
export function junit(reports: readonly Report[], context: ReportContext): string {
  const names = columnNames(reports);
  // Histories go by classes.
  const packages = lastingNames(reports);
  const suites = reports.flatMap((report, index) =>
    suitesOf(report, names[index] ?? '', packages[index] ?? '', context),
  );
  const seconds = reports.reduce((sum, { run }) => sum + run.durationMs / 1000, 0);
  const all = suites.flatMap(({ cases }) => cases);
  const root = element('testsuites', { name: 'cognito-conformance', ...counts(all, seconds) }, suites.map(suiteNode));
  // 5 ms that only who asks for this format pays.
  const { default: Builder } = createRequire(import.meta.url)('fast-xml-builder') as { default: typeof Xml.default };
  const builder = new Builder({ preserveOrder: true, ignoreAttributes: false, format: true, suppressEmptyNode: true });
  const head = element('?xml', { version: '1.0', encoding: 'UTF-8' }, [{ '#text': '' }]);
  return `${builder.build([head, root]).trim()}\n`;
}

function suitesOf(report: Report, name: string, pack: string, context: ReportContext): Suite[] {
  const { results, run } = report;
  const lacking = run.problem ?? (run.complete ? undefined : 'the run was interrupted: not every case was judged');
  const byArea = [...new Set(results.map(({ area }) => area))].sort().map((area): Suite => {
    const own = results.filter((result) => result.area === area).sort((one, other) => (one.id < other.id ? -1 : 1));
    const cases = own.map((result) => caseOf(result, classOf(pack, area), context));
    return { name: `${name} ${area}`, report, seconds: sum(cases), cases };
  });
  if (lacking === undefined) return byArea;
  const outcome = { tag: 'error', type: 'error', message: lacking } as const;
  const whole = { classname: classOf(pack, 'run'), name: 'every case is judged', seconds: 0, outcome };
  return [{ name: `${name} run`, report, seconds: 0, cases: [whole] }, ...byArea];
}

/** A dot parts packages there. */
function classOf(pack: string, area: string): string {
  return [pack, area].map((part) => part.replaceAll('.', '_')).join('.');
}

function caseOf(result: Result, classname: string, context: ReportContext): Case {
  const { id, durationMs, file, verdict } = result;
  const found = { classname, name: id, seconds: durationMs / 1000, file };
  return verdict === 'pass' ? found : { ...found, outcome: outcomeOf(result, context) };
}

function outcomeOf(result: Result, context: ReportContext): NonNullable<Case['outcome']> {
  const { verdict: type, reason, cause, title } = result;
  const message = reason ?? cause ?? title;
  if (unjudged.includes(type))
    return { tag: 'skipped', type, message: type === 'known' ? `known: ${message}` : message };
  const text = causes([result], [type])
    .map((own) => findingText(own, context))
    .join('\n');
  if (failing.includes(type) || (type === 'warn' && context.strict)) return { tag: 'failure', type, message, text };
  return { tag: unreached.includes(type) ? 'error' : 'system-out', type, message, text };
}

function suiteNode({ name, report: { target, suite, run }, seconds, cases }: Suite, id: number): Node {
  const properties = {
    target: target.name,
    version: target.version ?? '',
    endpoint: target.endpoint,
    suite: `${suite.name} ${suite.version}`,
    ...(target.selfTest && { 'self-test': 'proves nothing about Cognito' }),
  };
  const skipped = tagged(cases, 'skipped');
  const attributes = { name, id, ...counts(cases, seconds), skipped, timestamp: run.startedAt.slice(0, 19) };
  return element('testsuite', attributes, [
    element(
      'properties',
      {},
      Object.entries(properties).map(([name, value]) => element('property', { name, value }, [])),
    ),
    ...cases.map(caseNode),
  ]);
}

function caseNode({ classname, name, seconds, file, outcome }: Case): Node {
  const attributes = { classname, name, time: seconds.toFixed(3), ...(file !== undefined && { file }) };
  if (!outcome) return element('testcase', attributes, []);
  const { tag, type, message, text } = outcome;
  const body = text === undefined ? [] : [{ '#text': allowed(text) }];
  return element('testcase', attributes, [element(tag, tag === 'system-out' ? {} : { type, message }, body)]);
}

function counts(cases: readonly Case[], seconds: number): Attributes {
  const [failures, errors] = [tagged(cases, 'failure'), tagged(cases, 'error')];
  return { tests: cases.length, failures, errors, time: seconds.toFixed(3) };
}

function tagged(cases: readonly Case[], tag: string): number {
  return cases.filter(({ outcome }) => outcome?.tag === tag).length;
}

function sum(cases: readonly Case[]): number {
  return cases.reduce((all, { seconds }) => all + seconds, 0);
}

function element(name: string, attributes: Attributes, children: Node[]): Node {
  const given = Object.entries(attributes).map(([key, value]) => [`@_${key}`, allowed(plain(String(value)))]);
  return { [name]: children, ':@': Object.fromEntries(given) as Attributes };
}

/** `plain` leaves two characters that XML 1.0 forbids. */
function allowed(text: string): string {
  return text.replace(/[\ufffe\uffff]/g, '\ufffd');
}

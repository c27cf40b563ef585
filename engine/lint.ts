import type { Case, CaseFile, CaseSource, Claim, Json, JsonObject, Step } from './case.ts';
import { isObject } from './answer.ts';
import { nearest } from './nearest.ts';
import type { Suite } from './suite.ts';
import { referencesIn } from './values.ts';

export interface Problem {
  file: string;
  /** JSON pointer into the file; empty for the file as a whole. */
  pointer: string;
  message: string;
}

interface Place {
  file: string;
  pointer: string;
  source: CaseSource;
  suite: Suite;
}

type Rule = (place: Place) => string[];

/** What the schema cannot say: references, evidence, and that every case can fail. */
export function lint(suite: Suite, files: { file: string; content: CaseFile }[]): Problem[] {
  const places = files.flatMap(({ file, content }) =>
    content.cases.map((source, index): Place => ({ file, pointer: `/cases/${index}`, source, suite })),
  );
  const ofCases = places.flatMap((place) =>
    RULES.flatMap((rule) =>
      rule(place).map((message) => ({
        file: place.file,
        pointer: place.pointer,
        message: `${place.source.id}: ${message}`,
      })),
    ),
  );
  return [...ofCases, ...repeatedIds(suite.cases), ...idleEvidence(suite, places)];
}

const RULES: Rule[] = [
  areaIsFolder,
  evidenceExists,
  fixturesExist,
  operationsExist,
  errorsStandInClaims,
  textsStandInClaims,
  shouldsStandInMusts,
  refusalsHaveControls,
  writesAreObserved,
  referencesAreSet,
  savedNamesAreRead,
  rowsAreRead,
  poolChangesAreOwn,
  retriesWriteNothing,
  setsAreTold,
  nothingDangerous,
];

function areaIsFolder({ file, source }: Place): string[] {
  const folder = file.split('/')[1] ?? '';
  return source.id.startsWith(`${folder}/`) ? [] : [`the id must begin with "${folder}/", as its folder`];
}

function evidenceExists({ source, suite }: Place): string[] {
  return source.evidence.flatMap((id) => unknown('evidence', id, [...suite.evidence.keys()]));
}

function fixturesExist({ source, suite }: Place): string[] {
  const pool = source.given?.pool;
  const kinds = [...JSON.stringify(source).matchAll(/"\$token":"([^"]+)"/g)].map((match) => match[1] ?? '');
  return [
    ...(pool === undefined ? [] : unknown('pool', pool, Object.keys(suite.pools))),
    ...kinds.flatMap((kind) => unknown('token kind', kind, Object.keys(suite.tokenKinds))),
  ];
}

function operationsExist({ source, suite }: Place): string[] {
  const called = source.steps.flatMap(({ call }) => (call === undefined ? [] : [call]));
  return called.flatMap((call) => unknown('operation', call, Object.keys(suite.operations)));
}

/** Every error and status of a `must` was declared, documented or seen by somebody. */
function errorsStandInClaims({ source, suite }: Place): string[] {
  if (source.level !== 'must') return [];
  const claims = claimsOf(source, suite).filter(({ tier }) => tier !== 'inferred');
  return expected(source).flatMap(({ error, status }) => [
    ...[error ?? []]
      .flat()
      .flatMap((type) =>
        type.startsWith('${') || claims.some((claim) => claim.error === type)
          ? []
          : [`${type} stands in no cited claim better than inferred`],
      ),
    ...(typeof status !== 'number' || status === 200 || claims.some((claim) => claim.status === status)
      ? []
      : [`status ${status} stands in no cited claim better than inferred`]),
  ]);
}

/** Nobody's wording is asserted but one that somebody captured; names and numbers in it may differ. */
function textsStandInClaims({ source, suite }: Place): string[] {
  const captured = claimsOf(source, suite).flatMap(({ message }) => (message === undefined ? [] : lines(message)));
  const texts = messagesIn(source.steps as unknown as Json, Object.values(source.each ?? {}));
  return texts
    .flatMap(lines)
    .flatMap((line) => (captured.includes(line) ? [] : [`the text "${line}" stands in no cited claim`]));
}

function shouldsStandInMusts({ source }: Place): string[] {
  const idle = source.level !== 'must' && source.steps.some(({ should }) => should);
  return idle ? [`a ${source.level} case has no "should": put it into "expect", or into a case of its own`] : [];
}

function refusalsHaveControls({ source }: Place): string[] {
  return source.steps.flatMap((step, index) => {
    if (!isRefusal(step) || step.control) return [];
    const accepted = source.steps
      .slice(0, index)
      .some((earlier) => nameOf(earlier) === nameOf(step) && !isRefusal(earlier));
    return accepted
      ? []
      : [`step ${index + 1} is refused without a control, and no earlier ${nameOf(step)} was accepted`];
  });
}

function writesAreObserved({ source, suite }: Place): string[] {
  const deleted = source.steps.findIndex(({ call }) => call === 'AdminDeleteUser');
  return source.steps.flatMap((step, index) => {
    const writes = suite.operations[step.call ?? '']?.writes === 'attributes';
    const observable = deleted === -1 || index < deleted;
    return writes && observable && !step.changes ? [`step ${index + 1} (${step.call}) has no "changes"`] : [];
  });
}

function referencesAreSet({ source }: Place): string[] {
  const { given } = source;
  const fixture = given
    ? ['pool', 'client', ...(given.user ? ['user'] : []), ...Object.keys({ ...given.clients, ...given.users })]
    : [];
  const known = new Set(['unique', 'target', ...(source.each ? ['row'] : []), ...fixture]);
  const problems: string[] = [];
  const check = (value: unknown, codes: boolean): void => {
    for (const path of referencesIn(value)) {
      const root = path.split('.')[0] ?? '';
      if (!known.has(root)) problems.push(...unknown('name', root, [...known]));
    }
    for (const name of codes ? codesIn(value) : []) {
      if (!known.has(name)) problems.push(...unknown('step saved for its code as', name, [...known]));
    }
  };
  check(given, false);
  check(source.each, false);
  for (const { save, ...step } of source.steps) {
    check(step, true);
    if (save !== undefined && known.has(save)) problems.push(`the name "${save}" is set twice`);
    if (save !== undefined) known.add(save);
  }
  return problems;
}

function savedNamesAreRead({ source }: Place): string[] {
  const read = new Set([
    ...referencesIn(source.steps).map((path) => path.split('.')[0] ?? ''),
    ...codesIn(source.steps),
  ]);
  return source.steps.flatMap(({ save }) =>
    save === undefined || read.has(save) ? [] : [`"${save}" is saved and never read`],
  );
}

function rowsAreRead({ source }: Place): string[] {
  if (!source.each) return [];
  const rows = Object.entries(source.each);
  const read = new Set(
    referencesIn([source.steps, source.given]).flatMap((path) =>
      path.startsWith('row.') ? [path.slice(4).split('.')[0]] : [],
    ),
  );
  const members = new Set(rows.flatMap(([, row]) => Object.keys(row)));
  return [
    ...[...members].flatMap((member) => (read.has(member) ? [] : [`no step reads "\${row.${member}}"`])),
    ...rows.flatMap(([slug, row]) =>
      [...read].flatMap((member) => (Object.hasOwn(row, member ?? '') ? [] : [`row "${slug}" lacks "${member}"`])),
    ),
  ];
}

function poolChangesAreOwn({ source }: Place): string[] {
  const changing = source.steps.find(({ call }) => call === 'AddCustomAttributes' || call === 'DeleteUserPool');
  return changing && !source.given?.own ? [`${changing.call} changes the pool: "given" must have "own": true`] : [];
}

function retriesWriteNothing({ source, suite }: Place): string[] {
  return source.steps.flatMap(({ call, eventually }) =>
    eventually && suite.operations[call ?? '']?.writes !== 'nothing'
      ? [`"eventually" repeats ${call ?? 'a raw request'}, which may write`]
      : [],
  );
}

/** Members of `$set` hold literals that tell them apart, so that there is one way to pair them. */
function setsAreTold({ source }: Place): string[] {
  return setsIn(source as unknown as Json).flatMap((members) => {
    const literals = members.map((member) => new Map(leaves(member, '')));
    const alike = literals.some((one, at) =>
      literals
        .slice(at + 1)
        .some((other) => ![...one].some(([path, value]) => other.has(path) && other.get(path) !== value)),
    );
    return [
      ...(alike ? ['two members of a $set have no literal that tells them apart'] : []),
      ...(/"\$(jwt|lines)":/.test(JSON.stringify(members))
        ? ['a $set cannot hold $jwt or $lines: which item they read is not known']
        : []),
    ];
  });
}

function nothingDangerous({ source }: Place): string[] {
  const text = JSON.stringify(source);
  return [
    ...(text.includes('"__proto__"') ? ['"__proto__" cannot be a member name'] : []),
    ...(/eyJ[\w-]{10,}\.[\w-]{10,}/.test(text) ? ['a literal token: make it with {"$token": ...}'] : []),
  ];
}

function repeatedIds(cases: Case[]): Problem[] {
  const seen = new Map<string, Case>();
  return cases.flatMap((test) => {
    const other = seen.get(test.id);
    seen.set(test.id, test);
    return other
      ? [{ file: test.file, pointer: test.pointer, message: `the id ${test.id} is also in ${other.file}` }]
      : [];
  });
}

function idleEvidence(suite: Suite, places: Place[]): Problem[] {
  const cited = new Set(places.flatMap(({ source }) => source.evidence));
  return [...suite.evidence.values()].flatMap(({ id, untested }) =>
    cited.has(id) || untested
      ? []
      : [{ file: 'specs/evidence', pointer: '', message: `${id} is cited by no case and has no "untested" reason` }],
  );
}

function unknown(what: string, name: string, known: string[]): string[] {
  if (known.includes(name)) return [];
  const near = nearest(name, known);
  return [`no ${what} "${name}"; there are ${known.join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`];
}

function claimsOf(source: CaseSource, suite: Suite): Claim[] {
  return source.evidence.flatMap((id) => suite.evidence.get(id)?.claims ?? []);
}

function expected(source: CaseSource): { error?: string | string[]; status?: Json }[] {
  const rows = Object.values(source.each ?? {});
  return source.steps.flatMap(({ expect }) => {
    if (!expect) return [];
    const fromRow = /^\$\{row\.(.+)\}$/.exec(typeof expect.error === 'string' ? expect.error : '')?.[1];
    if (!fromRow) return [expect];
    return rows.map((row) => ({ ...expect, error: row[fromRow] as string | string[] }));
  });
}

/** Literal texts under `message`, also those that rows give to it. */
function messagesIn(part: Json, rows: JsonObject[]): string[] {
  if (Array.isArray(part)) return part.flatMap((item) => messagesIn(item, rows));
  if (!isObject(part)) return [];
  return Object.entries(part).flatMap(([name, value]) => {
    if (name === 'with') return [];
    return name === 'message' ? textsOf(value, rows) : messagesIn(value, rows);
  });
}

function textsOf(pattern: Json, rows: JsonObject[]): string[] {
  if (isObject(pattern)) return Array.isArray(pattern['$lines']) ? pattern['$lines'].map(String) : [];
  if (typeof pattern !== 'string') return [];
  const member = /^\$\{row\.(.+)\}$/.exec(pattern)?.[1];
  return member === undefined ? [pattern] : rows.flatMap((row) => textsOf(row[member] ?? null, []));
}

/** A text as compared: line by line, without the names and numbers that a case may choose. */
function lines(text: string): string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) =>
      line
        .replace(/user\.[^:\s]+(:[^:\s]+)?:/, 'user.*:')
        .replace(/value for \S+ must/, 'value for * must')
        .replace(/\d+/g, '#'),
    );
}

function codesIn(value: unknown): string[] {
  return [...(JSON.stringify(value) ?? '').matchAll(/"\$code":"([^"]+)"/g)].map((match) => match[1] ?? '');
}

function setsIn(value: Json): Json[][] {
  if (Array.isArray(value)) return value.flatMap(setsIn);
  if (!isObject(value)) return [];
  const own = Array.isArray(value['$set']) ? [value['$set']] : [];
  return [...own, ...Object.values(value).flatMap(setsIn)];
}

function leaves(value: Json, path: string): [string, Json][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, `${path}/${index}`));
  if (isObject(value))
    return Object.entries(value as JsonObject).flatMap(([name, inner]) => leaves(inner, `${path}/${name}`));
  return [[path, value]];
}

function nameOf(step: Step): string {
  return step.call ?? `${step.request?.method} ${step.request?.path ?? '/'}`;
}

function isRefusal({ expect }: Step): boolean {
  return expect?.error !== undefined || (typeof expect?.status === 'number' && expect.status >= 400);
}

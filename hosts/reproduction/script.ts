import type { Case } from '../../engine/case.ts';
import type { Suite } from '../../engine/suite.ts';
import { stateSentences } from '../../reports/explain/state.ts';
import { functionsOf } from './functions.ts';
import type { Names } from './names.ts';
import { readingCommand, whereabouts, type Places } from './places.ts';
import { withRow } from './row.ts';
import { comment, option, variable, word } from './shell.ts';
import { stateCommands, targetValues } from './state.ts';
import { stepCommands } from './steps.ts';

/** Against whom a script is to be run, and what is known of it. */
export interface Against extends Places {
  endpoint: string;
  region?: string;
  values?: Readonly<Record<string, string>>;
}

/** A port that emulators of Cognito listen on, unless told otherwise. */
export const ANYWHERE: Against = { endpoint: 'http://127.0.0.1:9229' };

/** What a target came to: in one line, and by the index of the step. */
export interface Came {
  whole: string;
  steps: ReadonlyMap<number, readonly string[]>;
}

/**
 * A case as a script of `aws` and `curl` commands, for a person to read, change and run: the state, each step as the
 * suite sends it beside what Cognito answers, and what is there then. A check over every answer has none.
 */
export function reproduction(source: Case, suite: Suite, against: Against, came?: Came): string | undefined {
  if (source.over || source.faults) return undefined;
  const { given: _, ...rest } = source;
  const given = source.given && withRow(source.given, source.row);
  const test: Case = { ...rest, ...(given && { given }), steps: withRow(source.steps, source.row) };
  const names: Names = {
    scope: {
      ...(source.row && { row: source.row }),
      unique: variable('UNIQUE'),
      target: targetValues(suite.pools[given?.pool ?? ''] ?? {}, against.values ?? {}),
    },
    before: [],
    tokenKinds: suite.tokenKinds,
  };
  const part = { test, suite, places: against, names, came: came?.steps ?? new Map() };
  const state = given ? ['', '# The state', ...stateCommands(test, given, suite, names)] : [];
  const steps = test.steps.flatMap((step, index) => ['', ...stepCommands(step, index, part)]);
  const key = steps.some((command) => command.includes('$(forge own ')) ? ['', ...keyCommands(against)] : [];
  const commands = [...key, ...state, ...steps].join('\n');
  const settings = [
    `ENDPOINT=\${ENDPOINT:-${option(against.endpoint)}}`,
    'export AWS_ACCESS_KEY_ID="${AWS_ACCESS_KEY_ID:-local}" AWS_SECRET_ACCESS_KEY="${AWS_SECRET_ACCESS_KEY:-local}"',
    `AWS_DEFAULT_REGION=\${AWS_DEFAULT_REGION:-${option(against.region ?? 'us-east-1')}}`,
    'export AWS_DEFAULT_REGION AWS_PAGER=',
    ...(/\bUNIQUE\b/.test(commands) ? ['UNIQUE=$(date +%s)'] : []),
  ].join('\n');
  const functions = functionsOf(`${settings}\n${commands}`);
  const body = [...functions, commands].join('\n');
  const programs = programsOf(body);
  const checks = programs.map((name) => `need ${name} ${word(PROGRAMS[name])}`);
  const text = ['set -eu', ...functionsOf(checks.join('\n')), ...checks, '', settings, '', body].join('\n');
  return `${[...head(test, came, programs), text].join('\n')}\n`;
}

/** What a script calls, and how to get it. */
const PROGRAMS = {
  curl: 'install the package curl, or get it from https://curl.se/download.html',
  aws: 'install the AWS CLI, such as with pip install awscli',
  node: 'install Node.js from https://nodejs.org',
};

function programsOf(body: string): (keyof typeof PROGRAMS)[] {
  return [
    'curl',
    ...(body.includes('aws ') ? ['aws' as const] : []),
    ...(body.includes('node -e') ? ['node' as const] : []),
  ];
}

const CALLED: Readonly<Record<string, string>> = { aws: 'the AWS CLI (pip install awscli)' };

function head({ id, title, level, given }: Case, came: Came | undefined, programs: readonly string[]): string[] {
  const needs = programs.map((name) => CALLED[name] ?? name);
  return [
    '#!/bin/sh',
    comment(`${id} (${level}): ${title}`),
    ...(came ? [comment(came.whole)] : []),
    comment(`Needs ${needs.join(', ')}. Against another endpoint: ENDPOINT=URL sh FILE`),
    ...(given?.triggers
      ? [
          ...stateSentences({ pool: given.pool, triggers: given.triggers }, {}).slice(1),
          'No call can set a function: a target invokes it where it was told when it was started. With the function:',
          `npx cognito-conformance run --case ${id} --target NAME`,
        ].map(comment)
      : []),
  ];
}

/** Who checks no signature takes any key for the target's own. */
function keyCommands({ signingKey }: Places): string[] {
  const reading = readingCommand(signingKey);
  if (reading !== undefined) return [`SIGNING_KEY=$(${reading})`];
  return [
    comment("The target's private key, PEM or JWK; without it tokens are signed with a new one, which serves where"),
    comment(`nobody checks signatures${plainly(whereabouts(signingKey))}`),
    'SIGNING_KEY=${SIGNING_KEY:-}',
  ];
}

/** Variables have no names in a comment. */
function plainly(text: string): string {
  return text.replaceAll(/[\u{e000}\u{e001}]/gu, '');
}

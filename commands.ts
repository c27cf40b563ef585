import { parseArgs, type ParseArgsConfig } from 'node:util';
import { SuiteError } from './engine/load.ts';
import { nearest } from './engine/nearest.ts';
import { withConfig } from './hosts/command/config.ts';
import type { Flags } from './hosts/command/flags.ts';
import { about } from './package.ts';
import { OutputError } from './reports/output.ts';
import { ManifestError } from './targets/manifest.ts';
import { TargetError } from './targets/target-error.ts';
import { UsageError } from './hosts/usage-error.ts';
import { warn } from './hosts/warn.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

interface Command {
  usage: string;
  about: string;
  /** What its own help adds. */
  details?: string;
  options: Options;
  /** What it takes besides flags, at most once each; a last one with dots may come again. */
  takes?: readonly string[];
  /** Gives the exit code. */
  run: (flags: Flags, ...words: string[]) => Promise<number>;
}

const commands: Record<string, Command> = {
  run: {
    usage: `run   [--target NAME | --endpoint URL]... [--case GLOB]... [--baseline FILE | --no-baseline]
        [--reference NAME | URL] [--write-baseline FILE | --prune] [--strict] [--reporter NAME]... [--out DIR]
        [--open] [--concurrency N] [--trace] [--record DIR] [--via NAME] [--browser FILE] [--quiet | --verbose] [--json]
        [--config FILE]
  cognito-conformance run   --target aws --account ID --region NAME [--quota CATEGORY=N]... [--yes] ...`,
    about: 'judges targets by the cases',
    details: `  --target NAME          a target that comes with the package, the path of a manifest, or replay:DIR,
                         a recording that answers in place of a target; or aws, a real account
  --endpoint URL         any endpoint, without a manifest
  --reference NAME | URL what stands behind a proxy: the same cases go through both, and what is judged is only
                         where an answer of the target differs from that of the reference
  --case GLOB            only these cases; * is any text, an id selects its rows too
  --baseline FILE        known differences; without it those that the manifest names
  --no-baseline          nothing is known: every difference is told
  --write-baseline FILE  drafts the known differences from this run
  --prune                takes out of the baseline what passes now, and moves entries of cases that have another id now
  --strict               a warning counts as a difference
  --reporter NAME        terminal (unless told), markdown, html, json, junit, github, badge
  --out DIR              keeps results.json, and what reporters write
  --open                 writes the HTML report and opens it in a browser
  --concurrency N        cases at a time; 8, or what the manifest says; 32 for aws
  --trace                keeps the exchanges of passing cases too
  --record DIR           keeps every exchange without its secrets, to be replayed (--target replay:DIR) and compared;
                         a new folder
  --via NAME             what the steps of cases go through: wire (unless told), sdk (the AWS SDK), or browser (fetch in a
                         page of a Chromium, on another origin); cases that it cannot send are skipped
  --browser FILE         that Chromium; without it CHROMIUM_PATH, one on the PATH, or Playwright's own
  --quiet                no progress, and of each target one line and what somebody has to act on
  --verbose              each case as it ends, and everything that differs in full
  --json                 the results on standard output, and nothing else there; --reporter json beside others
  --config FILE          flags as members of a JSON file; without it cognito-conformance.config.json, if there is one.
                         Flags win, and its paths are of its own folder

--target aws makes pools and users in an account of yours, and deletes them: docs/real-cognito.md leads there. Its
credentials are of the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN.

  --account ID           that account, in twelve digits; credentials of another one are refused
  --region NAME          the region in it
  --quota CATEGORY=N     requests a second where an account has another quota than Amazon gives, or shall use less of it
  --yes                  begins without asking; the plan is shown all the same

Exits 0 if the targets conform or differ only as known, 1 if they do not, 3 if something could not be judged,
2 on wrong use, 130 when interrupted. With --reference: 0 if no answer differs, 1 if one does; what both sides get
wrong alike is not held against the target.`,
    options: {
      target: { type: 'string', multiple: true },
      endpoint: { type: 'string', multiple: true },
      reference: { type: 'string' },
      case: { type: 'string', multiple: true },
      baseline: { type: 'string' },
      'no-baseline': { type: 'boolean' },
      'write-baseline': { type: 'string' },
      prune: { type: 'boolean' },
      strict: { type: 'boolean' },
      reporter: { type: 'string', multiple: true },
      out: { type: 'string' },
      open: { type: 'boolean' },
      concurrency: { type: 'string' },
      trace: { type: 'boolean' },
      record: { type: 'string' },
      account: { type: 'string' },
      region: { type: 'string' },
      quota: { type: 'string', multiple: true },
      yes: { type: 'boolean' },
      via: { type: 'string' },
      browser: { type: 'string' },
      quiet: { type: 'boolean' },
      verbose: { type: 'boolean' },
      json: { type: 'boolean' },
      config: { type: 'string' },
    },
    run: async (flags) => (await import('./hosts/command/run.ts')).runCommand(flags),
  },
  compare: {
    usage: 'compare A.json B.json [--reporter NAME] [--strict] [--json]',
    about: 'two targets or two dates: what is newly broken, fixed or out of scope in B, and what is answered otherwise',
    details: `  --reporter NAME        terminal (unless told), markdown, json
  --strict               a warning counts as a difference
  --json                 the comparison on standard output, and nothing else there

Verdicts are compared whatever baselines say: what is known differs too. Answers are compared where both files hold the
exchanges of all cases, written with --trace, --record or --reference; a folder that --record has written may stand in
place of a file. What has to differ there does not count: ids, as long as the
same one stays the same, dates, tokens and codes, and header fields that every hop writes for itself.

Exits 1 if something is newly broken, differs for another reason, or is answered otherwise; else 0, 3 if there was
nothing to compare, 2 on wrong use.`,
    options: {
      reporter: { type: 'string', multiple: true },
      strict: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    takes: ['A.json', 'B.json'],
    run: async (flags, ...files) => (await import('./hosts/command/compare.ts')).compareCommand(flags, files),
  },
  report: {
    usage: 'report FILE... [--reporter NAME]... [--out DIR] [--open] [--strict] [--quiet | --verbose] [--json]',
    about:
      'files that run --out or Playwright has written: shards of a run as one report, several targets or dates as a matrix',
    details: `  --reporter NAME        terminal (unless told), markdown, html, json, junit, github, badge
  --out DIR              keeps the joined results.json, and what reporters write
  --open                 writes the HTML report and opens it in a browser
  --strict               a warning counts as a difference
  --quiet                of each target one line and what somebody has to act on
  --verbose              everything that differs in full
  --json                 the results on standard output, and nothing else there; --reporter json beside others

Files of a target that judged the same case are of two dates. What they lack is said: a shard, the end of a run, cases
of one suite. Exits as run does; 3 also where a shard is missing.`,
    options: {
      reporter: { type: 'string', multiple: true },
      out: { type: 'string' },
      open: { type: 'boolean' },
      strict: { type: 'boolean' },
      quiet: { type: 'boolean' },
      verbose: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    takes: ['FILE...'],
    run: async (flags, ...files) => (await import('./hosts/command/report.ts')).reportCommand(flags, files),
  },
  list: {
    usage: 'list  [--case GLOB]... [--coverage | --lonely] [--json]',
    about: 'the cases, and on whose observation they rest',
    details: `  --case GLOB            only these cases; * is any text, an id selects its rows too
  --coverage             instead: operations, declared errors, input constraints, statements of the API reference
                         and evidence, each covered by cases, excluded with its reason, or open
  --lonely               only the cases that no shipped target but our mock has passed
  --json                 the same as JSON, and more of it`,
    options: {
      case: { type: 'string', multiple: true },
      coverage: { type: 'boolean' },
      lonely: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    run: async (flags) => (await import('./hosts/command/list.ts')).listCommand(flags),
  },
  explain: {
    usage: 'explain ID [--script]',
    about: 'a case in words: what it sends and expects, what it rests on, how to run it, with and without the suite',
    details: `  --script               only the shell script of aws and curl commands that does the same by hand`,
    options: {
      script: { type: 'boolean' },
    },
    takes: ['ID'],
    run: async (flags, id) => (await import('./hosts/command/explain.ts')).explainCommand(flags, id),
  },
  init: {
    usage: 'init  --endpoint URL [--out FILE]',
    about: 'asks an endpoint what it can do, and drafts its manifest',
    details: `  --endpoint URL         what answers there is asked; a pool, a client and a user are made and deleted again
  --out FILE             the manifest to write, <host>-<port>.json unless told; one that is there is left alone

Prints what was inferred, and from which answer. Exits 0 if the manifest was written, 3 if the endpoint cannot be
judged, 2 on wrong use.`,
    options: {
      endpoint: { type: 'string', multiple: true },
      out: { type: 'string' },
    },
    run: async (flags) => (await import('./hosts/command/init.ts')).initCommand(flags),
  },
  aws: {
    usage: `aws   plan [--case GLOB]... [--quota CATEGORY=N]... [--json]
  cognito-conformance aws   sweep --account ID --region NAME [--run ID | --older-than AGE] [--yes] [--json]`,
    about:
      'what a run in a real AWS account would make, send, take, cost and need; and what runs have left behind there',
    details: `  plan                   pools, clients, users and calls, what the request quotas make of them in time, what it costs
                         in active users, which cases need the fixed parts, and the IAM policy that a run needs.
                         Calls are counted by running the cases on the mock: no credentials, nothing leaves this computer
  --case GLOB            only these cases; * is any text, an id selects its rows too
  --quota CATEGORY=N     requests a second where an account has another quota than Amazon gives, or shall use less of it

  sweep                  shows the pools that runs have left behind, and asks before it deletes them. A pool is a run's if
                         its name and its tags say so; nothing else is touched
  --account ID           the account, in twelve digits; credentials of another one are refused
  --region NAME          the region that is swept
  --run ID               only the pools of this run, whatever their age
  --older-than AGE       what is old enough to be no run's that is going on, in m, h or d; 3h unless told
  --yes                  deletes without asking

  --json                 the same as JSON, and more of it; sweep asks nothing then

Exits 0, or 2 on wrong use. sweep exits 2 too where it shows pools and nobody can be asked, and 3 where a pool is left
or the account cannot be read.`,
    options: {
      case: { type: 'string', multiple: true },
      quota: { type: 'string', multiple: true },
      account: { type: 'string' },
      region: { type: 'string' },
      run: { type: 'string' },
      'older-than': { type: 'string' },
      yes: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    takes: ['plan | sweep'],
    run: async (flags, action) => (await import('./hosts/command/aws.ts')).awsCommand(flags, action),
  },
  mock: {
    usage: `mock  [--port N] [--host ADDRESS] [--state FILE] [--lambda-endpoint URL] [--fault NAME]...
        [--as-aws [--quotas FILE]]`,
    about: 'serves the mock to any client in any language, until it is ended',
    details: `  --port N               a free one unless told
  --host ADDRESS         127.0.0.1 unless told
  --state FILE           pools, clients and users that are there from the beginning; docs/mock.md shows one
  --lambda-endpoint URL  where the functions in a pool's LambdaConfig are invoked (CustomMessage); without it none is
  --fault NAME           is wrong in this way, to see who notices; docs/faults.md lists them; repeatable
  --as-aws               stands before it what stands before Cognito: only who signs with the keys of the environment
                         (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN) is known; docs/mock.md says more
  --quotas FILE          refuses what comes faster, such as targets/aws/quotas.json says; without it nothing is too fast

Prints its address when it listens. GET /_mock/messages/<UserPoolId>/<Username> lists the
codes it would have sent, the newest first; GET /_mock/keys is the key that it signs tokens with.
An operation that it lacks is told on standard error when it is called first.`,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      state: { type: 'string' },
      'lambda-endpoint': { type: 'string' },
      fault: { type: 'string', multiple: true },
      'as-aws': { type: 'boolean' },
      quotas: { type: 'string' },
    },
    run: async (flags) => (await import('./hosts/command/mock.ts')).mockCommand(flags),
  },
};

/** Does what the words of a command line ask for, and gives the exit code. */
export async function main([name = '', ...words]: string[]): Promise<number> {
  if (['--help', '-h', 'help'].includes(name)) return say(help());
  if (['--version', '-v'].includes(name)) return say(`${about.name} ${about.version}`);
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw unknownCommand(name);
    if (words.includes('--help') || words.includes('-h'))
      return say([`${about.name} ${command.usage}`, command.about, command.details].filter(Boolean).join('\n\n'));
    const { flags, taken } = parse(name, command, words);
    return await command.run(command.options['config'] ? withConfig(flags, command) : flags, ...taken);
  } catch (error) {
    if (isOfUse(error)) {
      warn(error.message);
      return 2;
    }
    // A fault of ours judges nobody.
    console.error(error);
    return 3;
  }
}

/** The flags, and the words that a command may take besides. */
function parse(name: string, { options, takes = [] }: Command, words: string[]): { flags: Flags; taken: string[] } {
  const flags = Object.keys(options).map((flag) => `--${flag}`);
  const allowed = [...flags, ...takes];
  const { tokens } = parseArgs({ args: words, options, strict: false, tokens: true, allowPositionals: true });
  const taken: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (taken.length === takes.length && !takes.at(-1)?.endsWith('...'))
        throw new UsageError(`${name} takes no "${token.value}"; it takes ${allowed.join(', ')}`);
      taken.push(token.value);
      continue;
    }
    if (token.kind !== 'option') continue;
    const option = options[token.name];
    if (!option || !token.rawName.startsWith('--')) throw unknownFlag(name, token.rawName, flags);
    const wantsValue = option.type === 'string';
    const isFlag = !token.inlineValue && token.value?.startsWith('--');
    if (wantsValue && (!token.value || isFlag))
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} VALUE`);
    if (!wantsValue && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`);
  }
  const { values } = parseArgs({ args: words, options, strict: false });
  return { flags: values, taken };
}

function unknownFlag(command: string, flag: string, allowed: string[]): UsageError {
  const near = nearest(flag, allowed);
  return new UsageError(
    `${command} has no ${flag}; it has ${allowed.join(', ')}.${near ? ` Did you mean ${near}?` : ''}`,
  );
}

function unknownCommand(name: string): UsageError {
  if (name === '') return new UsageError(help());
  const names = Object.keys(commands);
  const near = nearest(name, names);
  return new UsageError(
    `no command "${name}"; there are ${names.join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`,
  );
}

function isOfUse(error: unknown): error is Error {
  return [UsageError, SuiteError, ManifestError, OutputError, TargetError].some((kind) => error instanceof kind);
}

function say(text: string): number {
  console.log(text);
  return 0;
}

function help(): string {
  const lines = Object.values(commands).map(({ usage, about: what }) => `  ${about.name} ${usage}\n      ${what}`);
  return `${about.name} ${about.version}: does it behave as Amazon Cognito does?\n\n${lines.join('\n\n')}`;
}

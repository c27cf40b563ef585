import { accessSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSuite } from '../../engine/load.ts';
import type { Inference } from '../../engine/result.ts';
import { about, packageRoot } from '../../package.ts';
import { columns, pad, wrap } from '../../reports/columns.ts';
import { plain } from '../../reports/plain.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { discoverEndpoint, type DiscoveredEndpoint } from '../discover-endpoint.ts';
import { endpointManifest, openTarget } from '../open-target.ts';
import { UsageError } from '../usage-error.ts';
import { warn } from '../warn.ts';
import { text, texts, type Flags } from './flags.ts';
import { terminalWidth } from './terminal-width.ts';

const UNJUDGED = 3;

/** `init`: asks an endpoint what it can do, and drafts its manifest. */
export async function initCommand(flags: Flags): Promise<number> {
  const [endpoint, ...more] = texts(flags['endpoint']);
  if (endpoint === undefined || more.length > 0) {
    throw new UsageError('init needs one endpoint: init --endpoint URL, such as http://127.0.0.1:9229');
  }
  const bare = endpointManifest(endpoint);
  const file = text(flags['out']) ?? `${bare.name}.json`;
  // Before anything is asked of the endpoint.
  refuse(file);
  const name = nameIn(file) ?? bare.name;

  const open = await openTarget(bare);
  try {
    const found = await discoverEndpoint(bare, open.target, loadSuite(packageRoot, about));
    if (typeof found === 'string') {
      warn(`no manifest was written: ${found}`);
      return UNJUDGED;
    }
    write(file, draft({ ...bare, name }, file, found));
    console.log(said(file, endpoint, found));
    return 0;
  } finally {
    await open.close();
  }
}

function refuse(file: string): void {
  if (!file.endsWith('.json')) throw new UsageError(`--out "${file}" must end in .json, as manifests do`);
  if (existsSync(file)) throw new UsageError(`${file} is there already; name another file with --out`);
  const folder = dirname(resolve(file));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${file} cannot be written: there is no folder ${folder}`);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UsageError(`${file} cannot be written: ${folder} may not be written to`);
  }
}

/** The manifest's name: that of its file, where it can be. */
function nameIn(file: string): string | undefined {
  const name = basename(file, '.json').toLowerCase();
  return /^[a-z0-9][a-z0-9-]*$/.test(name) ? name : undefined;
}

function draft(bare: Manifest, file: string, { places, discovery }: DiscoveredEndpoint): object {
  const { bare: _, region, start, values, name, formatVersion } = bare;
  const { codes, messages } = places;
  const means = [codes && 'codes', messages && 'messages', discovery.forgedTokens && 'forged-tokens'];
  return {
    ...schemaFrom(file),
    formatVersion,
    name,
    about: `What answers at ${'url' in start ? start.url : name}; drafted by cognito-conformance ${about.version}.`,
    start,
    region,
    // Never those of the environment: the file is there to be shared.
    credentials: { accessKeyId: 'conformance', secretAccessKey: 'conformance' },
    values,
    features: [...discovery.served, ...means.filter((one) => typeof one === 'string')],
    ...places,
    quirks: discovery.inferences.map(({ what, inferred, from }) => ({ what: `${what}: ${inferred}`, why: from })),
  };
}

/** For completion in an editor, where the schema lies below the folder of the manifest and will stay there. */
function schemaFrom(file: string): { $schema?: string } {
  const schema = fileURLToPath(new URL('targets/manifest.schema.json', packageRoot));
  const path = relative(dirname(resolve(file)), schema)
    .split(sep)
    .join('/');
  return path.startsWith('..') ? {} : { $schema: `./${path}` };
}

function write(file: string, manifest: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`);
  }
}

function said(file: string, endpoint: string, { discovery, places }: DiscoveredEndpoint): string {
  const path = /[/\\]/.test(file) ? file : `./${file}`;
  const missing = (['codes', 'messages', 'signingKey'] as const).filter((member) => places[member] === undefined);
  const told = missing.filter((member) => member !== 'signingKey' || !discovery.forgedTokens);
  return [
    `${file} says what was found at ${endpoint}`,
    '',
    ...table(discovery.inferences),
    '',
    'Next:',
    `  npx cognito-conformance run --target ${path}`,
    `  npx cognito-conformance run --target ${path} --write-baseline ${path.replace(/\.json$/, '')}.known-failures.json`,
    '    then name that file as "baseline" in the manifest: what is known is not held against the target',
    ...(told.length > 0
      ? [
          `  ${told.map((member) => `"${member}"`).join(', ')} in the manifest, where there is a way to read them: fewer cases are skipped`,
        ]
      : []),
    '  "start" as a command, instead of a URL, if the run is to start the target itself',
  ].join('\n');
}

/** Three columns, the last two broken to fit. */
function table(inferences: readonly Inference[]): string[] {
  const rows = [{ what: 'what', inferred: 'inferred', from: 'from which answer' }, ...inferences].map(
    ({ what, inferred, from }) => [plain(what), plain(inferred), plain(from)] as const,
  );
  const first = Math.max(...rows.map(([what]) => columns(what))) + 2;
  const second = Math.min(36, Math.max(...rows.map(([, inferred]) => columns(inferred)))) + 2;
  const third = Math.max(24, Math.min(120, terminalWidth()) - first - second);
  return rows.flatMap(([what, inferred, from]) => {
    const [middle, right] = [wrap(inferred, second - 2), wrap(from, third)];
    const height = Math.max(middle.length, right.length);
    return Array.from({ length: height }, (_, line) =>
      `${pad(line === 0 ? what : '', first)}${pad(middle[line] ?? '', second)}${right[line] ?? ''}`.trimEnd(),
    );
  });
}

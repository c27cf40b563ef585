import { readdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { whyUnread } from './why-unread.ts';

/** Whom the cases are run against; `manifest.schema.json` says what each member means. */
export interface Manifest {
  formatVersion: 1;
  name: string;
  about: string;
  selfTest?: boolean;
  /** Of no file: an endpoint alone, of which all is to be found out. */
  bare?: true;
  start: Start;
  /** Where signed calls go, and what the run reads by path, if not to where users call; without a slash at its end. */
  admin?: string;
  ready?: { path: string; withinMs?: number };
  version?: Version;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  values: Readonly<Record<string, string>>;
  /** Pools that are there already, by the names of `fixtures/pools.json`. */
  pools?: Readonly<Record<string, ExistingPool>>;
  /** Operations and means that it claims to have; absent where all is found out by asking. */
  features?: readonly string[];
  codes?: CodePlace;
  messages?: MessagePlace;
  /** It invokes the functions that the run serves at `$FUNCTIONS`. */
  triggers?: true;
  signingKey?: Place;
  /** Absolute once the manifest is loaded. */
  baseline?: string;
  /** Asked with POST once the target answers. */
  reset?: string;
  concurrency?: number;
  keepAlive?: boolean;
  quirks?: readonly { what: string; why: string }[];
}

export interface ExistingPool {
  UserPoolId: string;
  ClientId: string;
  clients?: readonly { ClientId: string; settings: { [member: string]: Json } }[];
}

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

/** A replay is of no file, but the folder of a recording; neither is an account. */
export type Start =
  | { mock: 'in-process' | 'served' }
  | { command: Command }
  | { image: Image }
  | { url: string }
  | { replay: string }
  | { aws: AwsAccount };

/** A real one, and the run in it. */
export interface AwsAccount {
  /** Twelve digits. */
  account: string;
  region: string;
  /** Eight letters and digits. */
  runId: string;
}

export type Command = (
  { program: string; virtualEnvironment?: string } | { script: { package: string; file: string } }
) & {
  args?: readonly string[];
  environment?: Readonly<Record<string, string | null>>;
  files?: Readonly<Record<string, unknown>>;
  install?: string;
};

export interface Image {
  name: string;
  port: number;
  args?: readonly string[];
  environment?: Readonly<Record<string, string>>;
  /** The container's path of the folder that it shares with the run. */
  folder?: string;
  files?: Readonly<Record<string, unknown>>;
  install?: string;
}

export type Version = (
  | { package: string }
  | { run: readonly [program: string, ...args: string[]] }
  | { label: string }
  | { get: string; pointer: string }
) & {
  pinned?: string;
};

/** A value of JSON where there is a pointer, else a text; with a pattern, what it matches there. */
export type Place = ({ file: string; package?: string } | { get: string }) & { pointer?: string; pattern?: string };

/** Always the same; what matches in the output of a command or in the mails that the run got; in an event of a function. */
export type CodePlace =
  Place | { fixed: string } | { output: string } | { mail: string } | { trigger: string; pointer: string };

/** A list of objects, or what matches in the output of a command, each with `to` and perhaps `medium`; or the mails. */
export type MessagePlace = Place | { output: string } | { mail: true };

/** A manifest that is not there or not valid: wrong use, unlike a target that fails. */
export class ManifestError extends Error {
  override name = 'ManifestError';
}

/** Reads one of the package's targets by its name, or any manifest by its path. Throws a `ManifestError`. */
export async function loadManifest(nameOrPath: string, packageRoot: URL | string): Promise<Manifest> {
  const file = await manifestFile(nameOrPath, packageRoot);
  const validate = await manifestValidator(packageRoot);
  const manifest = parse(await read(file), file);
  if (!validate(manifest)) {
    const errors = (validate.errors ?? []).filter(({ schemaPath }) => !/\/(oneOf|anyOf)\/\d/.test(schemaPath));
    throw new ManifestError(errors.map((error) => `${file}: ${describe(error)}`).join('\n'));
  }
  const problems = [...placeProblems(manifest), ...imageProblems(manifest), ...doorProblems(manifest)];
  if (problems.length > 0) throw new ManifestError(problems.map((problem) => `${file}: ${problem}`).join('\n'));
  const here = dirname(file);
  if (manifest.baseline !== undefined) manifest.baseline = resolve(here, manifest.baseline);
  if (manifest.admin !== undefined) manifest.admin = manifest.admin.replace(/\/+$/, '');
  return { ...manifest, start: placed(manifest.start, here) };
}

/** What the schema cannot say: that something is read of one user, and that functions are known to who invokes them. */
function placeProblems({ codes, messages, triggers, start }: Manifest): string[] {
  const ofUsers = Object.entries({ codes, messages }).flatMap(([name, place]) => {
    if (place === undefined || !('file' in place || 'get' in place || 'output' in place)) return [];
    const text = Object.values(place).join(' ');
    const strange = [...text.matchAll(/\$\{(\w+)\}/g)]
      .map(([, found = '']) => found)
      .filter((found) => !OWNER.includes(found));
    return [
      ...strange.map((found) => `/${name}: has \${${found}}; there are \${UserPoolId} and \${Username}`),
      ...(text.includes('${Username}') ? [] : [`/${name}: lacks \${Username}: it is to be read of one user`]),
    ];
  });
  const starts = JSON.stringify(start);
  const started = 'command' in start || 'image' in start;
  const told = 'mock' in start || (started && starts.includes('$FUNCTIONS'));
  const mailed = [codes, messages].some((place) => place && 'mail' in place);
  return [
    ...ofUsers,
    ...strayProblems(codes),
    ...expressionProblems('/codes', codes),
    ...expressionProblems('/messages', messages),
    ...(codes && 'trigger' in codes && !triggers
      ? ['/codes: come from a trigger, and "triggers" is not declared']
      : []),
    ...(mailed !== starts.includes('$SMTP_PORT')
      ? [
          mailed
            ? '/start: lacks $SMTP_PORT, where the run receives the mails that are to be read'
            : '/start: has $SMTP_PORT, and neither "codes" nor "messages" are read of mails',
        ]
      : []),
    ...(triggers && !told
      ? ['/triggers: nothing in "start" tells the target of $FUNCTIONS, where its functions are']
      : []),
    ...(!triggers && told && started ? ['/start: has $FUNCTIONS, and "triggers" is not declared'] : []),
  ];
}

/** What is read or written in the folder of a container needs one, and only an image has labels. */
function imageProblems({ codes, messages, signingKey, start, version }: Manifest): string[] {
  const image = 'image' in start ? start.image : undefined;
  const read = Object.entries({ codes, messages, signingKey }).flatMap(([name, place]) =>
    place !== undefined && 'file' in place && !place.package ? [`/${name}/file`] : [],
  );
  const written = Object.keys(image?.files ?? {}).filter((path) => !isAbsolute(path));
  const shared = [...read, ...written.map((path) => `/start/image/files/${path}`)];
  return [
    ...(image !== undefined && image.folder === undefined
      ? shared.map((at) => `${at}: is in the folder of the target; /start/image/folder must name it`)
      : []),
    ...(version && !('get' in version) && 'label' in version !== (image !== undefined)
      ? ['/version: "label" is read of an image, "package" and "run" of a command']
      : []),
  ];
}

/** Base URLs, of servers that are asked by HTTP. */
function doorProblems({ admin, start }: Manifest): string[] {
  const of = 'url' in start ? baseProblems('/start/url', start.url) : [];
  if (admin === undefined) return of;
  if ('mock' in start) return ['/admin: the mock has one door; "admin" goes with a url, a command or an image'];
  return [...of, ...baseProblems('/admin', admin)];
}

function baseProblems(at: string, text: string): string[] {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBase = url && /^https?:$/.test(url.protocol) && !(url.username || url.password || url.search || url.hash);
  const wanted = 'an http or https URL without user name, password, query and fragment, such as http://127.0.0.1:9229';
  return isBase ? [] : [`${at}: ${JSON.stringify(text)} is not ${wanted}`];
}

const OWNER = ['UserPoolId', 'Username'];

/** Members that say more of a file or an answer of the target, beside something else. */
function strayProblems(codes: CodePlace = { fixed: '' }): string[] {
  if ('file' in codes || 'get' in codes) return [];
  const stray = 'trigger' in codes ? ['pattern'] : ['pointer', 'pattern'];
  return stray.filter((member) => member in codes).map((member) => `/codes/${member}: goes with file or get alone`);
}

/** Every expression of a place is one, and an output shows by a group what is read of it. */
function expressionProblems(name: string, place: CodePlace | MessagePlace | undefined): string[] {
  const group = name === '/codes' ? 'code' : 'to';
  return ['output', 'mail', 'pattern'].flatMap((member) => {
    const expression: unknown = (place as Record<string, unknown> | undefined)?.[member];
    if (typeof expression !== 'string') return [];
    try {
      new RegExp(expression, 'g');
      const named = member === 'pattern' || expression.includes(`(?<${group}>`);
      return named ? [] : [`${name}/${member}: lacks a group named ${group}, "(?<${group}>...)"`];
    } catch (error) {
      return [`${name}/${member}: ${(error as Error).message}`];
    }
  });
}

/** `$HERE` is the folder of the manifest. */
function placed(start: Start, here: string): Start {
  return JSON.parse(JSON.stringify(start).replaceAll('$HERE', () => JSON.stringify(here).slice(1, -1))) as Start;
}

/** The names of the targets that the package brings along. */
export async function targetNames(packageRoot: URL | string): Promise<string[]> {
  const files = await readdir(new URL('targets/', folderUrl(packageRoot)));
  return files.flatMap((file) => /^([a-z0-9-]+)\.json$/.exec(file)?.[1] ?? []).sort();
}

/** A folder as a URL that relative names can be resolved against. */
export function folderUrl(folder: URL | string): URL {
  const url = typeof folder === 'string' && !folder.startsWith('file:') ? pathToFileURL(folder) : new URL(folder);
  return url.href.endsWith('/') ? url : new URL(`${url.href}/`);
}

async function manifestFile(nameOrPath: string, packageRoot: URL | string): Promise<string> {
  if (/[/\\]|\.json$/.test(nameOrPath)) return resolve(nameOrPath);
  const names = await targetNames(packageRoot);
  if (names.includes(nameOrPath)) return fileURLToPath(new URL(`targets/${nameOrPath}.json`, folderUrl(packageRoot)));
  throw new ManifestError(`no target "${nameOrPath}"; there are ${names.join(', ')}, or the path of a manifest`);
}

async function manifestValidator(packageRoot: URL | string): Promise<ValidateFunction<Manifest>> {
  const schema = await readFile(new URL('targets/manifest.schema.json', folderUrl(packageRoot)), 'utf8');
  // Used once: to make it faster takes longer than it saves.
  const code = { optimize: false };
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strictRequired: false, validateSchema: false, code });
  return ajv.compile<Manifest>(JSON.parse(schema) as object);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ManifestError(`${file}: ${whyUnread(error)}; name a target or the path of its manifest`);
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ManifestError(`${file}: is not JSON: ${(error as Error).message}`);
  }
}

/** Where, what was found and what is allowed. */
function describe({ instancePath, keyword, params, schema, parentSchema, data, message }: ErrorObject): string {
  const found = JSON.stringify(data);
  const members = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {}).filter(
    (name) => name !== '$schema',
  );
  switch (keyword) {
    case 'additionalProperties': {
      const member = String(params['additionalProperty']);
      return `${instancePath}/${member}: is unknown; there are ${members.join(', ')}`;
    }
    case 'required':
    case 'dependentRequired':
      return `${instancePath}/${params['missingProperty']}: is missing`;
    case 'minProperties':
    case 'maxProperties':
      return `${instancePath}: has ${found}; needs exactly one of ${members.join(', ')}`;
    case 'oneOf':
      return `${instancePath}: has ${found}; needs exactly one of ${alternatives(schema, 'required')}`;
    case 'anyOf':
      return `${instancePath}: is ${found}; must be one of ${alternatives(schema, 'type')}`;
    case 'enum':
      return `${instancePath}: is ${found}; must be one of ${(params['allowedValues'] as string[]).join(', ')}`;
    case 'const':
      return `${instancePath}: is ${found}; must be ${JSON.stringify(params['allowedValue'])}`;
    default:
      return `${instancePath === '' ? '' : `${instancePath}: `}is ${found}; ${message}`;
  }
}

function alternatives(schemas: unknown, member: 'required' | 'type'): string {
  return (schemas as Record<string, string | string[]>[]).flatMap((schema) => schema[member] ?? []).join(', ');
}

import { nearest } from '../../engine/nearest.ts';
import { packageRoot } from '../../package.ts';
import { targetNames, type Manifest } from '../../targets/manifest.ts';
import { manifestOf } from '../open-target.ts';
import { awsManifest, refuseAwsFlags } from '../aws/choose.ts';
import { UsageError } from '../usage-error.ts';
import { texts, type Flags } from './flags.ts';

/** A real account: no file describes it. */
const AWS = 'aws';

/** The manifests that `--target` and `--endpoint` name. Throws a `UsageError`. */
export async function chooseTargets(flags: Flags): Promise<Manifest[]> {
  const names = await targetNames(packageRoot);
  const targets = texts(flags['target']);
  const endpoints = texts(flags['endpoint']);
  if (targets.length + endpoints.length === 0) {
    throw new UsageError(`run needs a target: --target NAME (${allowed(names)}) or --endpoint URL`);
  }
  for (const name of targets) if (name !== AWS && replayed(name) === undefined) requireKnown(name, names);
  if (targets.includes(AWS)) return [awsManifest(flags)];
  refuseAwsFlags(flags);
  const chosen = targets.map((name) => {
    const replay = replayed(name);
    return replay === undefined ? { name } : { replay };
  });
  const choices = [...chosen, ...endpoints.map((endpoint) => ({ endpoint }))];
  const manifests = await Promise.all(choices.map(manifestOf));
  const twice = manifests.find(({ name }, index) => manifests.some((other, at) => at < index && other.name === name));
  if (twice) throw new UsageError(`the target "${twice.name}" is named twice`);
  return manifests;
}

/** The folder of `replay:DIR`. */
function replayed(name: string): string | undefined {
  return /^replay:(.*)$/s.exec(name)?.[1];
}

/** Throws a `UsageError` where a name is of no target that there is. */
export async function requireKnownTarget(name: string): Promise<void> {
  requireKnown(name, await targetNames(packageRoot));
}

/** A name is of the package's own targets; anything with a slash or `.json` is the path of a manifest. */
function requireKnown(name: string, names: string[]): void {
  if (/[/\\]|\.json$/.test(name) || names.includes(name)) return;
  const near = nearest(name, [...names, AWS]);
  throw new UsageError(`no target "${name}"; ${allowed(names)}.${near ? ` Did you mean "${near}"?` : ''}`);
}

function allowed(names: string[]): string {
  return `there are ${names.join(', ')}, ${AWS}, the path of a manifest, or replay:DIR`;
}

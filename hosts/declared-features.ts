import { readFileSync } from 'node:fs';
import { MEANS } from '../engine/features.ts';
import { nearest } from '../engine/nearest.ts';
import { packageRoot } from '../package.ts';
import { ManifestError, type Manifest } from '../targets/manifest.ts';

/** Where the means of `features` are told how. Forged tokens need nothing where no signature is checked. */
const MEMBERS = ['codes', 'messages', 'triggers'] as const;

/** What a manifest claims, its members included: who says where codes are read need not list them too. */
export function featuresOf({ features, codes, messages, triggers, signingKey }: Manifest): string[] | undefined {
  if (!features) return undefined;
  const told = { codes, messages, triggers, 'forged-tokens': signingKey };
  return [...new Set([...features, ...MEANS.filter((means) => told[means] !== undefined)])];
}

/** Throws a `ManifestError` where `features` names what there is not, or what nothing says how to read. */
export function requireFeatures(manifest: Manifest): Manifest {
  const { features = [], name } = manifest;
  if (features.length === 0) return manifest;
  const there = [...operations(), ...MEANS];
  const problems = features.flatMap((feature) => {
    if (!there.includes(feature)) {
      const near = nearest(feature, there);
      const advice = near ? `Did you mean "${near}"?` : `there are ${there.join(', ')}`;
      return [`no operation or means "${feature}" of the suite. ${advice}`];
    }
    const member = MEMBERS.find((means) => means === feature);
    return member === undefined || manifest[member] !== undefined
      ? []
      : [`has "${member}", and no member "${member}" says how`];
  });
  if (problems.length === 0) return manifest;
  throw new ManifestError(problems.map((problem) => `target ${name}: /features: ${problem}`).join('\n'));
}

function operations(): string[] {
  const text = readFileSync(new URL('specs/operations.json', packageRoot), 'utf8');
  return Object.keys((JSON.parse(text) as { operations: object }).operations);
}

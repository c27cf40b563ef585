import { readFileSync } from 'node:fs';
import { nearest } from '../engine/nearest.ts';
import { packageRoot } from '../package.ts';
import { ManifestError, type Manifest } from '../targets/manifest.ts';

/** Throws a `ManifestError` where `pools` names what no case asks for. */
export function requirePools(manifest: Manifest): Manifest {
  const names = Object.keys(manifest.pools ?? {});
  if (names.length === 0) return manifest;
  const text = readFileSync(new URL('fixtures/pools.json', packageRoot), 'utf8');
  const there = Object.keys((JSON.parse(text) as { pools: object }).pools);
  const problems = names
    .filter((name) => !there.includes(name))
    .map((name) => {
      const near = nearest(name, there);
      const advice = near ? `Did you mean "${near}"?` : `there are ${there.join(', ')}`;
      return `target ${manifest.name}: /pools: no pool "${name}" in fixtures/pools.json. ${advice}`;
    });
  if (problems.length === 0) return manifest;
  throw new ManifestError(problems.join('\n'));
}

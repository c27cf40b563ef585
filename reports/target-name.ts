import type { Report, Run } from '../engine/result.ts';

export const selfTest = 'a self-test: proves nothing about Cognito';

/** `moto 5.2.1`; of a self-test also that it is one, and where it was not the bare wire, through what it was asked. */
export function targetName(target: Report['target'], via?: Run['via']): string {
  const name = shortName(target, via);
  return target.selfTest === true ? `${name} (${selfTest})` : name;
}

export function shortName({ name, version }: Report['target'], via: Run['via'] = 'wire'): string {
  const whole = version === undefined ? name : `${name} ${version}`;
  return via === 'wire' ? whole : `${whole} via ${via}`;
}

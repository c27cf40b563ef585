import type { Report, Run } from '../engine/result.ts';

export const selfTest = 'a self-test: proves nothing about Cognito';

/** `moto 5.2.1`, or what else tells it from others; of a self-test also that it is one. */
export function targetName(target: Report['target'], name = shortName(target)): string {
  return target.selfTest === true ? `${name} (${selfTest})` : name;
}

export function shortName({ name, version }: Report['target'], via: Run['via'] = 'wire'): string {
  const whole = version === undefined ? name : `${name} ${version}`;
  return via === 'wire' ? whole : `${whole} via ${via}`;
}

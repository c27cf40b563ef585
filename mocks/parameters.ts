import { invalidParameter } from './errors.ts';

/** What a flow or a challenge is given, by name. */
export type Parameters = Readonly<Record<string, string>>;

export function parameter(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

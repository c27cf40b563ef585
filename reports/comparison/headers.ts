import type { StepRecord } from '../../engine/result.ts';
import type { Difference } from './difference.ts';
import type { Identity } from './identity.ts';

type Headers = NonNullable<StepRecord['response']>['headers'];

/**
 * Fields that every hop writes for itself or may write anew: those of the connection and the framing (RFC 9110, 7.6.1
 * and 7.8; RFC 9112), who served it, and the coding, which is undone before bodies are compared.
 */
const OWN_TO_A_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'content-encoding',
  'via',
  'server',
]);

/** Every field in which two answers differ. Order and letter case of names mean nothing in HTTP. */
export function compareHeaders(reference: Headers, target: Headers, identity: Identity): Difference[] {
  const ones = byName(reference);
  const others = byName(target);
  const names = [...new Set([...ones.keys(), ...others.keys()])].sort();
  return names.flatMap((name) => {
    const difference = compareField(name, ones.get(name), others.get(name), identity);
    return difference ? [difference] : [];
  });
}

function compareField(
  name: string,
  one: string[] | undefined,
  other: string[] | undefined,
  identity: Identity,
): Difference | undefined {
  const expected = one && `${name}: ${one.join(', ')}`;
  const came = other && `${name}: ${other.join(', ')}`;
  const differs = (cause: string): Difference => ({ cause, expected, came });
  if (!other) return differs(`header ${name} is lost`);
  if (!one) return differs(`header ${name} is added${addedBy(name)}`);
  // Every hop may say when it answered.
  if (name === 'date' || identity.same(one.join(', '), other.join(', '))) return undefined;
  if (isRepeated(one, other)) {
    return differs(`header ${name} comes more than once: the proxy adds what the upstream says already`);
  }
  if (name === 'content-type') return differs(contentType(one.join(', '), other.join(', ')));
  if (one.join(', ').toLowerCase() === other.join(', ').toLowerCase()) {
    return differs(`the value of header ${name} comes in another letter case`);
  }
  return differs(`header ${name} says something else`);
}

function addedBy(name: string): string {
  if (name === 'age' || /cache/.test(name)) return ': something between keeps answers';
  return '';
}

/** The same value again, as fields of their own or joined by commas. */
function isRepeated(one: string[], other: string[]): boolean {
  const wanted = items(one);
  const found = items(other);
  return found.length > wanted.length && found.every((item) => wanted.includes(item) || found.indexOf(item) === 0);
}

function items(values: string[]): string[] {
  return values.flatMap((value) => value.split(',')).map((item) => item.trim());
}

function contentType(one: string, other: string): string {
  const [type, ...parameters] = other.split(';').map((part) => part.trim());
  const [wanted = '', ...known] = one.split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  if (type?.toLowerCase() === wanted.toLowerCase() && charset !== undefined) {
    const verb = known.some((parameter) => /^charset=/i.test(parameter)) ? 'changed' : 'added';
    return `header content-type: a charset is ${verb} (${charset})`;
  }
  return `header content-type is ${other} instead of ${one}`;
}

/** The values of each field that is compared, in the order they came. */
function byName(headers: Headers): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const said = key === 'vary' ? withoutCoding(value) : value;
    if (OWN_TO_A_HOP.has(key) || said === undefined) continue;
    found.set(key, [...(found.get(key) ?? []), said.trim()]);
  }
  return found;
}

/** Who compresses has to say that the answer varies by it. */
function withoutCoding(vary: string): string | undefined {
  const rest = items([vary]).filter((name) => name.toLowerCase() !== 'accept-encoding');
  return rest.length === 0 ? undefined : rest.join(', ');
}

import { SerializationError } from './errors.ts';
import type { Shape } from './shape.ts';

/** Reads a request body by its shape: unknown members and nulls go, wrong JSON types are refused. */
export function decode(shape: Shape, body: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new SerializationError();
  }
  if (!isObject(json)) throw new SerializationError();
  return read(shape, json);
}

function read(shape: Shape, json: unknown): unknown {
  if (json === null || json === undefined) return undefined;
  if (Array.isArray(json)) {
    if (shape.kind !== 'list') throw new SerializationError('Start of list found where not expected');
    return json.map((member) => read(shape.member, member));
  }
  if (isObject(json)) {
    if (shape.kind === 'map') return entries(json, (name) => read({ kind: 'text' }, json[name]));
    if (shape.kind !== 'structure') {
      throw new SerializationError('Start of structure or map found where not expected.');
    }
    const { members } = shape;
    return entries(members, (name) => read(members[name] as Shape, json[name]));
  }
  if (shape.kind === 'list') throw new SerializationError('Expected list or null');
  if (shape.kind === 'structure' || shape.kind === 'map') throw new SerializationError('Expected map or null');
  return scalar(shape.kind, json);
}

const jsonTypes = { text: 'string', integer: 'number', boolean: 'boolean' };
// Cognito's own text says "an String".
const wanted = { text: 'an String', integer: 'an Integer', boolean: 'a Boolean' };
const javaTypes: Record<string, string> = {
  string: 'class java.lang.String',
  number: 'class com.amazon.coral.value.json.numbers.TruncatingBigNumber',
  boolean: 'class java.lang.Boolean',
};

function scalar(kind: keyof typeof jsonTypes, json: unknown): unknown {
  if (typeof json === jsonTypes[kind]) return json;
  // Any text is true to Cognito, also "no".
  if (kind === 'boolean' && typeof json === 'string') return true;
  throw new SerializationError(`${javaTypes[typeof json]} can not be converted to ${wanted[kind]}`);
}

function entries(names: object, value: (name: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(names)
      .map((name) => [name, value(name)] as const)
      .filter(([, read]) => read !== undefined),
  );
}

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

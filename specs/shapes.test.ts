import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('./shapes/', import.meta.url);
const { operations: known } = readJson(new URL('./operations.json', import.meta.url)) as { operations: object };
const operations = Object.keys(known);
const sdk = cognito as unknown as Readonly<Record<string, Shape | Readonly<Record<string, string>> | undefined>>;

test('every operation has a shape and every shape an operation', () => {
  const expected = operations.map((operation) => `${operation}.json`);
  expect(readdirSync(folder).sort()).toEqual(expected.sort());
});

test.each(operations)('the shape of %s is the answer that the SDK reads', (operation) => {
  expect(differences(operation, shapeOf(operation))).toEqual([]);
});

test.each(operations)('the shape of %s compiles in strict mode', (operation) => {
  expect(() => new Ajv2020({ strict: true }).compile(shapeOf(operation))).not.toThrow();
});

const attribute = (shape: Schema): Schema => shape.$defs?.['AttributeType'] ?? {};
const faults: [change: (shape: Schema) => unknown, fault: string][] = [
  [
    (shape) => delete shape.properties?.['UserMFASettingList'],
    '/properties/UserMFASettingList is missing: GetUserResponse of the SDK has this list; add it',
  ],
  [
    (shape) => delete shape.$defs?.['MFAOptionType']?.properties?.['AttributeName'],
    '/$defs/MFAOptionType/properties/AttributeName is missing: MFAOptionType of the SDK has this string; add it',
  ],
  [
    (shape) => Object.assign(shape.properties ?? {}, { Enabled: { type: 'boolean' } }),
    '/properties/Enabled is extra: GetUserResponse of the SDK has no such member; remove it (answers are open)',
  ],
  [
    (shape) => Object.assign(shape.properties?.['UserMFASettingList'] ?? {}, { items: { type: 'number' } }),
    '/properties/UserMFASettingList/items has the type number, but the SDK reads a string: write string',
  ],
  [
    (shape) => (attribute(shape).required = ['Name', 'Value']),
    '/$defs/AttributeType/required lists Name, Value, but AttributeType of the SDK requires Name',
  ],
  [
    (shape) => delete shape.required,
    '/required lists none, but GetUserResponse of the SDK requires UserAttributes, Username',
  ],
  [
    (shape) => (attribute(shape).additionalProperties = false),
    '/$defs/AttributeType/additionalProperties closes the object, but AWS adds members: remove it',
  ],
  [
    (shape) => shape.$defs?.['DeliveryMediumType']?.enum?.pop(),
    '/$defs/DeliveryMediumType/enum lists EMAIL, but DeliveryMediumType of the SDK lists EMAIL, SMS',
  ],
  [
    (shape) => Object.assign(shape.$defs ?? {}, { Stray: { type: 'string' } }),
    '/$defs/Stray is used by nothing: remove it',
  ],
];

test.each(faults)('a fault of a shape is named by file and pointer: %#', (change, fault) => {
  const shape = shapeOf('GetUser');
  change(shape);
  expect(differences('GetUser', shape)).toEqual([`specs/shapes/GetUser.json#${fault}`]);
});

test('dates are numbers of seconds', () => {
  const valid = new Ajv2020({ strict: true }).compile(shapeOf('AdminGetUser'));
  const at = (UserCreateDate: unknown): boolean => valid({ Username: 'ada', UserCreateDate });
  expect(at(1700000000.123)).toBe(true);
  expect(at(1700000000123)).toBe(false);
  expect(at('2023-11-14T22:13:20.123Z')).toBe(false);
  expect(at(null)).toBe(false);
});

test('an answer may hold members that the model lacks', () => {
  const valid = new Ajv2020({ strict: true }).compile(shapeOf('GetUser'));
  expect(valid({ Username: 'ada', UserAttributes: [{ Name: 'sub', Value: '1', Extra: 1 }], Extra: {} })).toBe(true);
  expect(valid({ Username: 'ada' })).toBe(false);
});

/**
 * The SDK's runtime schemas: a number is a simple type (0 string, 1 number, 2 boolean, 4 to 7 timestamp) or, with 64 or
 * 128 added, a list or a map of one; an array is [kind, namespace, name, traits, ...]; a function defers; a pair adds traits.
 */
type Shape = number | 'unit' | (() => Shape) | readonly [Shape, number] | Named;
type Named = readonly [kind: number, namespace: string, name: string, traits: unknown, ...rest: readonly unknown[]];

interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string;
  enum?: string[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | false;
}

type Wire =
  | { kind: 'string' | 'number' | 'boolean' | 'timestamp' }
  | { kind: 'list' | 'map'; of: Shape }
  | { kind: 'structure'; name: string; members: ReadonlyMap<string, Shape>; required: string[] };

const types: Record<Wire['kind'], string[]> = {
  string: ['string'],
  number: ['integer', 'number'],
  boolean: ['boolean'],
  timestamp: ['number'],
  list: ['array'],
  map: ['object'],
  structure: ['object'],
};

/** What differs between a shape and the output schema of its operation in the SDK, one sentence each. */
function differences(operation: string, root: Schema): string[] {
  const found: string[] = [];
  const used = new Set<string>();
  const answer = (sdk[`${operation}$`] as Named | undefined)?.[5] as Shape | undefined;
  if (answer === undefined) return [`specs/shapes/${operation}.json: the SDK has no operation ${operation}`];
  compare(root, answer, '');
  compareEnums();
  return found;

  function compare(written: Schema, shape: Shape, at: string): void {
    if (written.$ref !== undefined) {
      const name = written.$ref.replace('#/$defs/', '');
      const target = root.$defs?.[name];
      if (target === undefined) return void found.push(`${place(at)} refers to ${written.$ref}, which does not exist`);
      used.add(name);
      return compare(target, shape, `/$defs/${name}`);
    }
    const wire = readShape(shape);
    if (!types[wire.kind].includes(written.type ?? 'nothing')) {
      const message = `has the type ${written.type}, but the SDK reads a ${wire.kind}: write ${types[wire.kind].join(' or ')}`;
      return void found.push(`${place(at)} ${message}`);
    }
    if (wire.kind === 'structure') return compareMembers(written, wire, at);
    if (wire.kind === 'list') return compare(written.items ?? {}, wire.of, `${at}/items`);
    if (wire.kind === 'map') return compare(written.additionalProperties || {}, wire.of, `${at}/additionalProperties`);
  }

  function compareMembers(written: Schema, wire: Extract<Wire, { kind: 'structure' }>, at: string): void {
    const properties = written.properties ?? {};
    for (const [member, shape] of wire.members) {
      const property = properties[member];
      const pointer = `${at}/properties/${member}`;
      if (property) compare(property, shape, pointer);
      else
        found.push(`${place(pointer)} is missing: ${wire.name} of the SDK has this ${readShape(shape).kind}; add it`);
    }
    for (const member of Object.keys(properties)) {
      if (wire.members.has(member)) continue;
      const message = `is extra: ${wire.name} of the SDK has no such member; remove it (answers are open)`;
      found.push(`${place(`${at}/properties/${member}`)} ${message}`);
    }
    if (list(written.required) !== list(wire.required)) {
      const message = `lists ${list(written.required)}, but ${wire.name} of the SDK requires ${list(wire.required)}`;
      found.push(`${place(`${at}/required`)} ${message}`);
    }
    if (written.additionalProperties !== undefined)
      found.push(`${place(`${at}/additionalProperties`)} closes the object, but AWS adds members: remove it`);
  }

  /** Runtime schemas know an enum only as a string; its values are exported under its name. */
  function compareEnums(): void {
    for (const [name, written] of Object.entries(root.$defs ?? {})) {
      const at = `/$defs/${name}`;
      if (!used.has(name)) found.push(`${place(at)} is used by nothing: remove it`);
      if (written.enum === undefined) continue;
      const values = list(Object.values(sdk[name] ?? {}));
      if (list(written.enum) !== values)
        found.push(`${place(`${at}/enum`)} lists ${list(written.enum)}, but ${name} of the SDK lists ${values}`);
    }
  }

  function place(pointer: string): string {
    return `specs/shapes/${operation}.json#${pointer}`;
  }
}

function readShape(shape: Shape): Wire {
  if (typeof shape === 'function') return readShape(shape());
  if (shape === 'unit') return { kind: 'structure', name: 'Unit', members: new Map(), required: [] };
  if (typeof shape === 'number') {
    if (shape & 128) return { kind: 'map', of: shape & ~128 };
    if (shape & 64) return { kind: 'list', of: shape & ~64 };
    if (shape >= 4 && shape <= 7) return { kind: 'timestamp' };
    const kind = (['string', 'number', 'boolean'] as const)[shape];
    if (kind) return { kind };
    throw new Error(
      `the SDK's simple type ${shape} is in no answer so far: say in specs/shapes.test.ts how JSON holds it`,
    );
  }
  if (typeof shape[0] !== 'number') return readShape(shape[0]);
  const [kind, , name, , ...rest] = shape as Named;
  if (kind === 0) return readShape(rest[0] as Shape);
  if (kind === 1) return { kind: 'list', of: rest[0] as Shape };
  if (kind === 2) return { kind: 'map', of: rest[1] as Shape };
  if (kind !== 3)
    throw new Error(`${name}: the SDK's kind ${kind} is in no answer so far: read it in specs/shapes.test.ts`);
  const [members, shapes, required] = rest as [string[], Shape[], number | undefined];
  const pairs = members.map((member, index) => [member, shapes[index] ?? 0] as const);
  return { kind: 'structure', name, members: new Map(pairs), required: members.slice(0, required ?? 0) };
}

function list(names: readonly string[] | undefined): string {
  return names?.length ? [...names].sort().join(', ') : 'none';
}

function shapeOf(operation: string): Schema {
  return readJson(new URL(`${operation}.json`, folder)) as Schema;
}

function readJson(url: URL): unknown {
  return JSON.parse(readFileSync(url, 'utf8'));
}

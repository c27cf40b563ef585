import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from './case.ts';
import { isObject } from './answer.ts';
import type { Difference } from './match.ts';

export interface Shapes {
  /** How an answer departs from the service model, for who takes a member that is null for one that is not there. */
  differences(operation: string, body: Json | undefined): Difference[];
  /** Members that are null all the same: the protocol has clients drop them, and the service sends none. */
  nulls(operation: string, body: Json | undefined): Difference[];
  /** Members that the model does not know, as pointers; list items count once, as `-`. */
  unmodelled(operation: string, body: Json | undefined): string[];
}

/** Validators of `specs/shapes`, each compiled when first needed. */
export function createShapes(schemas: Readonly<Record<string, JsonObject>>): Shapes {
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, validateSchema: false });
  const compiled = new Map<string, ValidateFunction>();
  const validator = (operation: string): ValidateFunction | undefined => {
    const schema = schemas[operation];
    if (schema && !compiled.has(operation)) compiled.set(operation, ajv.compile(schema));
    return compiled.get(operation);
  };
  const departures = (operation: string, body: Json | undefined): Difference[] => {
    const validate = validator(operation);
    if (!validate || validate(body)) return [];
    return (validate.errors ?? []).map((error) => ({
      path: error.instancePath,
      keyword: error.keyword,
      message: error.message ?? error.keyword,
      expected: error.keyword === 'enum' ? (error.params as Record<string, unknown>)['allowedValues'] : error.schema,
      actual: error.data,
    }));
  };
  return {
    differences: (operation, body) => departures(operation, withoutNulls(body)),
    nulls: (operation, body) => {
      const told = new Set(departures(operation, withoutNulls(body)).map(({ path }) => path));
      return departures(operation, body).flatMap((difference) => {
        const { path, actual } = difference;
        if (actual !== null || told.has(path)) return [];
        told.add(path);
        return [{ ...difference, keyword: 'null', message: 'is null, where the service leaves the member out' }];
      });
    },
    unmodelled: (operation, body) => unmodelledIn(schemas[operation], body),
  };
}

/** Members of structures alone: what stands in a list counts. */
function withoutNulls<Value extends Json | undefined>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNulls) as Value;
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner)])) as Value;
}

/** Members of a value that its shape does not know, as pointers. */
export function unmodelledIn(shape: JsonObject | undefined, value: Json | undefined): string[] {
  return shape ? [...new Set(strangers(shape, value ?? null, shape, ''))] : [];
}

function strangers(schema: JsonObject, value: Json, root: JsonObject, path: string): string[] {
  const node = dereference(schema, root);
  const { properties, items } = node;
  if (Array.isArray(value))
    return isObject(items) ? value.flatMap((item) => strangers(items, item, root, `${path}/-`)) : [];
  if (!isObject(value) || !isObject(properties)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known === undefined) return [`${path}/${name}`];
    return isObject(known) ? strangers(known, inner, root, `${path}/${name}`) : [];
  });
}

function dereference(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const found = reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<Json | undefined>((node, part) => (isObject(node) ? node[part] : undefined), root);
  return isObject(found) ? found : {};
}

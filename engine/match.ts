import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Json } from './case.ts';
import { compilePattern, mustBeThere, unfold, type NamedSchemas } from './pattern.ts';
import { partOf } from './positions.ts';
import { addUnordered } from './unordered.ts';

/** One place where an actual value is not as the pattern wants it. */
export interface Difference {
  /** JSON pointer into the actual value. */
  path: string;
  keyword: string;
  message: string;
  expected?: unknown;
  actual?: unknown;
}

interface Prepared {
  validate: ValidateFunction;
  slots: Json[];
}

export type Match = (pattern: Json, actual: Json | undefined) => Difference[];

/** A matcher with its own cache of compiled shapes; ajv is the only judge. */
export function createMatch(named: NamedSchemas = {}): Match {
  const ajv = new Ajv2020({
    strict: true,
    strictTuples: false,
    strictTypes: false,
    strictRequired: false,
    allErrors: true,
    verbose: true,
    $data: true,
    validateSchema: false,
    code: { optimize: false },
  });
  addUnordered(ajv);
  const shapes = new Map<string, ValidateFunction>();
  /** Patterns that nothing is filled into come again as the same object. */
  const known = new WeakMap<object, Prepared>();

  const prepare = (pattern: Json): Prepared => {
    const { schema, slots } = compilePattern(pattern, named);
    const whole = { type: 'object', required: mustBeThere(pattern) ? ['actual'] : [], properties: { actual: schema } };
    const key = JSON.stringify(whole);
    const validate = shapes.get(key) ?? ajv.compile(whole);
    shapes.set(key, validate);
    return { validate, slots };
  };

  return (pattern, actual) => {
    const again = typeof pattern === 'object' && pattern !== null ? pattern : undefined;
    const { validate, slots } = (again && known.get(again)) ?? prepare(pattern);
    if (again) known.set(again, { validate, slots });
    const seen = unfold(pattern, actual);
    const data = seen === undefined ? { slots } : { actual: seen, slots };
    return validate(data) ? [] : telling(validate.errors ?? []).map((error) => difference(error, slots));
  };
}

/** Of a list without the item it is to contain that alone is said, not how each item differs; nor which branch was taken. */
function telling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const missing = errors.filter(({ keyword }) => keyword === 'contains').map(({ schemaPath }) => `${schemaPath}/`);
  const kept = errors.filter(({ schemaPath }) => !missing.some((path) => schemaPath.startsWith(path)));
  const others = kept.filter(({ keyword }) => keyword !== 'if');
  return others.length > 0 ? others : kept;
}

function difference(error: ErrorObject, slots: Json[]): Difference {
  const params: Record<string, unknown> = error.params;
  const path = error.instancePath.replace(/^\/actual/, '');
  const at = { path, keyword: error.keyword };
  switch (error.keyword) {
    case 'required':
      return {
        ...at,
        path: `${error.instancePath}${partOf(String(params['missingProperty']))}`.replace(/^\/actual/, ''),
        message: 'is absent',
      };
    case 'const':
      return { ...at, message: 'is another value', expected: params['allowedValue'], actual: error.data };
    case 'false schema':
      return { ...at, keyword: 'absent', message: 'is there and must be absent', actual: error.data };
    case 'contains':
      return { ...at, message: 'has no item that fits', expected: error.schema, actual: error.data };
    case 'unordered':
      return { ...at, message: error.message ?? '', actual: error.data, expected: slots };
    case 'enum':
      return { ...at, message: 'is none of the allowed values', expected: params['allowedValues'], actual: error.data };
    default:
      return { ...at, message: error.message ?? error.keyword, actual: error.data };
  }
}

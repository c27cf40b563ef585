import type { Ajv2020, AnySchema, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { DataValidationCxt } from 'ajv/dist/types/index.js';

/**
 * Adds the keyword `unordered: [schema, ...]`: an array that holds one item for every schema, in any order, and
 * nothing else. Schemas may read `/slots` of the root by `$data`, as everywhere in a compiled pattern.
 */
export function addUnordered(ajv: Ajv2020): void {
  ajv.addKeyword({
    keyword: 'unordered',
    type: 'array',
    schemaType: 'array',
    errors: 'full',
    compile: (schemas: AnySchema[]) => {
      const validators = schemas.map((schema) => ajv.compile({ type: 'object', properties: { actual: schema } }));
      const validate = function (items: unknown[], context?: DataValidationCxt): boolean {
        const slots = (context?.rootData as { slots?: unknown } | undefined)?.slots;
        const errors = compare(validators, items, slots).map((message) =>
          errorAt(context?.instancePath ?? '', message),
        );
        Object.assign(validate, { errors });
        return errors.length === 0;
      };
      return validate;
    },
  });
}

interface Difference {
  path: string;
  message: string;
  missing?: number;
}

function compare(validators: ValidateFunction[], items: unknown[], slots: unknown): Difference[] {
  const fits = validators.map((validate) => items.map((actual) => validate({ actual, slots }) === true));
  const holder = new Map<number, number>();
  const place = (wanted: number, tried: Set<number>): boolean => {
    for (let item = 0; item < items.length; item += 1) {
      if (!fits[wanted]?.[item] || tried.has(item)) continue;
      tried.add(item);
      const current = holder.get(item);
      if (current === undefined || place(current, tried)) {
        holder.set(item, wanted);
        return true;
      }
    }
    return false;
  };
  const missing = validators.map((_, wanted) => wanted).filter((wanted) => !place(wanted, new Set()));
  const extra = items.map((_, item) => item).filter((item) => !holder.has(item));
  return [
    ...extra.map((item) => ({ path: `/${item}`, message: 'is none of the expected items' })),
    ...missing.map((wanted) => ({ path: '', message: `lacks expected item ${wanted + 1}`, missing: wanted })),
  ];
}

function errorAt(instancePath: string, { path, message, missing }: Difference): Partial<ErrorObject> {
  return { keyword: 'unordered', instancePath: instancePath + path, message, params: { missing } };
}

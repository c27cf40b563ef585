import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Problem } from './lint.ts';
import { nearest } from './nearest.ts';

/** What ajv found, each in one line: where, what was found, what is allowed. */
export function schemaProblems(file: string, errors: ErrorObject[]): Problem[] {
  // `oneOf` and `if` only repeat what their parts say better.
  const telling = errors.filter(({ keyword }) => !['oneOf', 'if', 'propertyNames'].includes(keyword));
  return (telling.length > 0 ? telling : errors).map((error) => ({
    file,
    pointer: error.instancePath,
    message: say(error),
  }));
}

function say(error: ErrorObject): string {
  const params: Record<string, unknown> = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const allowed = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
      const near = nearest(name, allowed);
      return `unknown member "${name}"; allowed are ${allowed.join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`;
    }
    case 'enum':
      return `${JSON.stringify(error.data)} is none of ${(params['allowedValues'] as unknown[]).join(', ')}`;
    case 'const':
      return `${JSON.stringify(error.data)} must be ${JSON.stringify(params['allowedValue'])}`;
    case 'pattern':
      return `${JSON.stringify(error.data)} does not match ${String(params['pattern'])}`;
    default:
      return error.message ?? error.keyword;
  }
}

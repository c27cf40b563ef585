import type { ErrorObject } from 'ajv/dist/2020.js';
import { nearest } from './nearest.ts';
import { partOf } from './positions.ts';
import type { Problem } from './problem.ts';

/** What ajv found, each in one line: where, what was found, what is allowed. */
export function schemaProblems(file: string, errors: ErrorObject[]): Problem[] {
  return telling(errors).map((error) => ({ file, pointer: pointerTo(error), message: say(error) }));
}

/** `oneOf`, `if` and `propertyNames` only repeat what their parts say better; where parts are missing it is they that tell. */
function telling(errors: ErrorObject[]): ErrorObject[] {
  const parts = errors.filter(({ keyword }) => !['if', 'propertyNames'].includes(keyword));
  const alternatives = parts.filter(({ keyword }) => keyword === 'oneOf');
  return parts.filter((error) => {
    const within = ({ instancePath }: ErrorObject): boolean => instancePath === error.instancePath;
    if (error.keyword === 'oneOf') {
      const said = parts.filter((other) => other !== error && other.instancePath.startsWith(error.instancePath));
      return requiredIn(error).length > 0 || said.every(({ keyword }) => keyword === 'type' || keyword === 'oneOf');
    }
    // Of alternatives of several types those of another type than the value say nothing; neither does each one alone.
    const alternative = alternatives.find(within);
    return !alternative || !(error.keyword === 'type' || requiredIn(alternative).length > 0);
  });
}

function pointerTo({ instancePath, keyword, params, propertyName }: ErrorObject): string {
  const given: Record<string, unknown> = params;
  const name = propertyName ?? (keyword === 'additionalProperties' ? given['additionalProperty'] : undefined);
  const beside = keyword === 'dependentRequired' ? given['property'] : undefined;
  const member = name ?? beside;
  return typeof member === 'string' ? instancePath + partOf(member) : instancePath;
}

function say(error: ErrorObject): string {
  const params: Record<string, unknown> = error.params;
  const found = clip(JSON.stringify(error.data));
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const allowed = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
      const near = nearest(name, allowed);
      return `unknown member "${name}"; allowed are ${allowed.join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`;
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String);
      const near = typeof error.data === 'string' ? nearest(error.data, allowed) : undefined;
      return `${found} is none of ${allowed.join(', ')}${near ? `. Did you mean "${near}"?` : ''}`;
    }
    case 'const':
      return `${found} must be ${JSON.stringify(params['allowedValue'])}`;
    case 'pattern':
      return `${found} does not match ${String(params['pattern'])}`;
    case 'required':
      return `lacks "${String(params['missingProperty'])}"`;
    case 'dependentRequired':
      return `"${String(params['property'])}" stands only beside "${String(params['missingProperty'])}"`;
    case 'oneOf':
      return alternativesOf(error, found);
    case 'minItems':
    case 'minProperties':
    case 'minLength':
      return `has ${sizeOf(error.data)} ${UNITS[error.keyword]}; at least ${String(params['limit'])} must be there`;
    case 'maxLength':
      return `has ${sizeOf(error.data)} ${UNITS[error.keyword]}; at most ${String(params['limit'])} are allowed`;
    case 'uniqueItems':
      return `items ${String(params['j'])} and ${String(params['i'])} are the same`;
    default:
      return `${found} ${error.message ?? error.keyword}`;
  }
}

const UNITS: Record<string, string> = {
  minItems: 'items',
  minProperties: 'members',
  minLength: 'characters',
  maxLength: 'characters',
};

/** What is allowed where one of several must be. */
function alternativesOf(error: ErrorObject, found: string): string {
  const members = requiredIn(error);
  if (members.length === 0) return `${found} is of no type that is allowed here`;
  const there = members.filter((member) => Object.hasOwn(error.data as object, member));
  const wanted = members.map((member) => `"${member}"`).join(' or ');
  return there.length === 0
    ? `lacks ${wanted}`
    : `has ${there.map((member) => `"${member}"`).join(' and ')}; ${wanted} is allowed, not both`;
}

/** The members of which an object must have one. */
function requiredIn({ schema }: ErrorObject): string[] {
  return (Array.isArray(schema) ? schema : []).flatMap((one: { required?: string[] }) => one.required ?? []);
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(value as object).length;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

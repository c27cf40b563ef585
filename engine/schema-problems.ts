import type { ErrorObject } from 'ajv/dist/2020.js';
import { nearest } from './nearest.ts';
import { partOf } from './positions.ts';
import type { Problem } from './problem.ts';

/** What ajv found, each in one line: where, what was found, what is allowed. */
export function schemaProblems(file: string, errors: ErrorObject[]): Problem[] {
  return telling(errors).map((error) => ({ file, pointer: pointerTo(error), message: say(error) }));
}

/** A choice and `if` only repeat what their parts say better; but of a choice between members no part tells alone. */
function telling(errors: ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(isChoice);
  const chosen = errors.filter((error) => {
    if (['if', 'propertyNames'].includes(error.keyword)) return false;
    if (isChoice(error)) {
      const within = errors.filter(({ instancePath }) => instancePath.startsWith(error.instancePath));
      return groupsIn(error).length > 0 || within.every((one) => one.keyword === 'type' || isChoice(one));
    }
    const choice = choices.find(({ instancePath }) => instancePath === error.instancePath);
    const { missingProperty } = error.params as { missingProperty?: string };
    // Of a choice between types, those of another type than the value say nothing.
    const isPart =
      error.keyword === 'type' ||
      (choice &&
        groupsIn(choice)
          .flat()
          .includes(missingProperty ?? ''));
    return !choice || !isPart;
  });
  return chosen.length > 0 ? chosen : errors;
}

function isChoice({ keyword }: ErrorObject): boolean {
  return keyword === 'oneOf' || keyword === 'anyOf';
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
    case 'anyOf':
      return alternativesOf(error, found);
    case 'minItems':
    case 'minProperties':
    case 'minLength':
      return `has ${sizeOf(error.data)} ${UNITS[error.keyword]}; at least ${String(params['limit'])} must be there`;
    case 'maxLength':
    case 'maxProperties':
      return `has ${sizeOf(error.data)} ${UNITS[error.keyword]}; at most ${String(params['limit'])} are allowed`;
    case 'false schema':
      return 'does not stand here, beside what is there';
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
  maxProperties: 'members',
};

/** What is allowed where one of several must be. */
function alternativesOf(error: ErrorObject, found: string): string {
  const groups = groupsIn(error);
  if (groups.length === 0) return `${found} is of no type that is allowed here`;
  const named = (names: string[]): string => names.map((name) => `"${name}"`).join(' with ');
  const there = groups.filter((names) => names.every((name) => Object.hasOwn(error.data as object, name)));
  const wanted = groups.map(named).join(' or ');
  return there.length === 0 ? `lacks ${wanted}` : `has ${there.map(named).join(' and ')}; one of them is allowed`;
}

/** Sets of members of which an object must have just one. */
function groupsIn({ schema }: ErrorObject): string[][] {
  const alternatives = Array.isArray(schema) ? (schema as { required?: string[] }[]) : [];
  return alternatives.flatMap(({ required }) => (required ? [required] : []));
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(value as object).length;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

import { invalidParameter } from './errors.ts';
import type { ListShape, Shape, TextShape } from './shape.ts';

/** Refuses a decoded input that breaks its shape's constraints, all of them named in one message as Cognito does. */
export function validate(shape: Shape, input: unknown): void {
  const found = violations(shape, input, '');
  if (found.length === 0) return;
  const counted = found.length === 1 ? '1 validation error' : `${found.length} validation errors`;
  throw invalidParameter(`${counted} detected: ${found.join('; ')}`);
}

function violations(shape: Shape, value: unknown, path: string): string[] {
  if (value === undefined) return 'required' in shape ? [violation(shape, null, path, 'not be null')] : [];
  if (shape.kind === 'text') return textViolations(shape, String(value), path);
  if (shape.kind === 'list') return listViolations(shape, value as unknown[], path);
  if (shape.kind !== 'structure') return [];
  return Object.entries(shape.members).flatMap(([name, member]) =>
    violations(member, (value as Record<string, unknown>)[name], path ? `${path}.${camel(name)}` : camel(name)),
  );
}

function listViolations(shape: ListShape, members: unknown[], path: string): string[] {
  const { min = 0, max = Infinity } = shape;
  const broken: string[] = [];
  if (members.length < min) broken.push(`have length greater than or equal to ${min}`);
  if (members.length > max) broken.push(`have length less than or equal to ${max}`);
  return [
    ...broken.map((constraint) => violation(shape, JSON.stringify(members), path, constraint)),
    ...(shape.member.kind === 'text' && !members.includes(undefined)
      ? textsViolations(shape.member, members.map(String), path)
      : members.flatMap((member, index) => memberViolations(shape.member, member, `${path}.${index + 1}.member`))),
  ];
}

/** A text at fault is a fault of its whole list, told with all that its members must satisfy. */
function textsViolations(shape: TextShape, texts: string[], path: string): string[] {
  const constraints = constraintsOf(shape);
  if (texts.every((text) => constraints.every(([, holds]) => holds(text)))) return [];
  const told = constraints.map(([constraint]) => `Member must ${constraint}`);
  return [violation(shape, `[${texts.join(', ')}]`, path, `satisfy constraint: [${told.join(', ')}]`)];
}

/** A null in a list is never acceptable, whatever its shape. */
const memberViolations = (shape: Shape, value: unknown, path: string) =>
  value === undefined ? [violation(shape, null, path, 'not be null')] : violations(shape, value, path);

function textViolations(shape: TextShape, value: string, path: string): string[] {
  return constraintsOf(shape).flatMap(([constraint, holds]) =>
    holds(value) ? [] : [violation(shape, value, path, constraint)],
  );
}

function constraintsOf({
  min,
  max,
  pattern,
  oneOf,
}: TextShape): [constraint: string, holds: (text: string) => boolean][] {
  const all: ReturnType<typeof constraintsOf> = [];
  const length = (text: string) => [...text].length;
  if (max !== undefined) all.push([`have length less than or equal to ${max}`, (text) => length(text) <= max]);
  if (min !== undefined) all.push([`have length greater than or equal to ${min}`, (text) => length(text) >= min]);
  if (pattern !== undefined) {
    all.push([`satisfy regular expression pattern: ${pattern}`, (text) => regExp(pattern).test(text)]);
  }
  if (oneOf) all.push([`satisfy enum value set: [${oneOf.join(', ')}]`, (text) => oneOf.includes(text)]);
  return all;
}

function violation(shape: Shape, value: string | null, path: string, constraint: string): string {
  const sensitive = shape.kind === 'text' && shape.sensitive;
  const quoted = sensitive ? '' : value === null ? ' null' : ` '${value}'`;
  return `Value${quoted} at '${path}' failed to satisfy constraint: Member must ${constraint}`;
}

const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

const compiled = new Map<string, RegExp>();

function regExp(pattern: string): RegExp {
  const known = compiled.get(pattern) ?? new RegExp(`^(?:${pattern})$`, 'u');
  compiled.set(pattern, known);
  return known;
}

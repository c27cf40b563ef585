import type { MockRequest } from '../../mocks/mock.ts';
import type { Reply, Variation } from './variation.ts';

export type Members = Record<string, unknown>;

/** How JSON is written. */
export interface Style {
  /** What stands around every token. */
  space?: string;
  text?: (text: string) => string;
  number?: (number: number, member: string) => string;
}

export function written(value: unknown, style: Style, member = ''): string {
  const { space = '', text = (plain) => JSON.stringify(plain), number = String } = style;
  const around = (token: string): string => `${space}${token}${space}`;
  const inner = Array.isArray(value)
    ? value.map((item) => written(item, style))
    : isMembers(value) &&
      Object.entries(value).map(([name, each]) => `${around(text(name))}:${written(each, style, name)}`);
  if (inner) return around((Array.isArray(value) ? '[' : '{') + inner.join(',') + (Array.isArray(value) ? ']' : '}'));
  if (typeof value === 'string') return around(text(value));
  return around(typeof value === 'number' ? number(value, member) : JSON.stringify(value));
}

/** The same JSON, written otherwise. */
export const inStyle = (style: Style): Pick<Variation, 'reply'> => ({
  reply: (reply) => ({ ...reply, body: Buffer.from(changed(reply.body, (value) => written(value, style))) }),
});

/** Other JSON that says the same. */
export const inBody = (
  change: (body: Members, operation: string, reply: Reply) => unknown,
): Pick<Variation, 'reply'> => ({
  reply: (reply, request) => ({
    ...reply,
    body: Buffer.from(
      changed(reply.body, (value) =>
        isMembers(value) ? JSON.stringify(change(value, operationOf(request), reply)) : JSON.stringify(value),
      ),
    ),
  }),
});

/** A value with every object and list in it changed, innermost first. */
export function throughout(value: unknown, change: (part: Members | unknown[]) => unknown): unknown {
  if (Array.isArray(value)) return change(value.map((item) => throughout(item, change)));
  if (!isMembers(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, throughout(inner, change)])));
}

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const operationOf = ({ headers }: MockRequest): string => headers['x-amz-target']?.split('.')[1] ?? '';

/** A body that is not JSON stays as it is. */
function changed(body: Buffer, change: (value: unknown) => string): string {
  const text = body.toString('utf8');
  return /^[{[]/.test(text) ? change(JSON.parse(text)) : text;
}

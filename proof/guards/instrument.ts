import { parseSync } from 'vite';
import type { Plugin } from 'vitest/config';

/** Makes each condition of the mock one that can be told to be otherwise (`knock-out.ts`). */
export function instrumentMock(): Plugin {
  return {
    name: 'guards',
    enforce: 'pre',
    transform(code, id) {
      const file = /\/mocks\/((?:operations\/)?[\w-]+\.ts)$/.exec(id)?.[1];
      return file === undefined || beside.has(file) ? undefined : instrument(file, code);
    },
  };
}

/** What is no part of the service: ways to reach the mock, and its faults. Tests of their own hold them. */
const beside = new Set([
  'fault.ts',
  'faults.ts',
  'handlers.ts',
  'initial.ts',
  'inspect.ts',
  'latency.ts',
  'serve.ts',
  'unsupported.ts',
]);

interface Node {
  type: string;
  start: number;
  end: number;
  [member: string]: unknown;
}

/** A condition, and what it may be told to be. */
interface Guard {
  node: Node;
  owner: string;
  values: readonly boolean[];
  /** Without: the condition is the node itself. With: the node is a throw, which is left out. */
  throws?: true;
}

/** Conditions are the tests of `if` and `?:` and what callbacks and predicates answer; in a chain each link is one. */
export function instrument(file: string, code: string): string {
  const inserts: [at: number, other: number, text: string][] = [];
  const counts = new Map<string, number>();
  for (const { node, owner, values, throws } of guardsIn(parseSync(file, code).program as unknown as Node, '')) {
    const name = `${file} ${owner}: ${code.slice(node.start, node.end).replace(/\s+/g, ' ').replace(/;$/, '')}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const id = JSON.stringify(count === 1 ? name : `${name} (${count})`);
    if (throws) {
      inserts.push([node.start, node.end, `if (globalThis.guard(${id}, [false], true)) `]);
    } else {
      inserts.push([node.start, node.end, `globalThis.guard(${id}, ${JSON.stringify(values)}, `]);
      inserts.push([node.end, node.start, ')']);
    }
  }
  let [changed, from] = ['', 0];
  for (const [at, , text] of inserts.sort(([at, other], [at2, other2]) => at - at2 || other2 - other)) {
    changed += code.slice(from, at) + text;
    from = at;
  }
  return changed + code.slice(from);
}

function guardsIn(node: Node, owner: string, parent?: Node): Guard[] {
  const inside = nameOf(node) ?? owner;
  return [...ownGuards(node, inside, parent), ...childrenOf(node).flatMap((child) => guardsIn(child, inside, node))];
}

function ownGuards(node: Node, owner: string, parent?: Node): Guard[] {
  const { test, consequent, body, argument } = node as unknown as Record<string, Node>;
  if (node.type === 'IfStatement' && test && consequent)
    return links(test, consequent.type === 'ThrowStatement' ? [false] : either, owner);
  if (node.type === 'ConditionalExpression' && test) return links(test, either, owner);
  if (node.type === 'ArrowFunctionExpression' && body && isCondition(body)) return links(body, either, owner);
  if (node.type === 'ReturnStatement' && argument && isCondition(argument)) return links(argument, either, owner);
  if (node.type === 'ThrowStatement' && parent?.type !== 'IfStatement')
    return [{ node, owner, values: [false], throws: true }];
  return [];
}

const either = [false, true];

function links(node: Node, values: readonly boolean[], owner: string): Guard[] {
  const { type, operator, left, right, expression } = node as Node & Record<'left' | 'right' | 'expression', Node>;
  if (type === 'ParenthesizedExpression') return links(expression, values, owner);
  if (type === 'LogicalExpression' && operator === '??') return links(left, values, owner);
  if (type === 'LogicalExpression') return [left, right].flatMap((one) => links(one, either, owner));
  return type === 'Literal' ? [] : [{ node, owner, values }];
}

function isCondition({ type, operator, left }: Node): boolean {
  if (type === 'LogicalExpression') return operator !== '??' || isCondition(left as Node);
  if (type === 'UnaryExpression') return operator === '!';
  return type === 'BinaryExpression' && /^[!=<>]=*$/.test(String(operator));
}

function nameOf(node: Node): string | undefined {
  const isNamed = ['FunctionDeclaration', 'VariableDeclarator'].includes(node.type);
  return isNamed ? (node['id'] as { name?: string } | undefined)?.name : undefined;
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof (value as Node | null)?.type === 'string');
}

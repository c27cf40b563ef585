import { isObject } from './answer.ts';
import { partOf } from './positions.ts';

export type Node = [at: string, value: unknown];

/** Every value in a value, itself first, each with its pointer. */
export function nodesIn(value: unknown, at = ''): Node[] {
  const nodes: Node[] = [];
  collect(value, at, nodes);
  return nodes;
}

function collect(value: unknown, at: string, nodes: Node[]): void {
  nodes.push([at, value]);
  if (Array.isArray(value)) value.forEach((item, index) => collect(item, `${at}/${index}`, nodes));
  else if (isObject(value)) for (const name of Object.keys(value)) collect(value[name], at + partOf(name), nodes);
}

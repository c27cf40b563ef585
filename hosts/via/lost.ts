import type { Json } from '../../engine/case.ts';
import { isObject } from '../../engine/answer.ts';

/** What is other in a body that was sent than in the one that was meant, in words that cases share; undefined where nothing is. */
export function whatIsLost(meant: Json, sent: Json | undefined): string | undefined {
  if (isObject(meant) && isObject(sent)) {
    for (const name of new Set([...Object.keys(meant), ...Object.keys(sent)])) {
      const [wanted, came] = [own(meant, name), own(sent, name)];
      if (wanted === null && came === undefined) return 'it drops members that are null';
      if (came === undefined) return 'it drops members that it does not know';
      if (wanted === undefined) return 'it adds members';
      const lost = whatIsLost(wanted, came);
      if (lost !== undefined) return lost;
    }
    return undefined;
  }
  if (Array.isArray(meant) && Array.isArray(sent)) {
    if (meant.length !== sent.length)
      return meant.includes(null) ? 'it drops items that are null' : 'it drops or adds items';
    return meant.map((item, index) => whatIsLost(item, sent[index])).find((lost) => lost !== undefined);
  }
  return meant === sent ? undefined : 'it sends values of another type than the model has as something else';
}

function own(value: Readonly<Record<string, Json>>, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

import { diffWordsWithSpace } from 'diff';

export interface Part {
  text: string;
  /** Whether the other side has it not. */
  differs: boolean;
}

/** Both sides in parts; where hardly anything is common, each differs as a whole. */
export function marked(expected: string, came: string): { expected: Part[]; came: Part[] } {
  const changes = diffWordsWithSpace(expected, came);
  const common = changes.flatMap(({ added, removed, value }) => (added || removed ? [] : [value.trim()])).join('');
  if (common.length * 3 < Math.min(expected.length, came.length))
    return { expected: whole(expected), came: whole(came) };
  return {
    expected: changes.flatMap(({ added, removed, value }) => (added ? [] : [{ text: value, differs: removed }])),
    came: changes.flatMap(({ added, removed, value }) => (removed ? [] : [{ text: value, differs: added }])),
  };
}

function whole(text: string): Part[] {
  return [{ text, differs: true }];
}

/** Values by their labels, as far as they are known. */
export type Bound = Map<string, string>;

/**
 * Whether a text is one that was recorded, but for what stands under labels: those that are known must be as known, and
 * those that are not are known from now on.
 */
export function unify(
  template: string,
  text: string,
  labels: Readonly<Record<string, unknown>>,
  bound: Bound,
): boolean {
  if (template === text) return true;
  const found: Bound = new Map();
  /** What has to come next, and the label of what stands before it. */
  let literal = '';
  let open: string | undefined;
  let at = 0;
  const settle = (isLast: boolean): boolean => {
    if (open === undefined) {
      if (!text.startsWith(literal, at)) return false;
      at += literal.length;
    } else {
      // Something stands under every label.
      const end = isLast ? text.length - literal.length : text.indexOf(literal, at + 1);
      if (end <= at || !text.startsWith(literal, end)) return false;
      found.set(open, text.slice(at, end));
      at = end + literal.length;
    }
    literal = '';
    return !isLast || at === text.length;
  };
  for (const part of partsOf(template, labels)) {
    const value = part.label === undefined ? part.literal : (bound.get(part.label) ?? found.get(part.label));
    if (value !== undefined) {
      literal += value;
      continue;
    }
    if (!settle(false)) return false;
    // The same again: what it is shows only once it has ended.
    const again = found.get(part.label ?? '');
    open = again === undefined ? part.label : undefined;
    literal = again ?? '';
  }
  if (!settle(true)) return false;
  for (const [label, value] of found) bound.set(label, value);
  return true;
}

/** A recorded text with values in the place of its labels. */
export function filled(
  template: string,
  labels: Readonly<Record<string, unknown>>,
  valueOf: (label: string) => string,
): string {
  return partsOf(template, labels)
    .map(({ literal, label }) => (label === undefined ? literal : valueOf(label)))
    .join('');
}

function partsOf(template: string, labels: Readonly<Record<string, unknown>>): { literal: string; label?: string }[] {
  return template.split(/(<[^<>]+>)/).map((literal) => {
    const name = /^<([^<>]+)>$/.exec(literal)?.[1];
    return name !== undefined && Object.hasOwn(labels, name) ? { literal, label: name } : { literal };
  });
}

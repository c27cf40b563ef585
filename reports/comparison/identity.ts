/** Holds texts of two runs against each other, where ids, dates and generated numbers must differ. */
export interface Identity {
  /**
   * Whether both say the same. An id of one run stands for an id of the other, of the same length, and from then on
   * for no other: what was the same id twice must be the same id twice.
   */
  same(reference: string, target: string): boolean;
  /** This text is an id, though it does not look like one. */
  learn(id: string): void;
}

const DATE =
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?|\b[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/;
/** Where words and ids may stand, and what a mask leaves of a number; what is between them is text. */
const WORD = /\*+\d+|[A-Za-z0-9_-]+/;
const PIECES = new RegExp(`(${DATE.source}|${WORD.source})`);
const IS_DATE = new RegExp(`^(?:${DATE.source})$`);
/** Shorter numbers and names are the case's own. */
const SHORTEST = 8;

export function createIdentity(): Identity {
  const forth = new Map<string, string>();
  const back = new Map<string, string>();
  const learned = new Set<string>();
  const isId = (word: string): boolean =>
    learned.has(word) || /^\*+\d+$/.test(word) || (word.length >= SHORTEST && /\d/.test(word));

  const samePiece = (one: string, other: string): boolean => {
    if (IS_DATE.test(one) && IS_DATE.test(other)) return shapeOf(one) === shapeOf(other);
    if (!isId(one) || !isId(other) || one.length !== other.length) return one === other;
    if (!forth.has(one) && !back.has(other)) {
      forth.set(one, other);
      back.set(other, one);
    }
    return forth.get(one) === other;
  };
  return {
    learn: (id) => void learned.add(id),
    same: (reference, target) => {
      const ones = reference.split(PIECES);
      const others = target.split(PIECES);
      return ones.length === others.length && ones.every((piece, index) => samePiece(piece, others[index] ?? ''));
    },
  };
}

/** Of a date its form: fractions of a second have as many digits as they happen to need. */
function shapeOf(date: string): string {
  return date
    .replace(/\.\d+/, '')
    .replace(/\d+/g, '0')
    .replace(/[A-Z][a-z]{2}/g, 'A');
}

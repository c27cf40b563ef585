/** What JSON may hold as it is, and a terminal or GitHub's runner would act on. */
const ACTED_ON = /[\u007f-\u009f\p{Cf}\u2028\u2029]|#(?=#\[)/gu;

/** JSON for standard output, indented: every text in it is what it was, and does nothing where it is shown. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`.replace(ACTED_ON, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

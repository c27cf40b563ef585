import type { Claim, Evidence } from '../../engine/case.ts';
import { fill, sentence } from './page.ts';

export const TIERS: Readonly<Record<Claim['tier'], string>> = {
  recorded: 'recorded by this project',
  observed: 'observed by somebody else',
  documented: 'documented by AWS',
  model: 'in the service model',
  inferred: 'inferred',
};

/** One entry: what it states, who says so and where, and where sources disagree. */
export function evidenceLines({ id, statement, claims, contradictions = [] }: Evidence, width: number): string[] {
  return [
    ...fill(`${id}: ${sentence(statement)}`, width, '  ', '    '),
    ...sightings(claims).flatMap(([claim, answers]) => [
      ...fill(claimWords(claim, answers), width, '    - ', '      '),
      ...fill(claim.source, width, '      '),
    ]),
    ...contradictions.flatMap((text) => fill(`! Sources disagree: ${sentence(text)}`, width, '    ', '      ')),
  ];
}

/** Claims that one source makes in one sentence stand together, such as the errors that the service model declares. */
export function sightings(claims: readonly Claim[]): [claim: Claim, answers: string[]][] {
  const found = new Map<string, [Claim, string[]]>();
  for (const claim of claims) {
    const { on, tier, date, outcome, source } = claim;
    const key = JSON.stringify([on, tier, date, outcome, source]);
    const [first, answers] = found.get(key) ?? [claim, []];
    found.set(key, [first, [...answers, ...answerOf(claim)]]);
  }
  return [...found.values()];
}

function answerOf({ status, error, message }: Claim): string[] {
  const parts = [status, error, message === undefined ? undefined : JSON.stringify(message)];
  const said = parts.filter((part) => part !== undefined).join(' ');
  return said === '' ? [] : [said];
}

function claimWords({ on, tier, date, outcome }: Claim, answers: readonly string[]): string {
  const where = on === 'any' ? '' : ` on ${on}`;
  const when = date === undefined ? '' : `, ${date}`;
  const captured = answers.length === 0 ? '' : ` (${answers.join(', ')})`;
  return `${TIERS[tier]}${where}${when}: ${sentence(outcome)}${captured}`;
}

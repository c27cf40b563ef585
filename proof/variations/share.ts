import type { Case } from '../../engine/case.ts';
import { areaOf } from '../../engine/case-files.ts';
import { isOverCase } from '../../engine/over.ts';
import { withoutRow } from '../faulty-mock.ts';

/** Alone or nearly so in showing a variation: letters beyond ASCII, several reasons, a slash. */
const provokers = [
  'wire/letters-beyond-ascii',
  'UpdateUserAttributes/unknown-attributes-in-one-message',
  'AdminUpdateUserAttributes/auto-verified-phone',
];

/**
 * One case in `oneIn`, others for the next variation, with every check over answers, all that checks over answers
 * to pages are held against, and the few that provoke a variation.
 */
export function shareOf(cases: readonly Case[], nth: number, oneIn: number): readonly Case[] {
  return cases.filter(
    (one, index) =>
      index % oneIn === nth % oneIn ||
      isOverCase(one) ||
      areaOf(one) === 'cors' ||
      provokers.includes(withoutRow(one.id)),
  );
}

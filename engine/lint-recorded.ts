import type { Claim, Evidence } from './case.ts';
import { isObject, readAnswer } from './answer.ts';
import type { HttpResponse } from './target.ts';

/** A JSON file of the repository by its path; undefined where there is none. */
export type ReadFile = (path: string) => unknown;

/** Claims of tier `recorded` that no recording of the service in this repository bears out. */
export function unrecordedClaims(evidence: Iterable<Evidence>, read: ReadFile): string[] {
  return [...evidence].flatMap(({ id, claims }) =>
    claims
      .filter(({ tier }) => tier === 'recorded')
      .flatMap((claim) => {
        const fault = faultOf(claim, read);
        return fault === undefined ? [] : [`${id}: a claim on ${claim.on} is of tier recorded, and ${fault}`];
      }),
  );
}

function faultOf({ recording, on, status, error, message }: Claim, read: ReadFile): string | undefined {
  if (recording === undefined) return 'names no recording';
  const journal = read(recording);
  const entries = isObject(journal) && journal['recordingVersion'] === 1 ? journal['entries'] : undefined;
  if (!Array.isArray(entries)) return `there is no recording ${recording}`;
  const about = `${recording.split('/').slice(0, 2).join('/')}/recording.json`;
  if (!isOfService(read(about))) return `${about} is of no endpoint of amazonaws.com`;
  const exchanges = entries.filter(isObject).filter(({ call, response }) => isObject(response) && isCallOf(call, on));
  if (exchanges.length === 0) return `${recording} holds no answer to it`;
  const fits = exchanges.some(({ response }) => {
    const answer = readAnswer(response as unknown as HttpResponse);
    return (
      (status === undefined || answer.status === status) &&
      (error === undefined || answer.error === error) &&
      (message === undefined || answer.message === message)
    );
  });
  return fits ? undefined : `no answer to it in ${recording} is as claimed`;
}

function isCallOf(call: unknown, on: string): boolean {
  return on === 'any' || call === on;
}

function isOfService(about: unknown): boolean {
  const target = isObject(about) ? about['target'] : undefined;
  const endpoint = isObject(target) ? String(target['endpoint']) : '';
  return URL.canParse(endpoint) && /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
}

import { isObject } from '../engine/answer.ts';
import { USER_NAMES } from '../engine/discovery.ts';
import type { Inference } from '../engine/result.ts';
import type { Target } from '../engine/target.ts';
import type { Manifest } from '../targets/manifest.ts';

/** Members of a manifest that say how something is read. */
export type Places = Pick<Manifest, 'codes' | 'messages' | 'signingKey' | 'version'>;

interface KnownPlace {
  /** Asked with GET; what answers JSON that is `like` this has the places. */
  get: string;
  like: (body: unknown) => boolean;
  places: Places;
  inferred: (body: unknown) => string;
}

const SEEMS = 'seems to be';
const MESSAGES = '/_mock/messages/${UserPoolId}/${Username}';

/** Only what was tried: where a public server tells by itself what a manifest would. */
const KNOWN: readonly KnownPlace[] = [
  {
    get: '/_mock/keys',
    like: (body) => isObject(body) && isObject(body['jwk']),
    places: {
      codes: { get: MESSAGES, pointer: '/0/code' },
      messages: { get: MESSAGES, pointer: '' },
      signingKey: { get: '/_mock/keys', pointer: '/jwk' },
    },
    inferred: () => 'read as the mock of this package shows them',
  },
  ...['/version', '/health', '/_localstack/health'].map((get) => ({
    get,
    like: (body: unknown) => isObject(body) && typeof body['version'] === 'string' && body['version'] !== '',
    places: { version: { get, pointer: '/version' } },
    inferred: (body: unknown) => (isObject(body) ? String(body['version']) : ''),
  })),
];

/** What an endpoint lets be read at places that are known, and which shipped target it seems to be. */
export async function findPlaces(
  { send, endpoint }: Target,
  unknown: string,
): Promise<{ places: Places; inferences: Inference[] }> {
  const get = async (path: string): Promise<{ status: number; body: string }> =>
    send({ method: 'GET', url: endpoint + path, headers: {} }).catch(() => ({ status: 0, body: '' }));
  const places: Places = {};
  const inferences: Inference[] = [];
  // Together: a server that is silent to what it does not know costs one time-out.
  const [moto, ...answers] = await Promise.all(['/moto-api/', ...KNOWN.map((known) => known.get)].map(get));
  for (const [index, known] of KNOWN.entries()) {
    const { status = 0, body = '' } = answers[index] ?? {};
    const json = parsed(body);
    const isKnown = Object.keys(known.places).some((member) => member in places);
    if (status !== 200 || isKnown || !known.like(json)) continue;
    Object.assign(places, known.places);
    const what = Object.keys(known.places).join(', ');
    inferences.push({ what, inferred: known.inferred(json), from: `GET ${known.get} answers 200` });
  }
  if (unknown.includes('CognitoLocal#'))
    inferences.push(
      seems(
        'cognito-local',
        'npm install --save-dev cognito-local',
        'an operation that nobody has answers CognitoLocal#...',
      ),
    );
  if (moto?.status === 200 && /\bmoto\b/i.test(moto.body))
    inferences.push(seems('moto', undefined, 'GET /moto-api/ answers 200'));
  return { places, inferences };
}

function seems(name: string, install: string | undefined, from: string): Inference {
  const needs = install === undefined ? '' : `, after: ${install}`;
  return { what: SEEMS, inferred: `${name}; --target ${name} starts one and reads all that it shows${needs}`, from };
}

/** With what to do where cognito-local runs as it comes: every pool of it signs in by e-mail, and most cases are blocked. */
export function withAdvice(inferences: readonly Inference[]): Inference[] {
  const isLocal = inferences.some(({ what, inferred }) => what === SEEMS && inferred.startsWith('cognito-local;'));
  const advice =
    'to be judged, set "UserPoolDefaults": { "UsernameAttributes": [] } in its .cognito/config.json and start it again';
  return inferences.map((one) =>
    isLocal && one.what === USER_NAMES ? { ...one, inferred: `${one.inferred}; ${advice}` } : one,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

import { decodeJwt } from 'jose/jwt/decode';
import { CognitoError } from '../errors.ts';

/** How many requests are taken in a second, of the account and of each user; `targets/aws/quotas.json` is one. */
export interface Quotas {
  categories: Readonly<Record<string, Rate & { perPoolAndOperation?: number }>>;
  perUser: Readonly<Record<string, Rate | Readonly<Record<string, number>>>>;
  resources?: { poolsPerRegion?: number };
}

interface Rate {
  perSecond: number;
  operations: readonly string[];
}

export type Throttle = (operation: string, input: Readonly<Record<string, unknown>>, now: number) => void;

/**
 * Throws as soon as a request comes faster than a quota allows. Each is a bucket that holds the requests of one second and
 * fills again as time goes by; over which time Cognito measures is not confirmed.
 */
export function createThrottle({ categories, perUser }: Quotas): Throttle {
  const buckets = new Map<string, Bucket>();
  const rules = [
    ...Object.entries(categories).map(([name, rate]) => ({ name, rate, of: () => '' })),
    ...Object.entries(categories).flatMap(([name, { perPoolAndOperation: perSecond, operations }]) =>
      perSecond === undefined ? [] : [{ name, rate: { perSecond, operations }, of: ofPool }],
    ),
    ...Object.entries(perUser).flatMap(([name, rate]) => (isRate(rate) ? [{ name, rate, of: ofUser }] : [])),
  ];
  return (operation, input, now) => {
    const asked = rules
      .filter(({ rate }) => rate.operations.includes(operation))
      .map(({ name, rate, of }) => ({ name, rate, whose: of(input, operation) }))
      .filter(({ whose }) => whose !== undefined)
      .map(({ name, rate, whose }) => bucketOf(buckets, `${name} ${whose}`, rate.perSecond, now));
    if (asked.some(({ left }) => left < 1)) {
      // As in github.com/boto/boto3/issues/2517, of AdminGetUser; others have seen "Too many requests".
      throw new CognitoError('TooManyRequestsException', 'Rate exceeded');
    }
    for (const bucket of asked) bucket.left -= 1;
  };
}

interface Bucket {
  left: number;
  at: number;
}

function bucketOf(buckets: Map<string, Bucket>, name: string, perSecond: number, now: number): Bucket {
  const { left, at } = buckets.get(name) ?? { left: perSecond, at: now };
  const bucket = { left: Math.min(perSecond, left + ((now - at) / 1000) * perSecond), at: now };
  buckets.set(name, bucket);
  return bucket;
}

const isRate = (rate: Rate | Readonly<Record<string, number>>): rate is Rate => Array.isArray(rate.operations);

const ofPool = ({ UserPoolId }: Readonly<Record<string, unknown>>, operation: string) =>
  `${operation} ${String(UserPoolId)}`;

/** By whatever a request names its user with; a token that cannot be read names none. */
function ofUser(input: Readonly<Record<string, unknown>>): string | undefined {
  const { AccessToken, UserPoolId, ClientId, Username, AuthParameters } = input as Record<string, string> & {
    AuthParameters?: Record<string, string> | null;
  };
  if (AccessToken !== undefined) return holderOf(AccessToken);
  const name = Username ?? AuthParameters?.['USERNAME'] ?? AuthParameters?.['REFRESH_TOKEN'];
  return name && `${UserPoolId ?? ClientId} ${name}`;
}

function holderOf(token: string): string | undefined {
  try {
    const { iss = '', username } = decodeJwt<{ username?: string }>(token);
    return username && `${iss.slice(iss.lastIndexOf('/') + 1)} ${username}`;
  } catch {
    return undefined;
  }
}

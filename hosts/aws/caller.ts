import { NoAnswer } from '../../engine/exchange.ts';
import { sign } from '../../engine/signature.ts';
import type { Credentials, Send } from '../../engine/target.ts';
import { TargetError } from '../../targets/target-error.ts';

/** The account and region that a person has named. */
export interface Named {
  account: string;
  region: string;
}

export interface Caller {
  /** Who the credentials are of. */
  arn: string;
}

/** Asks `sts:GetCallerIdentity`. Rejects with a `TargetError` where the credentials are of another account than was named, or of none. */
export async function requireCaller(
  { account, region }: Named,
  { endpoint, credentials, send }: { endpoint: string; credentials: Credentials; send: Send },
): Promise<Caller> {
  const request = {
    method: 'POST',
    url: `${endpoint}/`,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  };
  sign(request, { service: 'sts', region, credentials });
  const { status, body } = await send(request).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error;
    throw new TargetError('aws', `nobody says whose the credentials are: ${error.message}; is ${region} a region?`);
  });
  const found = textOf('Account', body);
  if (status !== 200 || found === undefined) throw refused(status, body);
  if (found === account) return { arn: textOf('Arn', body) ?? found };
  throw new TargetError('aws', `the credentials are of account ${found}, and --account names ${account}`);
}

/** What to do about it, by what STS calls it. */
const ADVICE: Readonly<Record<string, string>> = {
  ExpiredToken: 'they have expired: get new ones',
  InvalidClientTokenId:
    'AWS does not know them: are they deleted, of another partition, or without their session token?',
  SignatureDoesNotMatch: 'AWS_SECRET_ACCESS_KEY is not of AWS_ACCESS_KEY_ID, or the clock of this computer is wrong',
};

function refused(status: number, body: string): TargetError {
  const code = textOf('Code', body);
  if (code === undefined) return new TargetError('aws', `sts:GetCallerIdentity answered ${status}, and no account`);
  const advice = Object.hasOwn(ADVICE, code) ? `${ADVICE[code]} ` : '';
  return new TargetError(
    'aws',
    `the credentials are refused: ${advice}(${code}: ${textOf('Message', body) ?? 'no text'})`,
  );
}

/** Of an answer in XML, in which these names stand once. */
function textOf(name: string, xml: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

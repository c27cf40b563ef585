import { CognitoError } from '../errors.ts';
import type { MockRequest } from '../mock.ts';
import { readAuthorization, type Authorization } from './authorization.ts';

/** Whom the stand-in knows. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of a role; then requests have to carry it. */
  sessionToken?: string | undefined;
  /** When the session token ends, by the clock of the mock. */
  expires?: number;
}

export interface Signed {
  service: string;
  region: string;
  credentials: AwsCredentials;
  now: number;
}

/** "An attempt must arrive at AWS within five minutes of the time stamp in the request": AWS's guide to signatures. */
const tolerance = 5 * 60_000;

/**
 * Throws what AWS answers where a signature (version 4) is not that of the caller that is known. Which check comes before
 * which is as dynalite has seen it in DynamoDB, which stands behind the same framework (github.com/mhart/dynalite,
 * index.js), and its texts are from there where no issue named here quotes Cognito's own. Not confirmed for Cognito: the
 * order, and all but the texts about a missing token, an unknown key and a wrong signature.
 */
export async function verify(request: MockRequest, { service, region, credentials, now }: Signed): Promise<void> {
  const authorization = readAuthorization(request.headers);
  const { time, date, scope } = authorization;
  assertTime(time, now);
  assertScope(scope, date, service, region);
  assertKnown(authorization, request.headers['x-amz-security-token'], credentials, now);
  if (authorization.signature !== (await signatureOf(request, authorization, credentials.secretAccessKey))) {
    // As in github.com/ellaisys/aws-cognito/issues/24, of AdminCreateUser.
    throw invalidSignature(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}

function assertTime(time: string, now: number): void {
  const sent = Date.parse(time.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const [earliest, latest] = [basic(now - tolerance), basic(now + tolerance)];
  // As in github.com/cognitect-labs/aws-api/issues/255, of API Gateway.
  if (sent < now - tolerance) {
    throw invalidSignature(`Signature expired: ${time} is now earlier than ${earliest} (${basic(now)} - 5 min.)`);
  }
  if (sent > now + tolerance) {
    throw invalidSignature(`Signature not yet current: ${time} is still later than ${latest} (${basic(now)} + 5 min.)`);
  }
}

function assertScope([region, service, end]: Authorization['scope'], date: string, ours: string, where: string): void {
  const faults = [
    region === where ? '' : `Credential should be scoped to a valid region, not '${region}'. `,
    service === ours ? '' : `Credential should be scoped to correct service: '${ours}'. `,
    end === 'aws4_request' ? '' : `Credential should be scoped with a valid terminator: 'aws4_request', not '${end}'. `,
    date,
  ];
  const text = faults.join('').trim();
  if (text) throw invalidSignature(text);
}

function assertKnown(
  { keyId }: Authorization,
  token: string | undefined,
  { accessKeyId, sessionToken, expires = Infinity }: AwsCredentials,
  now: number,
): void {
  if (keyId !== accessKeyId || token !== sessionToken) {
    // As in github.com/ArranJacques/laravel-aws-cognito-auth/issues/25, of AdminInitiateAuth.
    throw new CognitoError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  if (now >= expires) {
    throw new CognitoError('ExpiredTokenException', 'The security token included in the request is expired');
  }
}

const invalidSignature = (message: string) => new CognitoError('InvalidSignatureException', message);

async function signatureOf(
  { method, path, headers, body }: MockRequest,
  { keyDate, time, scope, signedHeaders }: Authorization,
  secret: string,
): Promise<string> {
  const lines = signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
  const canonical = [method, path, '', lines.join(''), signedHeaders.join(';'), await digest(body)].join('\n');
  const stringToSign = ['AWS4-HMAC-SHA256', time, [keyDate, ...scope].join('/'), await digest(canonical)].join('\n');
  let key: Bytes = bytes(`AWS4${secret}`);
  for (const part of [keyDate, ...scope]) key = await hmac(key, part);
  return hex(await hmac(key, stringToSign));
}

type Bytes = ArrayBuffer | Uint8Array<ArrayBuffer>;

async function hmac(key: Bytes, text: string): Promise<ArrayBuffer> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  return crypto.subtle.sign('HMAC', imported, bytes(text));
}

const digest = async (text: string) => hex(await crypto.subtle.digest('SHA-256', bytes(text)));
const bytes = (text: string) => new TextEncoder().encode(text);
const hex = (buffer: ArrayBuffer) =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** `20260131T235959Z`. */
const basic = (time: number) => new Date(time).toISOString().replace(/\.\d+|[-:]/g, '');

import { CognitoError } from '../errors.ts';

/** What a request says of its own signature. */
export interface Authorization {
  keyId: string;
  keyDate: string;
  /** Region, service and `aws4_request`. */
  scope: [region: string, service: string, end: string];
  signedHeaders: string[];
  signature: string;
  /** When it was signed: `20260131T235959Z`. */
  time: string;
  /** What is wrong with the date of the key, or nothing. */
  date: string;
}

/** Reads the headers `Authorization` and `X-Amz-Date`; throws what AWS answers where they cannot be read. */
export function readAuthorization(headers: Readonly<Record<string, string>>): Authorization {
  const header = headers['authorization'];
  if (!header) throw new CognitoError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [algorithm = '', rest = ''] = halves(header, ' ');
  const given = parts(rest, header);
  const time = headers['x-amz-date'] ?? '';
  const lacks = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !given.get(name));
  const missing = [
    ...lacks.map((name) => `Authorization header requires '${name}' parameter.`),
    ...(time ? [] : ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]),
  ];
  // As in github.com/nordcloud/cognitocurl/issues/28, of OpenSearch.
  if (missing.length > 0) throw incomplete(`${missing.join(' ')} Authorization=${algorithm}`);
  if (!/^\d{8}T\d{6}Z$/.test(time)) {
    throw incomplete(
      `Date must be in ISO-8601 'basic format'. Got '${time}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}' (only AWS4-HMAC-SHA256 for now). `);
  }
  return { ...credentialOf(given.get('Credential') ?? '', time), ...signedBy(given), time };
}

function credentialOf(credential: string, time: string) {
  const [keyId = '', keyDate = '', region = '', service = '', end = '', ...more] = credential.split('/');
  if (!end || more.length > 0) {
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  const day = time.slice(0, 8);
  const date =
    keyDate === day
      ? ''
      : `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${keyDate}' != '${day}', from '${time}'.`;
  return { keyId, keyDate, scope: [region, service, end] satisfies Authorization['scope'], date } as const;
}

function signedBy(given: ReadonlyMap<string, string>) {
  const signedHeaders = (given.get('SignedHeaders') ?? '').split(';');
  if (!signedHeaders.includes('host')) {
    throw new CognitoError('InvalidSignatureException', "'Host' must be a 'SignedHeader' in the AWS Authorization.");
  }
  return { signedHeaders, signature: given.get('Signature') ?? '' };
}

function parts(text: string, header: string): Map<string, string> {
  const given = text.split(/[, ]+/).filter(Boolean);
  const odd = given.find((part) => !part.includes('='));
  if (odd !== undefined) {
    // As in github.com/iann0036/cloud9-sync/issues/10, of Cloud9.
    throw incomplete(`'${odd}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`);
  }
  return new Map(given.map((part) => halves(part, '=')));
}

function halves(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const incomplete = (message: string) => new CognitoError('IncompleteSignatureException', message);

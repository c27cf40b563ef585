import { createHash, createHmac } from 'node:crypto';
import type { Credentials, HttpRequest } from './target.ts';

export interface Signer {
  service: string;
  region: string;
  credentials: Credentials;
}

/**
 * Adds the headers of an AWS signature, version 4, to a request: of the headers that it has, and of its body. The address
 * has no query. Source: "Create a signed AWS API request", AWS's guide to IAM.
 */
export function sign({ method, url, headers, body = '' }: HttpRequest, { service, region, credentials }: Signer): void {
  const { host, path } = placeOf(url);
  const time = new Date().toISOString().replace(/\.\d+|[-:]/g, '');
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  headers['host'] = host;
  headers['x-amz-date'] = time;
  if (credentials.sessionToken !== undefined) headers['x-amz-security-token'] = credentials.sessionToken;
  delete headers['authorization'];
  const names = Object.keys(headers).sort();
  const named = names.join(';');
  let lines = '';
  for (const name of names) lines += `${name}:${spaced(headers[name] ?? '')}\n`;
  const canonical = `${method}\n${path}\n\n${lines}\n${named}\n${sha256(body)}`;
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', keyOf(scope, credentials)).update(text).digest('hex');
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${named}, Signature=${signature}`;
}

const spaced = (value: string): string => value.trim().replace(/ +/g, ' ');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Nearly all that is signed has the key of the day. */
let lastKey = { scope: '', secret: '', key: Buffer.alloc(0) };

function keyOf(scope: string, { secretAccessKey: secret }: Credentials): Buffer {
  if (scope !== lastKey.scope || secret !== lastKey.secret) {
    let key = Buffer.from(`AWS4${secret}`);
    for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
    lastKey = { scope, secret, key };
  }
  return lastKey.key;
}

/** Nearly all of it goes to one address. */
let lastPlace = { url: '', host: '', path: '' };

function placeOf(url: string): typeof lastPlace {
  if (url !== lastPlace.url) {
    const { host, pathname } = new URL(url);
    lastPlace = { url, host, path: pathname.split('/').map(encodeURIComponent).join('/') };
  }
  return lastPlace;
}

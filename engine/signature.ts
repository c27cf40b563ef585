import { createHash, createHmac } from 'node:crypto';
import type { Credentials, HttpRequest } from './target.ts';

export interface Signer {
  service: string;
  region: string;
  credentials: Credentials;
}

/**
 * A request with its AWS signature, version 4: all of its headers are signed, and the whole body. The address has no query.
 * Source: "Create a signed AWS API request", AWS's guide to IAM.
 */
export function signed({ method, url, headers, body = '' }: HttpRequest, signer: Signer): HttpRequest {
  const { host, path } = placeOf(url);
  const { accessKeyId, sessionToken } = signer.credentials;
  const time = new Date().toISOString().replace(/\.\d+|[-:]/g, '');
  const scope = `${time.slice(0, 8)}/${signer.region}/${signer.service}/aws4_request`;
  const whole: Record<string, string> = { ...headers, host, 'x-amz-date': time };
  if (sessionToken !== undefined) whole['x-amz-security-token'] = sessionToken;
  const names = Object.keys(whole).sort();
  const lines = names.map((name) => `${name}:${(whole[name] ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
  const named = names.join(';');
  const canonical = `${method}\n${path}\n\n${lines}\n${named}\n${sha256(body)}`;
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', keyOf(scope, signer.credentials)).update(text).digest('hex');
  whole['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${named}, Signature=${signature}`;
  return { method, url, headers: whole, body };
}

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

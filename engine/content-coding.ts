import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

const decoders: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** The value of Accept-Encoding: the codings that are undone. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br';

/** A body without its content codings, the last applied first. One of a coding that is not known stays as it is. */
export async function decoded(body: Buffer, codings = '', maxOutputLength: number): Promise<Buffer> {
  if (codings === '') return body;
  let bytes = body;
  for (const coding of codings.toLowerCase().split(',').reverse()) {
    const decode = decoders[coding.trim()];
    if (decode && bytes.length > 0) bytes = await decode(bytes, { maxOutputLength });
  }
  return bytes;
}

/** The 3072-bit group of RFC 5054, Appendix A, with the generator that Cognito's clients use. */
const N = BigInt(
  '0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
);
const g = 2n;

/** The server's side of one sign-in by SRP-6a, between its challenge and the client's proof. */
export interface SrpExchange {
  A: bigint;
  B: bigint;
  b: bigint;
  verifier: bigint;
}

/** Begins with the client's `A`. `identity` is what the client puts before the password: pool, user and a colon. */
export async function openExchange(A: bigint, salt: bigint, identity: string, password: string): Promise<SrpExchange> {
  const x = number(await sha256(bytes(salt), await sha256(text(identity + password))));
  const k = number(await sha256(bytes(N), bytes(g)));
  const b = number(crypto.getRandomValues(new Uint8Array(32)));
  const verifier = power(g, x);
  return { A, B: (k * verifier + power(g, b)) % N, b, verifier };
}

/** What a client that knows the password signs `message` with, in Base64. */
export async function proofOf({ A, B, b, verifier }: SrpExchange, message: Uint8Array): Promise<string> {
  const u = number(await sha256(bytes(A), bytes(B)));
  const secret = power(A * power(verifier, u), b);
  const material = await crypto.subtle.importKey('raw', bytes(secret), 'HKDF', false, ['deriveBits']);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: bytes(u), info: text('Caldera Derived Key') };
  const bits = await crypto.subtle.deriveBits(derivation, material, 128);
  const key = await crypto.subtle.importKey('raw', bits, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return base64(new Uint8Array(await crypto.subtle.sign('HMAC', key, joined(message))));
}

/** Whatever a client chose, its `A` must not make the secret known. */
export const isSafe = (A: bigint) => A % N !== 0n;

export const sha256 = async (...parts: Uint8Array[]) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));

export const text = (value: string) => new TextEncoder().encode(value);

export const base64 = (value: Uint8Array) => btoa(String.fromCharCode(...value));

export const number = (value: Uint8Array) => BigInt(`0x${hex(value)}`);

export const hex = (value: Uint8Array) => [...value].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** As few bytes as hold it, with a bit to spare for a sign: clients hash numbers as Java writes them. */
function bytes(value: bigint): Uint8Array<ArrayBuffer> {
  const digits = value.toString(16);
  const whole = digits.length % 2 === 0 ? digits : `0${digits}`;
  const signed = /^[89a-f]/.test(whole) ? `00${whole}` : whole;
  return Uint8Array.from(signed.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [square, rest] = [base % N, exponent]; rest > 0n; rest >>= 1n, square = (square * square) % N) {
    if (rest & 1n) result = (result * square) % N;
  }
  return result;
}

import type { MockOptions, MockRequest } from '../../mocks/mock.ts';

/** A way in which a server may differ from our own mock and still be right. */
export interface Variation {
  /** Why the contract allows it: an entry of `specs/evidence`, or the RFC that says so. */
  about: string;
  /** The mock itself is another. */
  mock?: Pick<MockOptions, 'now' | 'faults'>;
  /** An answer says the same in other words. */
  reply?: (reply: Reply, request: MockRequest) => Reply;
  /** Its bytes come otherwise. */
  write?: (reply: Reply) => Packet[];
  /** The connection ends after so many answers. */
  endsAfter?: number;
  /** An event for a function says the same in other words. */
  event?: (event: unknown) => unknown;
  /** Whether an exchange is varied: without the variation none is. */
  shows: (sent: Sent) => boolean;
  /** Only some cases provoke it. */
  rare?: true;
}

export interface Reply {
  version: 'HTTP/1.0' | 'HTTP/1.1';
  status: number;
  reason: string;
  /** Without a length: whoever writes the body knows it. */
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
}

/** Bytes, or milliseconds to wait. */
export type Packet = Buffer | number;

/** What went out for one request. */
export interface Sent {
  /** All of its bytes, each as one letter. */
  text: string;
  packets: number;
  pausedMs: number;
  /** Whether the connection ended with it. */
  ended: boolean;
  /** The body of the request. */
  asked: string;
  /** What functions were invoked with meanwhile, as text. */
  events: string;
}

export type Variations = Readonly<Record<string, Variation>>;

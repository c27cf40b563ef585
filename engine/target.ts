/** What the engine needs to know of whom it judges. Hosts build one; the engine never asks how it was started. */
export interface Target {
  name: string;
  version?: string | undefined;
  /** Base URL of the user operations, without a trailing slash. */
  endpoint: string;
  /** A check of the suite itself (our mock): proves nothing about Cognito and is no column of a matrix. */
  selfTest?: boolean | undefined;
  region: string;
  credentials: Credentials;
  /** Read by fixtures as `${target.NAME}`. */
  values: Readonly<Record<string, string>>;
  send: Send;
  /** The newest code sent to a user; absent where codes cannot be read. */
  latestCode?: ((user: CodeOwner) => Promise<string | undefined>) | undefined;
  /** The private key that the target signs its tokens with (PEM or JWK); absent where it is not known. */
  signingKey?: (() => Promise<string | JsonWebKeyLike>) | undefined;
}

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

export interface CodeOwner {
  UserPoolId: string;
  Username: string;
}

export type JsonWebKeyLike = Readonly<Record<string, unknown>>;

/** Sends one HTTP request. Rejects with a `NoAnswer` when no whole answer came. `fresh` asks for a new connection. */
export type Send = (request: HttpRequest, options?: { fresh?: boolean }) => Promise<HttpResponse>;

export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
}

export interface HttpResponse {
  status: number;
  /** Names as they came, repeated headers one by one. */
  headers: [name: string, value: string][];
  body: string;
  /** A reused socket had been closed by the other side, and the request was sent again on a new one. */
  retried?: boolean;
}

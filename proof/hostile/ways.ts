import type { MockRequest, MockResponse } from '../../mocks/mock.ts';
import { evil, patterns } from './payload.ts';

type Members = Record<string, unknown>;
type Saying = Pick<MockResponse, 'status' | 'headers' | 'body'>;

/** How a target answers: what the mock would, and something else in the place of it. */
export type Way = (answer: Saying, request: MockRequest, target: Hostile) => Saying;

export interface Hostile {
  /** Another host, which nobody must ask. */
  canary: string;
  /** A text in the place of another in all that the target says; whoever sends it means the other one. */
  alias: (real: string, shown: string) => void;
  /** Grows by one with each answer. */
  count: number;
}

export const ways: Readonly<Record<string, Way>> = {
  'types and messages': (answer, request, { canary }) =>
    answer.status < 400 || isProbe(request)
      ? answer
      : json(400, { __type: evil(canary), message: evil(canary) }, answer.headers),

  'messages alone': (answer, _, { canary }) =>
    answer.status < 400
      ? answer
      : json(answer.status, { ...parsed(answer.body), message: evil(canary) }, answer.headers),

  'pages in the place of updates': (answer, request, { canary }) =>
    isWrite(request)
      ? { status: 500, headers: { 'content-type': 'text/html; charset=utf-7' }, body: `<pre>${evil(canary)}</pre>` }
      : answer,

  'redirects elsewhere': (answer, request, { canary, count }) => {
    const status = [301, 302, 303, 307, 308][count % 5] ?? 302;
    const asked = isWrite(request) || request.method === 'GET';
    const headers = { location: `${canary}/moved`, refresh: `0;url=${canary}/refreshed`, 'content-type': 'text/html' };
    return asked ? { status, headers, body: `<meta http-equiv="refresh" content="0;url=${canary}/">` } : answer;
  },

  headers: (answer, _, { canary, count }) => ({
    ...answer,
    headers: {
      ...answer.headers,
      'content-type': ['text/html;charset=utf-7', 'application/json;charset="\\"x"', 'a/b'][count % 3] ?? '',
      __proto__0: 'x',
      constructor: 'x',
      valueof: 'x',
      'x-evil': printable(evil(canary)),
      'x-amzn-errortype': `##[add-mask]a ${printable(evil(canary))}`,
      refresh: `0;url=${canary}/refreshed`,
      link: `<${canary}/preloaded>; rel=preload; as=script, <${canary}/>; rel=preconnect`,
      'reporting-endpoints': `default="${canary}/report"`,
      'content-security-policy-report-only': `default-src 'none'; report-uri ${canary}/csp`,
      'alt-svc': `h2="${new URL(canary).host}"`,
      'set-cookie': 'a=b; Domain=127.0.0.1',
    },
  }),

  'members of every success': (answer, _, { canary }) =>
    answer.status === 200 && parsed(answer.body)
      ? { ...answer, body: withMembers(answer.body, { [evil(canary)]: evil(canary), $ref: `${canary}/schema.json` }) }
      : answer,

  'ids of pools, clients and users': (answer, { body }, { canary, alias, count }) => {
    const { UserPool, UserPoolClient, User } = parsed(answer.body) ?? {};
    const { PoolName, ClientName, MessageAction } = parsed(body) ?? {};
    const made: [unknown, string | undefined][] = [
      [PoolName, textIn(UserPool, 'Id')],
      [ClientName, textIn(UserPoolClient, 'ClientId')],
      [MessageAction, textIn(User, 'Username')],
    ];
    for (const [asked, id] of made) if (asked !== undefined && id) alias(id, `${evil(canary)}${count}`);
    return answer;
  },

  'names and values of attributes': (answer, _, { canary, count }) => {
    const found = parsed(answer.body);
    if (!Array.isArray(found?.['UserAttributes'])) return answer;
    const more = [evil(canary), '__proto__', 'constructor'].map((Name) => ({ Name, Value: evil(canary) + count }));
    return json(
      200,
      { ...found, UserAttributes: [...(found['UserAttributes'] as unknown[]), ...more] },
      answer.headers,
    );
  },

  'what is no text where one belongs': (answer, _, { canary, count }) => {
    const found = parsed(answer.body);
    if (!Array.isArray(found?.['UserAttributes'])) return answer;
    const strange = patterns(canary)[count % patterns(canary).length];
    const list = found['UserAttributes'] as { Name: string; Value: unknown }[];
    const UserAttributes = [
      ...list.map((one) => (one.Name === 'sub' ? { ...one, Value: strange } : one)),
      { Name: strange, Value: strange },
      ...Array.from({ length: 9000 }, () => ({ Name: 'again', Value: 'x' })),
    ];
    return json(200, { ...found, UserAttributes, UserCreateDate: strange }, answer.headers);
  },

  'tokens with headers of their own': (answer, _, { canary, alias, count }) => {
    const { AuthenticationResult } = parsed(answer.body) ?? {};
    const token = textIn(AuthenticationResult, 'AccessToken');
    if (token === undefined) return answer;
    const [, claims = '', signature = ''] = token.split('.');
    const key = { alg: 'none', kid: '../../../etc/passwd', jku: `${canary}/jwks`, x5u: `${canary}/x5u` };
    const header = [JSON.stringify({ ...key, crit: ['b64'], note: evil(canary) }), 'no JSON', '[]', 'null'][count % 4];
    alias(token, `${Buffer.from(header ?? '').toString('base64url')}.${claims}.${signature}`);
    return answer;
  },

  deliveries: (answer, _, { canary }) => {
    const found = parsed(answer.body);
    const told = { Destination: evil(canary), DeliveryMedium: evil(canary), AttributeName: evil(canary) };
    if (found && 'CodeDeliveryDetails' in found)
      return json(200, { ...found, CodeDeliveryDetails: told }, answer.headers);
    if (!Array.isArray(found?.['CodeDeliveryDetailsList'])) return answer;
    return json(200, { ...found, CodeDeliveryDetailsList: [told] }, answer.headers);
  },

  'numbers without an end': (answer) => ({
    ...answer,
    body: answer.body.replaceAll(/(Date"?:)[\d.]+/g, (_, name: string) => `${name}1${'0'.repeat(400)}`),
  }),

  'secrets by the thousand': (answer) =>
    answer.status === 200 && parsed(answer.body)
      ? {
          ...answer,
          body: withMembers(answer.body, {
            More: Array.from({ length: 5000 }, (_, nth) => ({ AccessToken: `${nth}`.padStart(24, 'x') })),
          }),
        }
      : answer,

  'messages of many thousand letters': (answer) =>
    answer.status < 400 ? answer : json(400, { __type: 'a'.repeat(1e5), message: 'eyJ-'.repeat(5e4) }, answer.headers),
};

/** Members that no literal can have come first. */
function withMembers(body: string, members: Members): string {
  const own = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1';
  const more = JSON.stringify({ ...parsed(body), ...members }).slice(1, -1);
  return `{${own},${more}}`;
}

/** First calls, by which a run tells whether this is the API at all. */
function isProbe({ headers, body }: MockRequest): boolean {
  return body === '{}' || /conformance"/.test(body) || /Unicorn/.test(headers['x-amz-target'] ?? '');
}

function isWrite({ headers }: MockRequest): boolean {
  return /\.(Admin)?(Update|Delete)UserAttributes$/.test(headers['x-amz-target'] ?? '');
}

function json(status: number, body: unknown, headers: MockResponse['headers']): Saying {
  return { status, headers, body: JSON.stringify(body) };
}

/** What a header can hold. */
function printable(text: string): string {
  return text.replaceAll(/[^ -~]/g, ' ');
}

function textIn(value: unknown, name: string): string | undefined {
  const found = (value as Members | undefined)?.[name];
  return typeof found === 'string' ? found : undefined;
}

function parsed(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}

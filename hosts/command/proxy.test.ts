import { describe, expect, test } from 'vitest';
import { loadSuite } from '../../engine/load.ts';
import { createMock, type Mock } from '../../mocks/mock.ts';
import { serve } from '../../mocks/serve.ts';
import { about, packageRoot } from '../../package.ts';
import type { Comparison } from '../../reports/comparison/compare.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { manifestOf } from '../open-target.ts';
import { missing, startNginx, type Configuration } from './nginx.test-data.ts';
import { runAgainst } from './reference.ts';
import { runTarget } from './run-target.ts';
import { selectCases } from './select-cases.ts';

/** Of each kind some: read and written, refused, signed, raw, across origins, codes, beyond ASCII, long. */
const CASES = [
  'GetUser/agrees-with-admin-get-user',
  'GetUser/bad-token/expired',
  'GetUser/bad-token/tampered',
  'UpdateUserAttributes/expired-token',
  'UpdateUserAttributes/string-length-in-characters',
  'UpdateUserAttributes/attribute-name-of-33-characters',
  'AdminUpdateUserAttributes/longest-value',
  'AdminGetUser/no-such-user',
  'AdminGetUser/no-such-pool',
  'VerifyUserAttribute/wrong-code',
  'cors/preflight',
  'cors/no-credentials',
];

const faithful: Readonly<Record<string, Configuration>> = {
  plain: {},
  gzip: { server: 'gzip on; gzip_types *; gzip_min_length 1; gzip_proxied any; gzip_vary on;' },
  'buffering off': { location: 'proxy_buffering off; proxy_request_buffering off;' },
  'a path prefix': { path: '/cognito/' },
  'HTTP/1.1 behind, kept alive': { location: 'proxy_http_version 1.1; proxy_set_header Connection "";' },
  'no keep-alive before': { server: 'keepalive_timeout 0;' },
  'its own Via': { server: 'add_header Via "1.1 proxy" always;' },
};

/** What each loses or changes, and the causes that the report names, all of them. */
const lossy: Readonly<Record<string, [Configuration, causes: string[]]>> = {
  'header stripped': [{ location: 'proxy_hide_header x-amzn-requestid;' }, ['header x-amzn-requestid is lost']],
  'X-Amz-Target renamed': [
    { location: 'proxy_set_header X-Amz-Target ""; proxy_set_header X-Target $http_x_amz_target;' },
    ['400 UnknownOperationException: as the reference answers where header x-amz-target is lost or renamed on the way'],
  ],
  'body size limit': [{ server: 'client_max_body_size 1k;' }, ['413 text/html: the body size limit of the proxy']],
  'error pages intercepted': [
    {
      server: 'error_page 400 /e; location = /e { internal; return 400 Oops; }',
      location: 'proxy_intercept_errors on;',
    },
    ['400 text/plain: an error page of the proxy in the place of the answer (it intercepts errors)'],
  ],
  'CORS added twice': [
    { location: 'add_header Access-Control-Allow-Origin * always;' },
    [
      'header access-control-allow-origin is added',
      'header access-control-allow-origin comes more than once: the proxy adds what the upstream says already',
    ],
  ],
  'method rewritten': [
    { location: 'proxy_method GET;' },
    ['404 application/xml: as the reference answers where the method is rewritten'],
  ],
  'charset added': [
    { server: 'charset utf-8; charset_types *;' },
    ['header content-type: a charset is added (charset=utf-8)'],
  ],
  'cache on': [
    {
      http: 'proxy_cache_path $FOLDER/cache keys_zone=cache:1m;',
      location:
        'proxy_cache cache; proxy_cache_methods POST; proxy_cache_key $http_x_amz_target$request_body; proxy_cache_valid any 1m;',
    },
    [
      'an answer comes a second time, with the x-amzn-requestid of an earlier one: the proxy keeps answers (a cache)',
      'verdict blocked instead of pass: GetUserAttributeVerificationCode causes no code',
    ],
  ],
  'time-out short': [
    { location: 'proxy_read_timeout 100ms;', upstream: '$SLOW' },
    ['504 text/html: the time-out of the proxy: it waits shorter than the upstream takes'],
  ],
  'body re-encoded': [
    { location: `sub_filter é '\\\\u00e9'; sub_filter_types *; sub_filter_once off;` },
    ['body is re-encoded: characters or numbers are written otherwise'],
  ],
  'white space added': [
    { location: `sub_filter '":' '": '; sub_filter_types *; sub_filter_once off;` },
    ['body is re-encoded: other white space'],
  ],
  'a header in lower case': [
    {
      http: `map $upstream_http_x_amzn_errortype $lower {
        default $upstream_http_x_amzn_errortype; "NotAuthorizedException:" "notauthorizedexception:"; }`,
      location: 'proxy_hide_header x-amzn-errortype; add_header x-amzn-errortype $lower always;',
    },
    ['the value of header x-amzn-errortype comes in another letter case'],
  ],
  'Authorization stripped': [
    { location: 'proxy_set_header Authorization "";' },
    ['400 MissingAuthenticationTokenException: the signature does not arrive: header authorization is lost on the way'],
  ],
  'Content-Type stripped': [
    { location: 'proxy_set_header Content-Type "";' },
    ['404 application/xml: as the reference answers where header content-type is lost or renamed on the way'],
  ],
  'body lost': [
    { location: 'proxy_pass_request_body off; proxy_set_header Content-Length "";' },
    ['400 SerializationException: the body of the request does not arrive as it was sent'],
  ],
  'path prefix kept': [
    { path: '/kept/', location: 'rewrite ^(.*)$ $1 break;' },
    [
      '404 application/xml: as the reference answers where the path is passed on as it stands in the endpoint, and not taken off, or header content-type is lost or renamed on the way',
    ],
  ],
  redirect: [{ server: 'return 301 https://example.test$request_uri;' }, ['301 text/html: the proxy redirects']],
  'status rewritten': [
    { upstream: '$REWRITTEN' },
    ['status 200 instead of 400, with the same body: the status is rewritten'],
  ],
  'a new line at the end': [{ upstream: '$ENDED' }, ['body has white space added around it', 'body is added']],
};

const suite = loadSuite(packageRoot, about);
const mock = createMock();
const upstream = await serve(mock);
/** Doors to the same mock that answer otherwise, for what nginx cannot do to an answer. */
const doors: Record<string, string> = {
  $UPSTREAM: upstream.url,
  $SLOW: await door(async (answer, request) => {
    if (request.headers['x-amz-target']?.endsWith('.GetUser')) await new Promise((wake) => setTimeout(wake, 300));
    return answer;
  }),
  $REWRITTEN: await door((answer) => ({ ...answer, status: answer.status === 400 ? 200 : answer.status })),
  $ENDED: await door(({ headers: { 'content-length': _, ...headers }, ...answer }) => ({
    ...answer,
    headers,
    body: `${answer.body}\n`,
  })),
};
const { triggers: _, ...served } = await manifestOf({ name: 'mock-served' });
const options = { suite, cases: selectCases(suite, CASES), folder: undefined, signal: new AbortController().signal };
const reference = await runTarget(at('upstream', upstream.url), { ...options, strict: false, trace: true });

describe.skipIf(missing !== undefined)(`nginx before the mock${missing ? ` (${missing})` : ''}`, async () => {
  const configurations = {
    ...faithful,
    ...Object.fromEntries(Object.entries(lossy).map(([name, [one]]) => [name, one])),
  };
  const endpoints = missing === undefined ? await startNginx(upstream.url, placed(configurations)) : new Map();

  test.each(Object.keys(faithful))('no difference: %s', async (name) => {
    const { differences, uncompared, answers } = await compareAt(endpoints.get(name));
    expect([differences, uncompared]).toEqual([[], []]);
    expect(answers).toBeGreaterThan(30);
  });

  test.each(Object.entries(lossy))('found and named: %s', async (name, [, named]) => {
    const causes = (await compareAt(endpoints.get(name), 1)).differences.map((difference) => difference.cause);
    expect(causes.sort()).toEqual(named.sort());
  });
});

async function compareAt(url: string, concurrency?: number): Promise<Comparison> {
  const sides = { target: at('proxy', url), reference: at('upstream', upstream.url) };
  const { comparison } = await runAgainst(reference, sides, { ...options, concurrency });
  if (!comparison) throw new Error('nothing was compared');
  return comparison;
}

function at(name: string, url: string): Manifest {
  return { ...served, name, start: { url } };
}

async function door(
  change: (
    answer: Awaited<ReturnType<Mock['answer']>>,
    request: Parameters<Mock['answer']>[0],
  ) => ReturnType<Mock['answer']> | Awaited<ReturnType<Mock['answer']>>,
): Promise<string> {
  const { url } = await serve({ ...mock, answer: async (request) => change(await mock.answer(request), request) });
  return url;
}

/** With the addresses of the doors. */
function placed(configurations: Record<string, Configuration>): Record<string, Configuration> {
  const text = Object.entries(doors).reduce(
    (all, [name, url]) => all.replaceAll(name, () => url),
    JSON.stringify(configurations),
  );
  return JSON.parse(text) as Record<string, Configuration>;
}

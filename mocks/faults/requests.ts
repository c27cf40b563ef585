import { type Fault } from '../fault.ts';
import type { MockRequest } from '../mock.ts';
import { contentType } from '../wire.ts';

const service = 'AWSCognitoIdentityProviderService.';

/** What is taken for a call, and how its body is read. */
export const requests: Record<string, Fault> = {
  'takes-plain-json': takes((type) => type === 'application/json'),
  'takes-json-1.0': takes((type) => type === 'application/x-amz-json-1.0'),
  'takes-plain-text': takes((type) => type === 'text/plain'),
  'takes-forms': takes((type) => type === 'application/x-www-form-urlencoded'),
  'takes-no-content-type': takes((type, { method }) => type === undefined && method === 'POST'),
  'refuses-a-charset': {
    request: (request) =>
      request.headers['content-type']?.includes(';') ? withHeader(request, 'content-type', 'text/plain') : request,
  },
  'knows-no-other-protocol': {
    request: (request) =>
      request.headers['content-type'] === 'application/json'
        ? withHeader(request, 'content-type', 'text/plain')
        : request,
  },
  'carries-out-put': carriesOut('PUT'),
  'carries-out-get': carriesOut('GET'),
  'finds-operations-in-any-letters': targets((target) =>
    target.replace(/updateuserattributes$/, 'UpdateUserAttributes'),
  ),
  'finds-operations-without-service': targets((target) => target.replace(/^UpdateUserAttributes$/, `${service}$&`)),
  'finds-operations-without-dot': targets((target) => target.replace('ServiceUpdate', 'Service.Update')),
  'no-target-is-an-update': {
    request: (request) =>
      request.method === 'POST' && request.headers['x-amz-target'] === undefined
        ? withHeader(request, 'x-amz-target', `${service}UpdateUserAttributes`)
        : request,
  },
  'no-operation-is-an-update': targets((target) => (target === service ? `${service}UpdateUserAttributes` : target)),
  'unknown-operation-is-an-update': targets((target) => target.replace('PaintUserAttributes', 'UpdateUserAttributes')),
  'administrators-need-not-sign': {
    request: (request) =>
      request.headers['authorization'] === undefined ? withHeader(request, 'authorization', 'none') : request,
  },
  'reads-bodies-as-latin-1': bodies((body) => new TextDecoder('latin1').decode(new TextEncoder().encode(body))),
  'loses-letters-beyond-sixteen-bits': bodies((body) => body.replace(/[\u{10000}-\u{10ffff}]/gu, '?')),
  'loses-escapes-beyond-sixteen-bits': bodies((body) => body.replace(/(\\ud[89ab]..){1}(\\ud[cdef]..)/gi, '?')),
  'drops-bodies-beyond-100-kB': bodies((body) => (body.length > 102_400 ? '' : body)),
  'drops-bodies-beyond-8-kB': bodies((body) => (body.length > 8192 && body.length < 102_400 ? '' : body)),
  'allows-a-trailing-comma': bodies((body) => body.replace(/,\s*}/g, '}')),
  'allows-single-quotes': bodies((body) => (body.startsWith("{'") ? body.replaceAll("'", '"') : body)),
  'allows-bare-quotes': bodies((body) => body.replace('af"ter', 'after')),
  'closes-what-is-open': bodies((body) => (body.endsWith('"after"}') ? `${body}]}` : body)),
  'reads-forms-of-a-body': bodies((body) =>
    body.startsWith('AccessToken=') ? JSON.stringify(Object.fromEntries(new URLSearchParams(body))) : body,
  ),
  'any-json-is-an-object': bodies((body) => (/^("|\[\]|null|\d|true)/.test(body) ? '{}' : body)),
  'takes-the-first-of-a-list': bodies((body) => body.replace(/^\[({.*})\]$/s, '$1')),
};

function takes(isTaken: (type: string | undefined, request: MockRequest) => boolean): Fault {
  return {
    request: (request) =>
      isTaken(request.headers['content-type'], request) ? withHeader(request, 'content-type', contentType) : request,
  };
}

function carriesOut(method: string): Fault {
  return {
    request: (request) =>
      request.method === method && request.headers['x-amz-target'] ? { ...request, method: 'POST' } : request,
  };
}

function targets(change: (target: string) => string): Fault {
  return {
    request: (request) => {
      const target = request.headers['x-amz-target'];
      return target === undefined ? request : withHeader(request, 'x-amz-target', change(target));
    },
  };
}

function bodies(change: (body: string, request: MockRequest) => string): Fault {
  return { request: (request) => ({ ...request, body: change(request.body, request) }) };
}

const withHeader = (request: MockRequest, name: string, value: string): MockRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

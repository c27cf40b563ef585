import { randomUUID } from 'node:crypto';
import { createMock, type MockRequest, type MockResponse } from '../mocks/mock.ts';
import { operations } from '../mocks/operations.ts';

/** What an emulator says to an operation that it does not have, and what it was asked with. */
export type Says = (operation: string, body: string) => MockResponse;

/** An emulator that nobody here has a manifest for: the mock without some operations, its way of saying so, and its own place for codes. */
export function unknownEmulator({ lacks, says }: { lacks: readonly string[]; says: Says }): {
  answer: (request: MockRequest) => Promise<MockResponse>;
} {
  const mock = createMock();
  const get = async (request: MockRequest): Promise<MockResponse> => {
    if (request.path === '/version') return page(200, 'application/json', '{"name":"unknown","version":"0.3.1"}');
    const [, owner] = /^\/__codes\/(.+)$/.exec(request.path) ?? [];
    if (owner === undefined) return page(404, 'text/plain', 'nothing here');
    const { body } = await mock.answer({ ...request, path: `/_mock/messages/${owner}` });
    const [newest] = JSON.parse(body) as { code: string }[];
    return page(200, 'application/json', JSON.stringify({ latest: { code: newest?.code } }));
  };
  return {
    answer: async (request) => {
      if (request.method === 'GET') return get(request);
      const operation = request.headers['x-amz-target']?.split('.')[1];
      const isThere = operation !== undefined && Object.hasOwn(operations, operation) && !lacks.includes(operation);
      return operation === undefined || isThere ? mock.answer(request) : says(operation, request.body);
    },
  };
}

const page = (status: number, type: string, body: string): MockResponse => ({
  status,
  headers: { 'content-type': type },
  body,
});
const json = (status: number, body: object): MockResponse =>
  page(status, 'application/x-amz-json-1.1', JSON.stringify(body));
const kebab = (operation: string): string => operation.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
const isReal = (operation: string): boolean => Object.hasOwn(operations, operation);

/** Ways of saying "not implemented": seen of public emulators, and worse. */
export const ways: Readonly<Record<string, Says>> = {
  'a type of its own': (operation) => json(400, { __type: 'InvalidAction', message: `no ${operation}` }),
  '501 and nothing': () => page(501, 'text/plain', ''),
  '500 and a page with a date': (operation) =>
    page(500, 'text/html', `<pre>${new Date().toISOString()} NotImplementedError: ${kebab(operation)}</pre>`),
  '500 and what it was asked': (_, body) => json(500, { error: `assert failed: ${body}` }),
  '403 and nothing': () => json(403, {}),
  '404 with an id': () => page(404, 'text/plain', `not found; request ${randomUUID()}`),
  'a type of Cognito, with the name and an id': (operation) =>
    json(400, { __type: 'InvalidParameterException', message: `Unknown action ${operation} (${randomUUID()})` }),
  'a type that refuses tokens': () => json(400, { __type: 'NotAuthorizedException', message: 'Not supported.' }),
  '200 and nothing': () => json(200, {}),
  '200 and an error': (operation) => json(200, { error: { code: 'NotImplemented', operation } }),
  '200 and a type': () => json(200, { __type: 'NotImplemented' }),
  'a type of its own, and a crash for what nobody has': (operation) =>
    isReal(operation) ? json(500, { __type: 'Local#Unsupported' }) : page(500, 'text/html', '<h1>Oops</h1>'),
  '501, and another for what nobody has': (operation) =>
    isReal(operation) ? json(501, { message: 'pro feature' }) : json(400, { __type: 'UnknownOperationException' }),
};

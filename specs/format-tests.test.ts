import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isObject } from '../engine/answer.ts';
import type { Case, CaseSource, Claim, Json, JsonObject } from '../engine/case.ts';
import { readCaseFiles, repeatedNames, type ReadCases } from '../engine/case-files.ts';
import { NoAnswer } from '../engine/exchange.ts';
import { readSupport } from '../engine/load.ts';
import { createMatch } from '../engine/match.ts';
import { once } from '../engine/once.ts';
import { foldOver, isOverCase } from '../engine/over.ts';
import { sayProblem } from '../engine/problem.ts';
import type { Mismatch, Result } from '../engine/result.ts';
import { runCase } from '../engine/run-case.ts';
import { schemaProblems } from '../engine/schema-problems.ts';
import { closeSession, openSession } from '../engine/session.ts';
import type { HttpRequest, Message, Target } from '../engine/target.ts';

interface Answer {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: Json;
  text?: string;
  writes?: Record<string, Record<string, string | null> | null>;
  code?: string;
  messages?: Json[];
  events?: Json[];
  lost?: true;
}

type Answers = Record<string, Answer[]>;

interface FormatTest {
  about: string;
  case: Json;
  beside?: Json;
  answers?: Answers;
  code?: string | null;
  messages?: Json[];
  events?: Json[];
  key?: true;
  sent?: Record<string, Json[]>;
  unmodelled?: string[];
  verdict?: Result['verdict'];
  mismatches?: Partial<Mismatch>[];
  area?: string;
  problem?: { pointer: string; says: string };
}

const here = new URL('./format-tests/', import.meta.url);
const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false });
const suite = {
  ...readSupport(fileURLToPath(new URL('../', import.meta.url)), ajv),
  name: 'a suite',
  version: '0.0.0',
  hash: '',
  faults: [],
};
const defaults = JSON.parse(read('target.json')) as {
  subs: string[];
  answers: Answers;
  pools: Record<string, JsonObject>;
  otherwise: Answer;
  claims: Claim[];
};
const support = {
  ...suite,
  pools: { ...suite.pools, ...defaults.pools },
  evidence: new Map([['seen', { id: 'seen', statement: 'For these tests alone.', claims: defaults.claims }]]),
};
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL('./case.schema.json', import.meta.url), 'utf8')) as object,
);
const match = createMatch(suite.patterns);
const signingKey = once(() =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
);

test('there is something to run', () => {
  const count = (folder: string): number => readdirSync(new URL(folder, here)).length;
  expect(['must-pass', 'must-fail', 'invalid'].map((folder) => count(folder) >= 20)).toEqual([true, true, true]);
});

describe.each(['must-pass', 'must-fail'])('%s', (folder) => {
  test.each(namesIn(folder))('%s', async (name) => {
    const { content } = open(folder, name);
    const { cases, faults } = casesOf(content);
    expect(faults.map(sayProblem)).toEqual([]);
    for (const one of cases) {
      const [beside = one] = content.beside ? casesOf({ ...content, case: content.beside }).cases : [];
      const { target, sent } = scripted(content, beside);
      const session = openSession(target, { ...support, cases });
      const found = await runCase(beside, session, { trace: true });
      const [result = found] = foldOver(cases.filter(isOverCase), [found]);
      if (one.given?.own !== true) await closeSession(session);
      const told = (content.mismatches ?? []).map((mismatch) => expect.objectContaining(mismatch));
      expect([result.verdict, result.reason, result.mismatches]).toEqual([
        content.verdict ?? 'pass',
        folder === 'must-pass' ? undefined : expect.any(String),
        told,
      ]);
      if (content.unmodelled) expect(result.unmodelled).toEqual(content.unmodelled);
      for (const [operation, patterns] of Object.entries(content.sent ?? {})) {
        const requests = sent.get(operation) ?? [];
        expect([operation, requests.length]).toEqual([operation, patterns.length]);
        expect(patterns.flatMap((pattern, index) => match(pattern, requests[index]))).toEqual([]);
      }
    }
  });
});

describe('invalid', () => {
  test.each(namesIn('invalid'))('%s', (name) => {
    const { content, text } = open('invalid', name);
    const twice = repeatedNames('', text, content as unknown as Json).map(({ pointer, message }) => ({
      pointer: pointer.replace('/case', '/cases/0'),
      message,
    }));
    const found = [...twice, ...casesOf(content).faults].map(({ pointer, message }) => ({ pointer, message }));
    const { pointer = '', says = '' } = content.problem ?? {};
    expect(found).toEqual([{ pointer: `/cases/0${pointer}`, message: expect.stringContaining(says) }]);
  });
});

/** The case as its own file, checked like any. */
function casesOf({ about, case: source, area }: FormatTest): ReadCases {
  const id = isObject(source) ? String((source as unknown as CaseSource).id) : '';
  const file = `specs/${area ?? id.split('/')[0]}/format-test.json`;
  const text = JSON.stringify({ formatVersion: 1, about, cases: [source] });
  const check = (name: string, content: Json) => (validate(content) ? [] : schemaProblems(name, validate.errors ?? []));
  return readCaseFiles([{ file, text }], check, support);
}

/** The target that `specs/README.md` describes under "Tests of the format". */
function scripted(before: FormatTest, { given }: Case): { target: Target; sent: Map<string, Json[]> } {
  const { answers = {}, code, key } = before;
  const names = Object.keys({ ...(given?.user && { user: {} }), ...given?.users });
  const users: { name: string; login: string; sub: string; attributes: Map<string, Json> | undefined }[] = [];
  const sent = new Map<string, Json[]>();
  let newest = code ?? undefined;
  const messages = [...(before.messages ?? [])];
  const events = [...(before.events ?? [])];

  const answer = (operation: string, body: Json, nth: number): Answer => {
    const login = isObject(body) ? (body['Username'] ?? partOf(body, 'AuthParameters', 'USERNAME')) : undefined;
    if (operation === 'AdminCreateUser') {
      const sub = defaults.subs[users.length] ?? '';
      const asked = attributesIn(partOf(body, 'UserAttributes'));
      users.push({
        name: names[users.length] ?? '',
        login: String(login),
        sub,
        attributes: new Map([['sub', sub], ...asked]),
      });
    }
    const user = users.find((one) => one.login === login);
    const script = answers[operation] ?? defaults.answers[operation];
    if (!script && operation === 'AdminGetUser' && user) return shown(user);
    const said = script?.[Math.min(nth, script.length) - 1] ?? defaults.otherwise;
    return JSON.parse(JSON.stringify(said).replaceAll('${sub}', user?.sub ?? '')) as Answer;
  };
  const obey = (said: Answer): void => {
    for (const [name, changes] of Object.entries(said.writes ?? {})) {
      const user = users.find((one) => one.name === name);
      if (user && !changes) user.attributes = undefined;
      for (const [attribute, value] of Object.entries(changes ?? {})) {
        if (value === null) user?.attributes?.delete(attribute);
        else user?.attributes?.set(attribute, value);
      }
    }
    newest = said.code ?? newest;
    messages.push(...(said.messages ?? []));
    events.push(...(said.events ?? []));
  };

  const isFirst = (login: string): boolean => users[0]?.login === login;
  const target: Target = {
    name: 'scripted',
    endpoint: 'http://127.0.0.1:1',
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' },
    values: { smsRoleArn: 'arn:aws:iam::123456789012:role/sms' },
    ...(code !== undefined && { latestCode: async () => newest }),
    ...(before.messages && {
      messages: async ({ Username }) => (isFirst(Username) ? ([...messages] as unknown as Message[]) : []),
    }),
    ...(before.events && {
      functions: {
        define: async () => {},
        forget: async () => {},
        events: async ({ Username }) => (isFirst(Username) ? [...events] : []),
      },
    }),
    ...(key && { signingKey: async () => signingKey() }),
    send: async (request) => {
      const { operation, record } = recordOf(request);
      const earlier = sent.get(operation) ?? [];
      const said = answer(operation, record['body'] ?? null, earlier.length + 1);
      // An empty input only asks whether the operation is there.
      if (request.body !== '{}') {
        sent.set(operation, [...earlier, record]);
        obey(said);
      }
      if (said.lost) throw new NoAnswer('closed', 'the connection was closed');
      return {
        status: said.status ?? 200,
        headers: headersOf(said),
        body: said.text ?? JSON.stringify(withTokens(said.body ?? {})),
      };
    },
  };
  return { target, sent };
}

function shown({ login, attributes }: { login: string; attributes: Map<string, Json> | undefined }): Answer {
  if (!attributes) return { status: 400, body: { __type: 'UserNotFoundException' } };
  return { body: { Username: login, UserAttributes: [...attributes].map(([Name, Value]) => ({ Name, Value })) } };
}

function attributesIn(list: Json | undefined): [string, Json][] {
  return (Array.isArray(list) ? list : []).flatMap((item): [string, Json][] =>
    isObject(item) ? [[String(item['Name']), item['Value'] ?? null]] : [],
  );
}

function partOf(value: Json | undefined, ...path: string[]): Json | undefined {
  return path.reduce<Json | undefined>((part, name) => (isObject(part) ? part[name] : undefined), value);
}

/** A request as `sent` sees it, under its operation or its method and path. */
function recordOf({ method, url, headers, body }: HttpRequest): { operation: string; record: JsonObject } {
  const { pathname, search } = new URL(url);
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const operation = lower['x-amz-target']?.replace(/^.*\./, '') ?? `${method} ${pathname}`;
  const content = parsed(body);
  const record = { method, path: pathname + search, headers: lower, ...(content !== undefined && { body: content }) };
  return { operation, record: { ...record, ...(body !== undefined && { text: body }) } };
}

function headersOf({ headers = {} }: Answer): [string, string][] {
  const more = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return [['content-type', 'application/x-amz-json-1.1'], ...more];
}

/** Every `{"$jwt": CLAIMS}` as a JWT. */
function withTokens(value: Json): Json {
  if (Array.isArray(value)) return value.map(withTokens);
  if (!isObject(value)) return value;
  const encode = (part: Json): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  if ('$jwt' in value)
    return `${encode({ alg: 'RS256', kid: 'example' })}.${encode(value['$jwt'] ?? {})}.${'A'.repeat(40)}`;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withTokens(inner)]));
}

function parsed(text: string | undefined): Json | undefined {
  try {
    return JSON.parse(text ?? '') as Json;
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  return readdirSync(new URL(folder, here)).map((name) => basename(name, '.json'));
}

function open(folder: string, name: string): { content: FormatTest; text: string } {
  const text = read(`${folder}/${name}.json`);
  return { content: JSON.parse(text) as FormatTest, text };
}

function read(name: string): string {
  return readFileSync(new URL(name, here), 'utf8');
}

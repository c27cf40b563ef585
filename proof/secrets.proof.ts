import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Case } from '../engine/case.ts';
import { loadSuite } from '../engine/load.ts';
import type { Report, Run } from '../engine/result.ts';
import { createMock, type MockRequest, type MockResponse } from '../mocks/mock.ts';
import { serve } from '../mocks/serve.ts';
import { chromiumPath } from '../hosts/chromium.ts';
import { manifestOf } from '../hosts/open-target.ts';
import { openVia } from '../hosts/via/open-via.ts';
import { about, packageRoot } from '../package.ts';
import { found, jsonIn, parsed, secretsIn } from './canary.ts';
import { compareFiles } from '../reports/comparison/compare-files.ts';
import { fileMarkdown } from '../reports/comparison/file-markdown.ts';
import { filePage } from '../reports/comparison/file-page.ts';
import { reporters } from '../reports/reporters.ts';
import { dataOf } from '../reports/html/sample.test-data.ts';
import { runTarget } from '../hosts/command/run-target.ts';

const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'canary/secret+access/key' };

type Saying = Pick<MockResponse, 'status' | 'headers' | 'body'>;

/** Ways of telling others what should not be told. `said` is everything secret that came with the request. */
const talkative: Record<string, (answer: MockResponse, request: MockRequest, said: string[]) => Saying> = {
  'in the message of every error': (answer, _, said) => {
    if (answer.status < 400) return answer;
    const body = parsed(answer.body) ?? {};
    return json(answer.status, { ...body, message: `${String(body['message'])} ${said.join(', ')}` });
  },
  'in the type and the headers of every refused write': (answer, { headers }, said) => {
    const isRead = headers['x-amz-target']?.endsWith('.GetUser') ?? true;
    if (answer.status < 400 || isRead) return answer;
    const all = [...said, headers['authorization'] ?? ''].filter((text) => /^[ -~]*$/.test(text)).join(' ');
    return { ...json(400, { __type: all }), headers: { 'x-echo': all, 'set-cookie': all } };
  },
  'in a page for every update': (answer, request) =>
    request.headers['x-amz-target']?.endsWith('.UpdateUserAttributes')
      ? { status: 500, headers: { 'content-type': 'text/html' }, body: `<pre>${JSON.stringify(request)}</pre>` }
      : answer,
  'in members of every success': (answer, { headers }, said) => {
    if (answer.status !== 200 || said.length === 0) return answer;
    return json(200, { ...parsed(answer.body), [said[0] ?? '']: said, Echo: headers['authorization'] ?? null });
  },
};

const json = (status: number, body: unknown): Saying => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});

const suite = loadSuite(packageRoot, about);

const ways = Object.entries(talkative).map(([how, repeat]) => ({ how, repeat }));
const runs: { how: string; repeat: (typeof ways)[number]['repeat']; through: Run['via'] }[] = [
  ...ways.map((way) => ({ ...way, through: 'wire' as const })),
  ...ways.slice(0, 1).map((way) => ({ ...way, through: 'sdk' as const })),
  ...(chromiumPath() === undefined ? [] : ways.slice(0, 1).map((way) => ({ ...way, through: 'browser' as const }))),
];

test.each(runs.map((one, nth) => ({ ...one, nth })))(
  'no secret reaches an output of a target that repeats it $how, through $through',
  async ({ repeat, nth, through }) => {
    // Every secret is looked for in every output: a third of the cases each, all of them in all.
    const cases = suite.cases.filter((_, index) => index % 3 === nth % 3);
    const secrets = new Set<string>([CREDENTIALS.secretAccessKey]);
    const mock = createMock();
    const answer = async (request: MockRequest): Promise<MockResponse> => {
      const said = secretsIn(parsed(request.body));
      const { authorization = '' } = request.headers;
      const signature = /Signature=(\w+)/.exec(authorization)?.[1];
      const response = repeat(await mock.answer(request), request, said);
      for (const secret of [...said, ...secretsIn(parsed(response.body))]) secrets.add(secret);
      if (signature) secrets.add(authorization).add(signature);
      return response;
    };
    const { url, close } = await serve({ answer });
    const out = mkdtempSync(join(tmpdir(), 'canary-test-'));
    // What goes through another client is not recorded.
    const record = through === 'wire' ? join(out, 'recording') : undefined;
    const report = await judge(url, cases, out, through, record);
    await close();

    for (const { code } of mock.messages) secrets.add(code);
    const written = readFileSync(join(out, 'results.json'), 'utf8');
    const recorded = record === undefined ? [] : jsonIn(record);
    rmSync(out, { recursive: true });
    if (record !== undefined) expect(recorded.length).toBeGreaterThan(cases.length);
    expect(report.results.length).toBe(cases.length);
    expect(written.length).toBeGreaterThan(1e6);
    expect(secrets.size).toBeGreaterThan(500);

    // What a case says itself is public, and its script says it too; all else hides that as well.
    const bare = report.results.map(({ reproduction: _, ...result }) => result);
    expect(found(secrets, JSON.stringify({ ...report, results: bare }))).toEqual([]);
    const cased = JSON.stringify(suite.cases);
    for (const secret of [...secrets]) if (cased.includes(secret)) secrets.delete(secret);
    expect(secrets.size).toBeGreaterThan(500);

    const formats = rendered(report);
    // What the page holds is deflated: nobody would see it there. The rest of it is the same for all.
    const shown = dataOf(formats['html'] ?? '');
    expect(shown.cases.length).toBe(cases.length);
    const recording = recorded.length > 0 && { 'a recording as JSON': recorded.join('\n') };
    const outputs = {
      'results.json': written,
      ...recording,
      ...formats,
      html: JSON.stringify(shown),
      ...compared(report),
    };
    for (const [name, text] of Object.entries(outputs)) {
      expect([name, text.length > 0]).toEqual([name, true]);
      expect([name, found(secrets, text)]).toEqual([name, []]);
      if (!/json/i.test(name)) expect([name, found(secrets, unescaped(text))]).toEqual([name, []]);
    }
  },
);

async function judge(
  url: string,
  cases: readonly Case[],
  out: string,
  through: Run['via'],
  record: string | undefined,
): Promise<Report> {
  const manifest = { ...(await manifestOf({ name: 'mock-served' })), start: { url }, credentials: CREDENTIALS };
  const { signal } = new AbortController();
  const via = await openVia(through, {});
  try {
    return await runTarget(manifest, { suite, cases, folder: out, record, strict: true, trace: true, signal, via });
  } finally {
    await via?.close();
  }
}

function rendered(report: Report): Record<string, string> {
  const context = { evidence: (id: string) => suite.evidence.get(id), colour: false, width: 120, strict: true };
  return Object.fromEntries(Object.entries(reporters).map(([name, { render }]) => [name, render([report], context)]));
}

/** Against one that answered everything, and otherwise. */
function compared(report: Report): Record<string, string> {
  const results = report.results.map((result) => ({
    ...result,
    verdict: 'pass' as const,
    steps: result.steps.map((step) => ({ ...step, response: { status: 200, headers: [], body: '{}' } })),
  }));
  const comparison = compareFiles({ ...report, results }, report, { strict: true });
  return {
    'a comparison': filePage(comparison, { colour: false, width: 120 }),
    'a comparison as Markdown': fileMarkdown(comparison),
    'a comparison as JSON': JSON.stringify(comparison),
  };
}

/** As a reader of Markdown, XML or commands sees it: what is escaped there is no less told. */
function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text
    .replaceAll('\\', '')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => named[name] ?? '')
    .replaceAll(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

import { operationRequest } from '../../engine/caller.ts';
import { NoAnswer } from '../../engine/exchange.ts';
import type { StepRecord } from '../../engine/result.ts';
import type { HttpRequest, Target } from '../../engine/target.ts';
import { compareAnswers } from '../../reports/comparison/answers.ts';
import type { DifferenceGroup } from '../../reports/comparison/compare.ts';
import { createIdentity } from '../../reports/comparison/identity.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { openTarget } from '../open-target.ts';

interface Question {
  call: string;
  request: (target: Target) => HttpRequest;
}

/** Harmless: nobody has this token, this pool and this user. */
const QUESTIONS: readonly Question[] = [
  {
    call: 'GetUser',
    request: (target) => operationRequest(target, 'GetUser', { AccessToken: 'conformance' }, { signed: false }),
  },
  {
    call: 'AdminGetUser',
    request: (target) => {
      const input = { UserPoolId: `${target.region}_conformance1`, Username: 'conformance' };
      return operationRequest(target, 'AdminGetUser', input, { signed: true });
    },
  },
  {
    call: 'OPTIONS /',
    request: ({ endpoint }) => ({
      method: 'OPTIONS',
      url: `${endpoint}/`,
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
    }),
  },
];

interface Change {
  /** What the proxy does if the reference answers so changed a request as the proxy answers the request itself. */
  words: string;
  change: (request: HttpRequest, proxy: string) => HttpRequest;
}

const CHANGES: readonly Change[] = [
  {
    words: 'the path is passed on as it stands in the endpoint, and not taken off',
    change: (request, proxy) => ({ ...request, url: new URL(new URL(`${proxy}/`).pathname, request.url).href }),
  },
  lacking('x-amz-target'),
  lacking('content-type'),
  { words: 'the body is lost on the way', change: (request) => ({ ...request, body: request.body && '' }) },
  { words: 'the method is rewritten', change: (request) => ({ ...request, method: 'GET' }) },
];

/** Where a proxy lets no case through: in what its answers to a few first calls differ, and which change explains them. */
export async function probe(proxy: Manifest, upstream: Manifest, signal: AbortSignal): Promise<DifferenceGroup[]> {
  const sides = await Promise.all([upstream, proxy].map((manifest) => openTarget(manifest, { signal })));
  try {
    const [reference, target] = sides.map((side) => side.target);
    return reference && target ? await differences(reference, target) : [];
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}

async function differences(reference: Target, target: Target): Promise<DifferenceGroup[]> {
  const came = await Promise.all(QUESTIONS.map((question) => ask(target, question)));
  const found = new Map<string, DifferenceGroup>();
  for (const [index, question] of QUESTIONS.entries()) {
    const answer = came[index];
    if (!answer) continue;
    for (const difference of compareAnswers(await ask(reference, question), answer, createIdentity())) {
      const { cause } = difference;
      const group = found.get(cause) ?? {
        cause,
        answers: 0,
        cases: [],
        example: { ...difference, call: question.call },
      };
      found.set(cause, { ...group, answers: group.answers + 1 });
    }
  }
  if (found.size === 0) return [];
  const fitting = await Promise.all(CHANGES.map((change) => explains(change, came, reference, target)));
  const words = CHANGES.filter((_, index) => fitting[index]).map((change) => change.words);
  const why = words.length === 0 ? '' : `: as the reference answers where ${words.join(', or ')}`;
  return [...found.values()].map((group) => ({ ...group, cause: why === '' ? group.cause : bare(group.cause) + why }));
}

/** Whether the reference answers every question, so changed, as the proxy answers it unchanged. */
async function explains({ change }: Change, came: StepRecord[], reference: Target, target: Target): Promise<boolean> {
  const answers = await Promise.all(
    QUESTIONS.map((question) => ask(reference, question, (request) => change(request, target.endpoint))),
  );
  return answers.every((answer, index) => {
    const proxied = came[index];
    return proxied !== undefined && compareAnswers(answer, proxied, createIdentity()).length === 0;
  });
}

async function ask(
  target: Target,
  { call, request }: Question,
  change = (whole: HttpRequest): HttpRequest => whole,
): Promise<StepRecord> {
  const whole = change(request(target));
  const record: StepRecord = { call, role: 'step', request: whole, durationMs: 0 };
  try {
    return { ...record, response: await target.send(whole) };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { ...record, failure: error.message };
  }
}

/** What was guessed from the answer alone gives way to what was tried. */
function bare(cause: string): string {
  return cause.split(': ')[0] ?? cause;
}

function lacking(header: string): Change {
  return {
    words: `header ${header} is lost or renamed on the way`,
    change: (request) => ({
      ...request,
      headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== header)),
    }),
  };
}

import { TargetError } from '../target-error.ts';

/** Begins the name of every pool of a run, before the run's id and the fixture's name. */
export const PREFIX = 'cognito-conformance-';
export const RUN_TAG = 'cognito-conformance:run';
export const MADE_AT_TAG = 'cognito-conformance:made-at';

/** What is read of an answer. */
export interface Answered {
  status: number;
  body?: unknown;
  error?: string | undefined;
  message?: string | undefined;
}

/** A signed call to Cognito. */
export type Call = (operation: string, input: Record<string, string | number>) => Promise<Answered>;

/** Pools of one run, whatever their age, or of every run, if they are old enough. */
export type Wanted = { run: string } | { olderThanMs: number };

/** A pool that a run made. */
export interface Leftover {
  id: string;
  name: string;
  run: string;
  /** The later of what the service says and what the run noted, in milliseconds. */
  madeAt: number;
  /** Why Cognito does not delete it, and what to do. */
  held?: string;
}

export interface Found {
  /** How many pools the service listed. */
  listed: number;
  leftovers: Leftover[];
  /** How many are named as ours, and younger. */
  younger: number;
  /** Named as those that are wanted, and not made by a run: they stay. */
  foreign: { id: string; name: string; why: string }[];
}

/** Rejects with a `TargetError` where the service refuses to say. */
export async function findLeftovers(call: Call, wanted: Wanted, now = Date.now()): Promise<Found> {
  const pools = await listPools(call);
  const prefix = 'run' in wanted ? `${PREFIX}${wanted.run}-` : PREFIX;
  const isYoung = (madeAt: number): boolean => 'olderThanMs' in wanted && now - madeAt < wanted.olderThanMs;
  const named = pools
    .filter(({ name }) => name.startsWith(prefix))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
  const old = named.filter(({ madeAt }) => !isYoung(madeAt));
  const looked = (await Promise.all(old.map((pool) => look(call, pool)))).filter((pool) => pool !== undefined);
  const ours = looked.flatMap((pool) => ('why' in pool ? [] : pool));
  const leftovers = ours.filter(({ madeAt }) => !isYoung(madeAt));
  return {
    listed: pools.length,
    leftovers,
    younger: named.length - old.length + ours.length - leftovers.length,
    foreign: looked.flatMap((pool) => ('why' in pool ? pool : [])),
  };
}

/** Resolves to those that are left, with the reason. One that is gone already is as good as deleted. */
export async function deleteLeftovers(
  call: Call,
  leftovers: readonly Leftover[],
): Promise<(Leftover & { why: string })[]> {
  const left = await Promise.all(
    leftovers.map(async (pool) => {
      const why = pool.held ?? (await refusalOf(call, pool).catch((error: Error) => error.message));
      return why === undefined ? [] : { ...pool, why };
    }),
  );
  return left.flat();
}

async function refusalOf(call: Call, { id: UserPoolId }: Leftover): Promise<string | undefined> {
  const answer = await call('DeleteUserPool', { UserPoolId });
  if (answer.status < 300 || answer.error === 'ResourceNotFoundException') return undefined;
  return refusal('DeleteUserPool', answer);
}

interface Listed {
  id: string;
  name: string;
  madeAt: number;
}

/** The most that the service lists at once. */
const PAGE = 60;

async function listPools(call: Call): Promise<Listed[]> {
  const pools: Listed[] = [];
  let token: string | undefined;
  do {
    const answer = await call('ListUserPools', { MaxResults: PAGE, ...(token && { NextToken: token }) });
    const { UserPools = [], NextToken } = bodyOf('ListUserPools', answer) as ListAnswer;
    pools.push(...UserPools.map(({ Id, Name, CreationDate }) => ({ id: Id, name: Name, madeAt: CreationDate * 1000 })));
    token = NextToken;
  } while (token !== undefined);
  return pools;
}

interface ListAnswer {
  UserPools?: { Id: string; Name: string; CreationDate: number }[];
  NextToken?: string;
}

interface DescribeAnswer {
  UserPool: {
    UserPoolTags?: Record<string, string>;
    DeletionProtection?: string;
    Domain?: string;
    CustomDomain?: string;
  };
}

/** Undefined where it is gone: lists know late of what was deleted. */
async function look(call: Call, pool: Listed): Promise<Leftover | Found['foreign'][number] | undefined> {
  const { id, name } = pool;
  const answer = await call('DescribeUserPool', { UserPoolId: id });
  if (answer.error === 'ResourceNotFoundException') return undefined;
  const { UserPool } = bodyOf('DescribeUserPool', answer) as DescribeAnswer;
  const { [RUN_TAG]: run, [MADE_AT_TAG]: noted = '' } = UserPool.UserPoolTags ?? {};
  if (run === undefined) return { id, name, why: `it has no tag ${RUN_TAG}` };
  const tagged = `its tag ${RUN_TAG} is ${JSON.stringify(run)}`;
  if (!isRunId(run)) return { id, name, why: `${tagged}, which no run is called` };
  if (!name.startsWith(`${PREFIX}${run}-`)) return { id, name, why: `${tagged}, which is not the run in its name` };
  const notedAt = Date.parse(noted);
  if (Number.isNaN(notedAt)) return { id, name, why: `it has no tag ${MADE_AT_TAG} with a time` };
  const held = heldBy(id, UserPool);
  return { id, name, run, madeAt: Math.max(pool.madeAt, notedAt), ...(held !== undefined && { held }) };
}

/** Eight letters and digits. */
export function isRunId(text: string): boolean {
  return /^[a-z0-9]{8}$/.test(text);
}

/** As in github.com/localstack/localstack/issues/11947 and github.com/hashicorp/terraform-provider-aws/issues/16479. */
function heldBy(id: string, { DeletionProtection, Domain, CustomDomain }: DescribeAnswer['UserPool']) {
  const domain = Domain ?? CustomDomain;
  if (DeletionProtection === 'ACTIVE') {
    return `deletion protection is on; switch it off: aws cognito-idp update-user-pool --user-pool-id ${id} --deletion-protection INACTIVE`;
  }
  if (domain === undefined) return undefined;
  return `it has the domain ${domain}; delete that first: aws cognito-idp delete-user-pool-domain --user-pool-id ${id} --domain ${domain}`;
}

function bodyOf(operation: string, answer: Answered): unknown {
  if (answer.status < 300 && typeof answer.body === 'object' && answer.body !== null) return answer.body;
  throw new TargetError('aws', refusal(operation, answer));
}

/** What is refused is named by its action, as a policy names it. */
function refusal(operation: string, { status, error, message }: Answered): string {
  return `cognito-idp:${operation} is refused: ${error ?? status}: ${message || 'no text'}`;
}

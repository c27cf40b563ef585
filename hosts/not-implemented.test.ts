import { expect, test } from 'vitest';
import { discover } from '../engine/discovery.ts';
import { loadSuite } from '../engine/load.ts';
import { problemOf } from '../engine/preflight.ts';
import type { Result } from '../engine/result.ts';
import { runCases } from '../engine/run-cases.ts';
import { openSession, type Session } from '../engine/session.ts';
import type { Target } from '../engine/target.ts';
import { about, packageRoot } from '../package.ts';
import { sendTo } from './open-target.ts';
import { unknownEmulator, ways, type Says } from './unknown-emulator.test-data.ts';

const suite = loadSuite(packageRoot, about);
const lacks = ['AdminDeleteUserAttributes', 'RevokeToken'];
const cases = suite.cases.filter(({ id }) => lacks.includes(id.split('/')[0] ?? ''));

function sessionWith(says: Says, more: Partial<Target> = {}): Session {
  const target: Target = {
    name: 'unknown',
    endpoint: 'http://unknown.invalid',
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'secret' },
    values: { smsRoleArn: 'arn:aws:iam::123456789012:role/sms' },
    send: sendTo(unknownEmulator({ lacks, says }).answer),
    ...more,
  };
  return openSession(target, suite);
}

async function verdicts(session: Session): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const onResult = ({ verdict, cause }: Result): void => {
    const key = `${verdict} ${cause}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  await runCases(cases, session, { concurrency: 8, onResult });
  return counts;
}

const skipped = {
  'skip AdminDeleteUserAttributes is not implemented': 16,
  'skip RevokeToken is not implemented': 2,
};

test.each(Object.entries(ways))('what is not implemented is found, and never passes: %s', async (_, says) => {
  const session = sessionWith(says);
  expect(await problemOf(session)).toBe(undefined);
  const { missing, served } = await discover(session);
  expect([missing.sort(), served.length]).toEqual([lacks, 24]);
  expect(Object.fromEntries(await verdicts(session))).toEqual(skipped);
});

test.each(['500 and what it was asked', 'a type that refuses tokens', '200 and nothing'])(
  'where nobody asked before the first case, the verdicts are the same: %s',
  async (way) => {
    expect(Object.fromEntries(await verdicts(sessionWith(ways[way] as Says)))).toEqual(skipped);
  },
);

test('a target that says the same to all that is wrong is told by what is right', async () => {
  const { answer } = unknownEmulator({ lacks, says: ways['403 and nothing'] as Says });
  const session = sessionWith(ways['403 and nothing'] as Says, {
    send: sendTo(async (request) => {
      const said = await answer(request);
      return said.status === 200 ? said : { ...said, status: 403, body: '{}', headers: {} };
    }),
  });
  expect(await problemOf(session)).toBe(undefined);
  const { missing, served } = await discover(session);
  expect([missing.sort(), served.length]).toEqual([[...lacks, 'VerifyUserAttribute'].sort(), 23]);
});

test('what is declared and not there fails; what is not declared is not called', async () => {
  const says = ways['403 and nothing'] as Says;
  const all = Object.keys(suite.operations);
  const { 'fail RevokeToken is declared, and not there': failed, ...others } = Object.fromEntries(
    await verdicts(sessionWith(says, { features: all.filter((name) => name !== 'AdminDeleteUserAttributes') })),
  );
  expect([failed, others]).toEqual([2, { 'skip AdminDeleteUserAttributes is not declared': 16 }]);
  const asked: string[] = [];
  const listening: Says = (operation, body) => {
    asked.push(operation);
    return says(operation, body);
  };
  await verdicts(sessionWith(listening, { features: all.filter((name) => !lacks.includes(name)) }));
  expect(asked).toEqual(['DescribeConformanceUnicorn']);
});

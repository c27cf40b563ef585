import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Case } from '../engine/case.ts';
import { tokensOf } from '../engine/issued.ts';
import { loadSuite } from '../engine/load.ts';
import { openAccount } from '../hosts/aws/account.test-data.ts';
import { runIn } from '../hosts/aws/run.test-data.ts';
import { folder, results } from '../hosts/command/command.test-data.ts';
import { about, packageRoot } from '../package.ts';

const UNABLE = 'its function does more than give the event back, which is all that the deployed one does';

const suite = loadSuite(packageRoot, about);
const asks = (test: Case, kind: string): boolean => tokensOf(test).some((token) => token.kind === kind);
const cases = suite.cases.filter(
  (test) =>
    !asks(test, 'expired') &&
    (test.given?.triggers || /"\$code"|"messages":/.test(JSON.stringify(test.steps)) || asks(test, 'without-scope')),
);

const account = await openAccount({ stack: true });
const missing = typeof account === 'string' ? account : undefined;
afterAll(async () => {
  if (typeof account !== 'string') await account.close();
});

test.skipIf(missing)(
  `cases that need codes, messages, events and tokens without the scope pass where the stack is deployed${missing ? ` (${missing})` : ''}`,
  async () => {
    if (typeof account === 'string') return;
    const out = join(folder, 'out');
    const { code } = await runIn(account, '--out', out, ...cases.flatMap(({ id }) => ['--case', id]));
    await account.settled();
    const report = results(out);
    const others = report.results.filter(({ verdict }) => verdict !== 'pass');
    expect(report.results.length).toBe(cases.length);
    expect(
      others.filter(({ verdict }) => verdict !== 'skip').map(({ id, verdict, reason }) => [id, verdict, reason]),
    ).toEqual([]);
    expect([...new Set(others.map(({ cause }) => cause))]).toEqual([UNABLE]);
    expect(others.map(({ id }) => id).sort()).toEqual(
      cases
        .filter(({ given }) =>
          Object.values(given?.triggers ?? {}).some((one) => JSON.stringify(one) !== '{"answers":{}}'),
        )
        .map(({ id }) => id)
        .sort(),
    );
    expect(code).toBe(0);
    // Nothing left the account.
    expect(account.sent).toEqual([]);
  },
);

import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { folder, results, start } from '../hosts/command/command.test-data.ts';
import { openAccount, type TestAccount } from '../hosts/aws/account.test-data.ts';
import { quotasWith } from '../hosts/quotas.ts';

async function run(account: TestAccount, ...more: string[]) {
  const out = mkdtempSync(join(folder, 'aws-'));
  const named = ['--account', account.account, '--region', account.region];
  const child = start(['run', '--target', 'aws', ...named, '--yes', '--out', out, ...more], account.env);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => { said += chunk; process.stderr.write(chunk); });
  child.stdout?.on('data', (chunk: Buffer) => (process.stderr.write(chunk)));
  const [code] = (await once(child, 'exit')) as [number];
  return { code, said, report: results(out) };
}

test('x', async () => {
  const account = await openAccount({ stack: true, quotas: quotasWith([]), latency: 80 });
  if (typeof account === 'string') throw new Error(account);
  const { code, report } = await run(account, ...(process.env['MORE'] ?? '').split(' ').filter(Boolean));
  console.log(code, report.run, report.totals, account.throttled(), account.sent.length);
  console.log(report.results.filter((r) => r.verdict !== 'pass' && r.verdict !== 'skip').map((r) => [r.id, r.verdict, r.reason]));
  const slow = report.results.filter((r) => r.verdict !== 'skip').sort((a, b) => b.durationMs - a.durationMs).slice(0, 15);
  console.log(slow.map((r) => [r.durationMs, r.id]));
  await account.close();
}, 900_000);

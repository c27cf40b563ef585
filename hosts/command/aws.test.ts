import { expect, test } from 'vitest';
import { said } from './in-process.test-data.ts';

test('the plan of one case is told to people, and to programs', async () => {
  const [page, json] = await Promise.all([
    said(...'aws plan --case GetUser/bad-token/expired'.split(' ')),
    said(...'aws plan --json --case GetUser/bad-token/expired --quota UserCreation=1'.split(' ')),
  ]);
  expect(page).toMatchObject({ code: 0, stderr: '' });
  expect(page.stdout).toContain('1 case in a real account\n  No account was asked');
  expect(json).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(json.stdout)).toMatchObject({
    planVersion: 1,
    cases: 1,
    makes: { pools: 1, clients: 2, users: 1 },
    time: { expirySeconds: 330 },
  });
});

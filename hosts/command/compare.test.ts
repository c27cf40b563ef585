import { join } from 'node:path';
import { expect, test } from 'vitest';
import { file, firstLine, folder, results, start } from './command.test-data.ts';
import { said } from './in-process.test-data.ts';

const served = async (...faults: string[]): Promise<string> =>
  /http:\S+/.exec(await firstLine(start(['mock', ...faults])))?.[0] ?? '';
const url = await served();
const CASES = ['--case', 'GetUser/lists-attributes', '--case', 'AdminGetUser/no-such-*'];

test.concurrent('--reference judges the difference alone, and compare gives the same from both files', async () => {
  const proxy = await served('--fault', 'no-request-id', '--fault', 'hides-flags');
  const out = join(folder, 'both');
  const run = await said('run', '--endpoint', proxy, '--reference', url, ...CASES, '--out', out);
  expect([run.code, run.stdout]).toEqual([
    1,
    expect.stringMatching(
      /^DIFFERS {2}header x-amzn-requestid is lost {2}\(\d answers, 3 cases\)$[^]*^DIFFERS {2}body says something else at \/UserAttributes {2}\(1 answer, 1 case\)$/m,
    ),
  ]);
  const [A, B] = [join(out, 'reference', 'results.json'), join(out, 'results.json')];
  const held = await said('compare', A, B);
  expect([held.code, held.stderr]).toEqual([1, '']);
  expect(held.stdout).toMatch(
    /^BROKEN {2}[^]*^DIFFERS {2}header x-amzn-requestid is lost {2}\(\d answers, 3 cases\)$/m,
  );
  expect(held.stdout.trimEnd().split('\n').at(-1)).toBe('1 newly broken, 2 kinds of difference in answers');
  const json = await said('compare', A, B, '--json');
  expect([json.code, json.stdout]).toEqual([1, (await said('compare', A, B, '--reporter', 'json')).stdout]);
  // What both get wrong alike is nobody's difference.
  const same = await said('compare', B, B);
  expect([same.code, same.stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'no difference']);
  expect(results(out).totals.fail).toBe(1);
});

test.concurrent('without the exchanges compare holds verdicts against each other, and says so', async () => {
  const out = join(folder, 'untraced');
  expect((await said('run', '--endpoint', url, ...CASES, '--out', out)).code).toBe(0);
  const A = join(out, 'results.json');
  const { code, stdout: page } = await said('compare', A, A);
  const { stdout: json } = await said('compare', A, A, '--json');
  expect([code, page.split('\n').slice(2)]).toEqual([
    0,
    [
      'NOTE  not compared: answers: not all exchanges were kept; run both with --trace',
      '',
      '3 alike',
      'no difference',
      '',
    ],
  ]);
  expect(JSON.parse(json)).toMatchObject({ verdicts: { judged: 3, broken: [] } });
});

test.concurrent('a reference that cannot be judged is told as such, and the target is not asked', async () => {
  const { code, stdout } = await said('run', '--endpoint', url, '--reference', 'http://127.0.0.1:1');
  expect([code, stdout.replaceAll(/\s+/g, ' ')]).toEqual([
    3,
    '127-0-0-1-1 at http://127.0.0.1:1 PROBLEM nothing could be judged: http://127.0.0.1:1 cannot be judged: nothing listens at 127.0.0.1:1 ',
  ]);
});

test.concurrent('a file that no run has written is one line', async () => {
  const wrong = file('wrong.json', { reportVersion: 1, suite: {} });
  const torn = file('torn.json', '{"reportVersion":1,');
  for (const [args, line] of [
    [['compare'], 'compare needs two files that run --out has written: compare A.json B.json'],
    [
      ['compare', wrong, 'none.json'],
      `${wrong} is no results.json: / must have required property 'target'; give a file that run --out has written`,
    ],
    [['compare', 'none.json', wrong], 'cannot read none.json: there is no such file'],
    [
      ['compare', wrong, wrong, '--reporter', 'junit'],
      'compare has no reporter "junit"; there are terminal, markdown, json.',
    ],
    [
      ['compare', wrong, wrong, '--reporter', 'terminal', '--reporter', 'markdown'],
      '--reporter terminal and --reporter markdown both write to standard output: ask for one of them',
    ],
    [['compare', folder, wrong], `cannot read ${folder}: it is a folder`],
  ] as const) {
    expect(await said(...args)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` });
  }
  expect((await said('compare', torn, torn)).stderr).toMatch(
    /^.*torn\.json is not JSON: [^\n]*; give a file [^\n]*\n$/,
  );
});

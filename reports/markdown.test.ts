import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import type { Report } from '../engine/result.ts';
import { escape, markdown } from './markdown.ts';
import {
  emulator,
  findEvidence,
  header,
  mismatch,
  report,
  result,
  run,
  selfTest,
  tokenFinding,
} from './sample.test-data.ts';

const md = (reports: Report[]): string => markdown(reports, { evidence: findEvidence, strict: false });

const floci = report(
  [
    result('GetUser/answers-the-attributes', { unmodelled: ['GetUser /Foo', 'GetUser /Bar'] }),
    result('GetUser/message', { unmodelled: ['GetUser /Foo'] }),
  ],
  { target: { name: 'floci', endpoint: 'http://127.0.0.1:4566' }, run: { ...run, complete: false } },
);

test('areas and cases stand beside several targets, then every cause once', () => {
  expect(md([emulator, floci, report([result('GetUser/a')], { target: selfTest })])).toBe(
    `# Conformance to the Amazon Cognito user pools API

**moto 5.2.1 does not conform**: it passes 2 of 11 cases judged, 1 of them never reached \\(blocked\\), 3 skipped. Most frequent: UpdateUserAttributes: 200 instead of NotAuthorizedException (5); UpdateUserAttributes: a read-only attribute is written (1); VerifyUserAttribute: the right code is refused (1).

**floci was not judged in full**: it passes 2 of 2 cases judged, the run was interrupted.

cognito-conformance 0.1.0, 64 cases

| area | moto 5.2.1 | floci |
| --- | ---: | ---: |
| DeleteUserAttributes | -, 2 skipped | - |
| GetUser | 2/4 | 2/2 |
| UpdateUserAttributes | 0/6 | - |
| VerifyUserAttribute | 0/1, 1 skipped | - |
| **all** | **2/11, 3 skipped** | **2/2** |
| of them never reached (blocked) | 1 | 0 |

Each cell is passed/judged. Skipped cases and errors are not judged; \`-\` means that nothing was.

Self-test, proves nothing about Cognito: mock 0.1.0 passes 1 of 1.

## Cases that do not pass everywhere

| case | moto 5.2.1 | floci |
| --- | ---: | ---: |
| **DeleteUserAttributes** |  |  |
| DeleteUserAttributes/a<br>a rule holds | skip | - |
| DeleteUserAttributes/b<br>a rule holds | skip | - |
| **GetUser** |  |  |
| GetUser/known<br>a rule holds | known | - |
| GetUser/message<br>a rule holds | warn | pass |
| **UpdateUserAttributes** |  |  |
| UpdateUserAttributes/alg-none-refused<br>alg-none as access token is refused and nothing is written | **fail** | - |
| UpdateUserAttributes/altered-refused<br>altered as access token is refused and nothing is written | **fail** | - |
| UpdateUserAttributes/email-verified-read-only<br>email\\_verified cannot be written by its user | **fail** | - |
| UpdateUserAttributes/expired-refused<br>expired as access token is refused and nothing is written | **fail** | - |
| UpdateUserAttributes/foreign-key-refused<br>foreign-key as access token is refused and nothing is written | **fail** | - |
| UpdateUserAttributes/id-token-refused<br>id-token as access token is refused and nothing is written | **fail** | - |
| **VerifyUserAttribute** |  |  |
| VerifyUserAttribute/code<br>a rule holds | skip | - |
| VerifyUserAttribute/wrong-code<br>a wrong code is refused and the address stays unverified | **blocked** | - |

\`warn\` differs in a detail, \`info\` where it may; \`skip\` lacks the feature; \`blocked\` was never reached; \`error\` could not be judged; \`known\`, \`fixed\` and \`changed\` compare with a baseline; \`-\` was not run.

## moto 5.2.1

<details>
<summary>5 fail: <code>UpdateUserAttributes: 200 instead of NotAuthorizedException</code></summary>

<pre>
FAIL  UpdateUserAttributes: 200 instead of NotAuthorizedException  (5 cases)
${tokenFinding}
</pre>

</details>

<details>
<summary>1 fail: <code>UpdateUserAttributes: a read-only attribute is written</code></summary>

<pre>
FAIL  UpdateUserAttributes: a read-only attribute is written  (1 case)
  rule      email_verified cannot be written by its user
            UpdateUserAttributes/email-verified-read-only
  expected  attribute user.email_verified "false"
  came      attribute user.email_verified "true"
  evidence  observed on UpdateUserAttributes, 2023-01: https://github.com/example/app/issues/1
</pre>

</details>

<details>
<summary>1 blocked: <code>VerifyUserAttribute: the right code is refused</code></summary>

<pre>
BLOCKED  VerifyUserAttribute: the right code is refused  (1 case)
  rule      a wrong code is refused and the address stays unverified
            VerifyUserAttribute/wrong-code
  why       a control was refused: the right code is not accepted (500)
</pre>

</details>

- 1 warn: GetUser: another message
- 1 known: it differs as the baseline says
- skipped 3: 2 DeleteUserAttributes is not implemented, 1 codes cannot be read here
- note: CreateUserPool answers without UserAttributeUpdateSettings

## floci

- the run was interrupted: not every case was judged
- members that AWS does not model: GetUser /Bar, GetUser /Foo
`,
  );
});

test('a self-test alone is one line that names what it does not pass', () => {
  const results = Array.from({ length: 7 }, (_none, index) =>
    result(`GetUser/${index}`, { verdict: index === 0 ? 'pass' : 'fail' }),
  );
  expect(md([report(results, { target: selfTest })])).toBe(
    `# Conformance to the Amazon Cognito user pools API

cognito-conformance 0.1.0, 64 cases

Self-test, proves nothing about Cognito: mock 0.1.0 passes 1 of 7; not: GetUser/1, GetUser/2, GetUser/3, GetUser/4, GetUser/5, … and 1 more.
`,
  );
});

test('a run that could not go on says why, and what it found', () => {
  const ended = { ...run, complete: false, problem: 'the credentials have expired' };
  const text = md([report([result('GetUser/a')], { run: ended })]);
  expect(text).toContain(
    '**moto 5.2.1 was not judged in full**: it passes 1 of 1 case judged, the credentials have expired.',
  );
  expect(text).toContain('## moto 5.2.1\n\n- the run could not go on: the credentials have expired\n');
});

test('a target that could not be judged says why', () => {
  expect(md([report([], { run: { ...run, problem: 'connection refused' } })])).toBe(
    `# Conformance to the Amazon Cognito user pools API

**moto 5.2.1 was not judged**: connection refused.

cognito-conformance 0.1.0, 64 cases

| area | moto 5.2.1 |
| --- | ---: |
| **all** | **-** |

Each cell is passed/judged. Skipped cases and errors are not judged; \`-\` means that nothing was.

## moto 5.2.1

- nothing was judged: connection refused
`,
  );
});

/** What GitHub's Markdown makes of it. */
function shown(text: string): string {
  return micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
}

test.each([
  ['a|b', 'a\\|b'],
  ['two\nlines', 'two\\\\nlines'],
  ['<script>&amp;', '&lt;script&gt;&amp;amp;'],
  [
    '`a` *b* _c_ [d](e) ![f] #1 ~g~ $h$ \\',
    '\\`a\\` \\*b\\* \\_c\\_ \\[d\\]\\(e\\) \\!\\[f\\] \\#&#8203;1 \\~g\\~ \\$h\\$ \\\\',
  ],
  ['https://example.com www.example.com @someone', 'https&#58;//example.com www&#46;example.com @&#8203;someone'],
])('%j is written %j', (text, written) => {
  expect(escape(text)).toBe(written);
});

test('a hostile target can neither break the table nor add HTML', () => {
  const evil = '|\n\n</pre></details><img src=x>\u001b[2J` [a](b) https://c.test **d**';
  const results = [
    result(`GetUser/${evil}`, {
      verdict: 'fail',
      title: evil,
      cause: evil,
      mismatches: [mismatch()],
      unmodelled: [evil],
    }),
    result(`${evil}/b`, { verdict: 'skip', reason: evil }),
  ];
  const target = { ...header.target, name: evil, version: evil };
  const text = md([
    report(results, { target, run: { ...run, notes: [evil] } }),
    report(results, { target: { ...target, selfTest: true } }),
    report([], { target, run: { ...run, problem: evil } }),
  ]);
  const html = shown(text);
  const rows = html.split('</tr>').map((row) => row.match(/<t[hd][ >]/g)?.length);
  expect(rows).toEqual([3, 3, 3, 3, 3, 3, 3, 3, 3, undefined]);
  // No link, image or emphasis, and nothing that is not ours.
  expect([...new Set(html.match(/<\/?\w+/g))].sort()).toEqual(
    ['br', 'code', 'details', 'h1', 'h2', 'li', 'p', 'pre', 'strong', 'summary', 'table', 'tbody', 'td', 'th', 'thead']
      .concat('tr', 'ul')
      .flatMap((name) => (name === 'br' ? [`<${name}`] : [`<${name}`, `</${name}`]))
      .sort(),
  );
  expect(['details', 'pre', 'summary'].map((name) => html.split(`</${name}>`).length - 1)).toEqual([1, 1, 1]);
  expect(text).not.toMatch(/[^\P{C}\n]/u);
});

test('several self-tests take a line each, several suites are named', () => {
  const self = (results: Report['results'], members: Partial<Report> = {}): Report =>
    report(results, { target: selfTest, ...members });
  const failing = Array.from({ length: 5 }, (_none, index) => result(`GetUser/${index}`, { verdict: 'fail' }));
  expect(
    md([
      self(failing),
      self([], { run: { ...run, problem: 'it <b>died</b>' } }),
      self([result('GetUser/a')], { suite: { ...header.suite, version: '0.2.0' } }),
    ]),
  ).toBe(
    `# Conformance to the Amazon Cognito user pools API

cognito-conformance 0.1.0, 64 cases; cognito-conformance 0.2.0, 64 cases

Self-test, proves nothing about Cognito: mock 0.1.0 passes 0 of 5; not: GetUser/0, GetUser/1, GetUser/2, GetUser/3, GetUser/4.
Self-test, proves nothing about Cognito: mock 0.1.0 not judged: it &lt;b&gt;died&lt;/b&gt;.
Self-test, proves nothing about Cognito: mock 0.1.0 passes 1 of 1.
`,
  );
});

test('a cause of several verdicts counts each, and a target without a difference has no section', () => {
  const cause = 'an odd answer';
  const differing = report([
    result('GetUser/a', { verdict: 'warn', cause }),
    result('GetUser/b', { verdict: 'known', cause }),
    result('GetUser/c', { verdict: 'known', cause }),
  ]);
  const text = md([differing, report([result('GetUser/a')], { target: { name: 'floci', endpoint: '' } })]);
  expect(text.slice(text.lastIndexOf('## '))).toBe('## moto 5.2.1\n\n- 1 warn, 2 known: an odd answer\n');
});

test('what was found out of an endpoint is told with its answer', () => {
  const discovered = [{ what: 'codes', inferred: 'always 123456', from: 'VerifyUserAttribute <takes> it' }];
  expect(md([report([result('GetUser/a')], { run: { ...run, discovered } })])).toContain(
    '\n- found: codes: always 123456 (VerifyUserAttribute &lt;takes&gt; it)\n'.replace('(', '\\(').replace(')', '\\)'),
  );
});

test('two dates of a target are columns with sections of their own', () => {
  const on = (startedAt: string, verdict: 'pass' | 'warn') =>
    report([result('GetUser/a', { verdict, cause: 'another message' })], { run: { ...run, startedAt } });
  const text = md([on('2026-08-01T10:00:00.000Z', 'warn'), on('2026-08-02T10:00:00.000Z', 'pass')]);
  expect(text).toContain('\n| area | moto 5.2.1 2026-08-01 | moto 5.2.1 2026-08-02 |\n');
  expect(text.match(/^(\*\*|## ).*$/gm)).toEqual([
    '**moto 5.2.1 2026-08-01 conforms**: it passes 0 of 1 case judged. Most frequent: another message (1).',
    '**moto 5.2.1 2026-08-02 conforms**: it passes 1 of 1 case judged.',
    '## Cases that do not pass everywhere',
    '## moto 5.2.1 2026-08-01',
  ]);
});

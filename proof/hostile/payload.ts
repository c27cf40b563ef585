/** What would move, colour, link, run or ask somebody, in every language that an output of ours is read in. */
export function evil(canary: string): string {
  return [
    // A terminal: the clipboard, a link, the screen, the order of letters.
    '\u001b]52;c;Y2FuYXJ5\u0007\u001b]8;;http://example.com\u0007\u001b[2J\r\u009b31m\u202e\u2066\u200b\u2028\u0000\b\u007f',
    // A runner of GitHub Actions reads lines, and one prefix anywhere in them.
    '\n::add-mask::a\n   ::set-output name=x::y\n##[add-mask]a\n::stop-commands::x\n%0A::error file=a,line=1::x\r\n::group::x',
    // A browser and a reader of XML.
    '</script></style><!--<img src=x onerror="globalThis.owned=1"><svg onload=owned=1><a href="javascript:owned=1">x</a>]]>&amp;',
    // A page of GitHub.
    `| \`\`\`|\n\n# x\n\n![i](${canary}/i.png) [l](${canary}/) <b>x</b> @octocat #1 GH-1 octocat/hello#1 ${canary}/ www.example.com a@example.com`,
    // A shell, and the AWS CLI.
    `'; touch owned; '"; touch owned; "$(touch owned)\`touch owned\`\ntouch owned\n--endpoint-url=${canary} \\`,
    // A spreadsheet, a template, a path, an object.
    '=HYPERLINK("x") ${unique} ${row.name} $1 $& ../../../owned %2e%2e __proto__ constructor',
    // What is no text, and the letters that stand for variables in scripts.
    '\ud800 \ufffe \uffff \u{e0041} \u{e000}POOL_ID\u{e001}',
  ].join(' ');
}

/** What is not there to be compared, compiled or loaded. */
export function patterns(canary: string): readonly unknown[] {
  return [
    { $any: true },
    { $absent: true },
    { $is: { $ref: `${canary}/schema.json` } },
    { $is: { $ref: 'file://owned' } },
    { $ref: `${canary}/schema.json` },
    { $set: [{ $any: true }] },
    { $jwt: { $any: true } },
    { toString: 1, valueOf: 1 },
    JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    null,
    [],
    true,
  ];
}

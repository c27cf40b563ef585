import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { mailsAt, serveMails } from './mails.ts';

const mails = await serveMails();
afterAll(() => mails.close());

/** What the server said to these lines, sent at once or a byte at a time. */
async function converse(lines: string[], size = Infinity): Promise<string[]> {
  const socket = connect(mails.port, '127.0.0.1');
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk));
  const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
  for (let at = 0; at < bytes.length; at += size) socket.write(bytes.subarray(at, at + size));
  await once(socket, 'end');
  socket.end();
  return said.split('\r\n').map((line) => line.slice(0, 3));
}

const HEAD = ['EHLO here', 'MAIL FROM:<a@b.c> SIZE=9', 'RCPT TO:<one-7@example.com>'];

test.each([Infinity, 1])('a mail is told to each of its addresses, dots and all, in pieces of %s', async (size) => {
  const text = ['Subject: One', '', 'Your code is 111111', '..hidden', '.', 'QUIT'];
  const answers = await converse([...HEAD, 'rcpt to: <two-7@example.com>', 'DATA', ...text], size);
  expect(answers).toEqual(['220', '250', '250', '250', '250', '250', '250', '250', '250', '354', '250', '221', '']);
  const [one, two] = (await mailsAt(mails.url, '-7@')).slice(-2);
  expect(one).toEqual({ to: 'one-7@example.com', text: 'One\nYour code is 111111\n.hidden\n' });
  expect(two?.to).toBe('two-7@example.com');
  expect(await mailsAt(mails.url, 'two-8@')).toEqual([]);
});

test('quoted-printable, base64, an encoded subject and HTML alone are read', async () => {
  const typed = (encoding: string, type = 'plain') => [
    `Content-Type: text/${type}; charset=utf-8`,
    `Content-Transfer-Encoding: ${encoding}`,
    'Subject: =?utf-8?B?Q29kw6k=?=',
    '',
  ];
  const quoted = [...typed('quoted-printable'), 'Code=3A 2222=', '22', '.'];
  const base64 = [...typed('base64'), Buffer.from('Code: 333333').toString('base64'), '.'];
  const html = [...typed('7bit', 'html'), '<p>Code:<b>444444</b></p>', '.'];
  for (const mail of [quoted, base64, html]) await converse([...HEAD, 'DATA', ...mail, 'QUIT']);
  expect((await mailsAt(mails.url, 'one-7@')).slice(-3).map(({ text }) => text.replace(/\s+/g, ' ').trim())).toEqual([
    'Codé Code: 222222',
    'Codé Code: 333333',
    'Codé Code: 444444',
  ]);
});

test('a client may log in, begin anew and be told what is wrong', async () => {
  const lines = [
    'HELO here',
    'AUTH PLAIN AGEAYg==',
    'AUTH LOGIN',
    'YQ==',
    'Yg==',
    'NOOP',
    'DATA',
    'STARTTLS',
    'RSET',
    'QUIT',
  ];
  expect(await converse(lines)).toEqual([
    ...['220', '250', '235', '334', '334', '235', '250', '503', '502', '250', '221', ''],
  ]);
});

test('mails that cannot be asked for are said', async () => {
  const gone = await serveMails();
  await gone.close();
  await expect(mailsAt(gone.url, 'a')).rejects.toThrow(`the mails at ${gone.url} cannot be read: `);
});

import type { Socket } from 'node:net';

/** What a client hands over: to whom, and the mail as it came. */
export interface Envelope {
  recipients: string[];
  data: Buffer;
}

const MOST_BYTES = 1024 * 1024;
const END_OF_LINE = /\r?\n/;
const END_OF_MAIL = /(^|\r?\n)\.\r?\n/;
const USERNAME = '334 VXNlcm5hbWU6';
const PASSWORD = '334 UGFzc3dvcmQ6';
const WELCOME = '235 Welcome';

/**
 * The receiving side of SMTP (RFC 5321), as much of it as a mail needs: any sender, any recipient, any password. A mail
 * is handed over before the client is told so.
 */
export function speakSmtp(socket: Socket, receive: (envelope: Envelope) => void): void {
  let recipients: string[] = [];
  let inData = false;
  let secrets = 0;
  // Bytes one to one: a mail may be in any charset.
  let came = '';

  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const command = (line: string): void => {
    if (secrets > 0) return say((secrets -= 1) === 0 ? WELCOME : PASSWORD);
    const [verb = '', ...words] = line.trim().split(/\s+/);
    switch (verb.toUpperCase()) {
      case 'EHLO':
        return say('250-127.0.0.1\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN');
      case 'AUTH':
        secrets = (/^login$/i.test(words[0] ?? '') ? 2 : 1) - (words.length - 1);
        return say([WELCOME, PASSWORD, USERNAME][secrets] ?? WELCOME);
      case 'HELO':
      case 'NOOP':
        return say('250 OK');
      case 'MAIL':
      case 'RSET':
        recipients = [];
        return say('250 OK');
      case 'RCPT':
        recipients.push(/<([^<>]*)>/.exec(line)?.[1] ?? line.replace(/^.*?to:\s*/i, ''));
        return say('250 OK');
      case 'DATA':
        if (recipients.length === 0) return say('503 No recipients');
        inData = true;
        return say('354 Go on, and end with a dot');
      case 'QUIT':
        return void socket.end('221 Bye\r\n');
      default:
        return say('502 Not implemented');
    }
  };
  const mail = (text: string): void => {
    inData = false;
    const data = Buffer.from(text.replace(/^\./gm, ''), 'latin1');
    receive({ recipients: recipients.map((to) => Buffer.from(to, 'latin1').toString('utf8')), data });
    recipients = [];
    say('250 Received');
  };

  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    came += chunk.toString('latin1');
    if (came.length > MOST_BYTES) return void socket.end('552 Too much\r\n');
    for (let end; (end = (inData ? END_OF_MAIL : END_OF_LINE).exec(came));) {
      const part = came.slice(0, end.index);
      came = came.slice(end.index + end[0].length);
      if (inData) mail(part);
      else command(part);
    }
  });
  say('220 127.0.0.1 ESMTP');
}

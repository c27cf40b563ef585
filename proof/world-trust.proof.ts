import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../hosts/command/command.test-data.ts';
import { createMock } from '../mocks/mock.ts';
import { serveAsAws } from '../mocks/aws/stand-in.ts';
import { findProgram, pathFolders } from '../targets/program.ts';
import { judgeAt } from './world/judged.ts';
import { serveFaulty } from './world/proxy.ts';

const hasOpenssl = findProgram('openssl', pathFolders()) !== undefined;
if (!hasOpenssl) console.error('openssl is not there: wrong certificates are not shown; install it with the system');

/** A certificate for a host that nobody signed but itself. */
function certificate(host: string): { key: string; cert: string; file: string } {
  const [key, cert] = ['key', 'cert'].map((name) => join(folder, `${host}.${name}.pem`)) as [string, string];
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${host}`];
  const name = host === '127.0.0.1' ? `IP:${host}` : `DNS:${host}`;
  execFileSync('openssl', [...words, '-addext', `subjectAltName=${name}`, '-keyout', key, '-out', cert], {
    stdio: 'pipe',
  });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), file: cert };
}

test.skipIf(!hasOpenssl)('a certificate that nobody signed, or of another host, is told as that', async () => {
  const right = certificate('127.0.0.1');
  const other = certificate('other.example');
  const said = async (tls: typeof right, env: NodeJS.ProcessEnv) => {
    const { url, close } = await serveFaulty({ mock: createMock(), tls });
    const { code, report } = await judgeAt(url, ['--case', 'AdminGetUser/*'], env);
    close();
    return [code, report.totals.pass, report.run.problem?.replace(url, 'URL').replace(new URL(url).host, 'HOST')];
  };
  const distrust = 'URL cannot be judged: the certificate of HOST is not trusted';
  const advice = 'name who signed it in NODE_EXTRA_CA_CERTS';
  expect(await said(right, {})).toEqual([3, 0, `${distrust} (self-signed certificate); ${advice}`]);
  expect(await said(other, { NODE_EXTRA_CA_CERTS: other.file })).toEqual([
    3,
    0,
    expect.stringContaining(`${distrust} (Hostname/IP does not match certificate's altnames: `),
  ]);
  expect(await said(right, { NODE_EXTRA_CA_CERTS: right.file })).toEqual([0, 3, undefined]);
});

const DAY = 24 * 60 * 60_000;

test.each([DAY, -DAY])('a clock that is a day off (%d ms) is nobody’s fault where nobody signs', async (off) => {
  const { url, close } = await serveFaulty({ mock: createMock({ now: () => Date.now() + off }) });
  const { code, report } = await judgeAt(url, ['--case', 'GetUser/*', '--case', 'UpdateUserAttributes/*']);
  close();
  const odd = report.results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip');
  expect([code, odd.map(({ id, reason }) => [id, reason])]).toEqual([0, []]);
});

test.each([
  [DAY, '1440 minutes behind'],
  [-DAY, '1440 minutes ahead of'],
])('a clock that is a day off (%d ms) is told where signatures are looked at', async (off, told) => {
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };
  const { url, close } = await serveAsAws({ credentials, now: () => Date.now() + off, onUnsupported: () => {} });
  const { code, report } = await judgeAt(url, []);
  await close();
  const said = `${url} cannot be judged: it refuses what is signed here (400 InvalidSignatureException), and this computer's clock is ${told} its own; set the clock`;
  expect([code, report.run.problem, report.results]).toEqual([3, said, []]);
});

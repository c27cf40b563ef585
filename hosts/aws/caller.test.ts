import { expect, test } from 'vitest';
import { NoAnswer } from '../../engine/exchange.ts';
import type { HttpRequest, HttpResponse, Send } from '../../engine/target.ts';
import { requireCaller } from './caller.ts';

const named = { account: '123456789012', region: 'eu-west-1' };
const credentials = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret', sessionToken: 'of-a-role' };
const endpoint = 'https://sts.eu-west-1.amazonaws.com';

const says =
  (status: number, body: string): Send =>
  async (): Promise<HttpResponse> => ({ status, headers: [], body });
const identity = (account: string): string =>
  `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/a&amp;b</Arn><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const error = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

test('it is asked by a form that is signed for the region, and says who it is', async () => {
  const sent: HttpRequest[] = [];
  const send: Send = async (request) => {
    sent.push(request);
    return says(200, identity(named.account))(request);
  };
  expect(await requireCaller(named, { endpoint, credentials, send })).toEqual({
    arn: `arn:aws:sts::${named.account}:assumed-role/a&b`,
  });
  const [{ headers = {}, ...request } = {} as HttpRequest] = sent;
  expect(request).toEqual({
    method: 'POST',
    url: `${endpoint}/`,
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  });
  expect(headers['authorization']).toMatch(
    /^AWS4-HMAC-SHA256 Credential=ASIAIOSFODNN7EXAMPLE\/\d{8}\/eu-west-1\/sts\/aws4_request, /,
  );
  expect(headers['x-amz-security-token']).toBe('of-a-role');
});

test.each<[send: Send, line: string]>([
  [
    says(200, identity('999999999999')),
    'target aws: the credentials are of account 999999999999, and --account names 123456789012',
  ],
  [
    says(403, error('ExpiredToken', 'The security token included in the request is expired')),
    'target aws: the credentials are refused: they have expired: get new ones (ExpiredToken: The security token included in the request is expired)',
  ],
  [
    says(403, error('InvalidClientTokenId', 'The security token included in the request is invalid.')),
    'target aws: the credentials are refused: AWS does not know them: are they deleted, of another partition, or without their session token? (InvalidClientTokenId: The security token included in the request is invalid.)',
  ],
  [
    says(403, error('SignatureDoesNotMatch', 'No.')),
    'target aws: the credentials are refused: AWS_SECRET_ACCESS_KEY is not of AWS_ACCESS_KEY_ID, or the clock of this computer is wrong (SignatureDoesNotMatch: No.)',
  ],
  [
    says(403, error('RegionDisabledException', 'STS is not activated in this region')),
    'target aws: the credentials are refused: (RegionDisabledException: STS is not activated in this region)',
  ],
  [says(502, '<html>'), 'target aws: sts:GetCallerIdentity answered 502, and no account'],
  [
    async () => {
      throw new NoAnswer('unreachable', 'the host sts.eu-west-1.amazonaws.com is not known');
    },
    'target aws: nobody says whose the credentials are: the host sts.eu-west-1.amazonaws.com is not known; is eu-west-1 a region?',
  ],
])('who is somebody else, or nobody, is told in one line: %#', async (send, line) => {
  await expect(requireCaller(named, { endpoint, credentials, send })).rejects.toThrow(
    expect.objectContaining({ message: line }),
  );
});

import { expect, test } from 'vitest';
import { createStandIn } from '../mocks/aws/stand-in.ts';
import quotas from '../targets/aws/quotas.json' with { type: 'json' };

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };

test('at the quotas that Amazon gives, a user writes ten times a second, and all together 25 times', async () => {
  const { answer, clock } = createStandIn({ credentials, quotas, now: () => 0 });
  const write = async (username: string): Promise<string> => {
    const { body } = await answer({
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.UpdateUserAttributes',
      },
      body: JSON.stringify({ AccessToken: tokenOf(username), UserAttributes: [] }),
    });
    return (JSON.parse(body) as { __type: string }).__type;
  };
  const many = (times: number, username: string) => Promise.all(Array.from({ length: times }, () => write(username)));
  const [taken, tooFast] = ['NotAuthorizedException', 'TooManyRequestsException'];
  expect(await many(11, 'ada')).toEqual([...Array<string>(10).fill(taken), tooFast]);
  expect(await many(10, 'bob')).toEqual(Array(10).fill(taken));
  expect(await many(6, 'cy')).toEqual([...Array<string>(5).fill(taken), tooFast]);
  clock.advance(40);
  expect(await many(2, 'cy')).toEqual([taken, tooFast]);
});

/** Nobody has signed it; whose it is can be read nevertheless. */
function tokenOf(username: string): string {
  const claims = { iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool', username };
  return ['{"alg":"RS256"}', JSON.stringify(claims), 'x'].map((part) => btoa(part).replaceAll('=', '')).join('.');
}

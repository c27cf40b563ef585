import { expect, test } from 'vitest';
import { credentialsFrom, endpointOf } from './environment.ts';

const [id, secret] = ['AKIAIOSFODNN7EXAMPLE', 'not-a-secret'];
const both = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret };

test('credentials are those of the environment, with the token of a session where there is one', () => {
  expect(credentialsFrom({ ...both, AWS_SESSION_TOKEN: '' })).toEqual({ accessKeyId: id, secretAccessKey: secret });
  expect(credentialsFrom({ ...both, AWS_SESSION_TOKEN: 'of-a-role' })).toEqual({
    accessKeyId: id,
    secretAccessKey: secret,
    sessionToken: 'of-a-role',
  });
});

test.each<[environment: Record<string, string>, line: string]>([
  [
    { AWS_PROFILE: 'mine' },
    'target aws: there are no credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY have to be in the environment, and AWS_SESSION_TOKEN where they are of a role; profiles are not read',
  ],
  [{ AWS_ACCESS_KEY_ID: id }, 'target aws: AWS_SECRET_ACCESS_KEY is not in the environment, and AWS_ACCESS_KEY_ID is'],
  [
    { AWS_SECRET_ACCESS_KEY: secret },
    'target aws: AWS_ACCESS_KEY_ID is not in the environment, and AWS_SECRET_ACCESS_KEY is',
  ],
  [
    { ...both, AWS_ACCESS_KEY_ID: secret },
    'target aws: AWS_ACCESS_KEY_ID is no id of a key, such as AKIAIOSFODNN7EXAMPLE',
  ],
  [
    { ...both, AWS_SECRET_ACCESS_KEY: `${secret}\n` },
    'target aws: AWS_SECRET_ACCESS_KEY has a blank or a line break in it: copy it again',
  ],
  [
    { ...both, AWS_SESSION_TOKEN: 'a b' },
    'target aws: AWS_SESSION_TOKEN has a blank or a line break in it: copy it again',
  ],
  [
    { ...both, AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE' },
    'target aws: AWS_SESSION_TOKEN is not in the environment, and AWS_ACCESS_KEY_ID is of temporary credentials, which have one',
  ],
])('credentials that cannot be any are told in one line: %#', (environment, line) => {
  expect(() => credentialsFrom(environment)).toThrow(expect.objectContaining({ message: line }));
});

test('an endpoint of the environment comes before the public one of the region', () => {
  const own = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1/' };
  const all = { AWS_ENDPOINT_URL: 'http://127.0.0.1:2' };
  expect(endpointOf('sts', 'eu-west-1', { ...own, ...all })).toBe('http://127.0.0.1:1');
  expect(endpointOf('cognito-idp', 'eu-west-1', { ...own, ...all })).toBe('http://127.0.0.1:2');
  expect(endpointOf('cognito-idp', 'eu-west-1', own)).toBe('https://cognito-idp.eu-west-1.amazonaws.com');
  expect(endpointOf('sts', 'cn-north-1', {})).toBe('https://sts.cn-north-1.amazonaws.com.cn');
  expect(() => endpointOf('sts', 'eu-west-1', { AWS_ENDPOINT_URL_STS: '127.0.0.1:1' })).toThrow(
    'target aws: AWS_ENDPOINT_URL_STS is no base URL, such as https://sts.eu-west-1.amazonaws.com',
  );
});

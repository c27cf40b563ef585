import { expect, test } from 'vitest';
import { manifestOf } from './open-target.ts';
import { UsageError } from './usage-error.ts';

test.each([
  'https://cognito-idp.us-east-1.amazonaws.com',
  'https://cognito-idp-fips.us-east-1.amazonaws.com/',
  'http://cognito-idp.eu-west-1.AMAZONAWS.com:8080',
  'https://cognito-idp.cn-north-1.amazonaws.com.cn',
  'https://cognito-idp.us-east-1.amazonaws.com.',
  'https://amazonaws.com',
])('the service itself is refused at %s', (endpoint) => {
  const { hostname } = new URL(endpoint);
  expect(() => manifestOf({ endpoint })).toThrow(
    new UsageError(
      `${hostname} is the service itself, where every pool and user is real: run there with --target aws --account ID --region NAME`,
    ),
  );
});

test.each([
  ['http://127.0.0.1:9229', '127-0-0-1-9229'],
  ['http://amazonaws.com.example.org', 'amazonaws-com-example-org'],
  ['http://notamazonaws.com', 'notamazonaws-com'],
  ['http://example.org/amazonaws.com', 'example-org'],
])('%s is an endpoint without a manifest', async (endpoint, name) => {
  const manifest = await manifestOf({ endpoint });
  expect([manifest.name, manifest.start]).toEqual([name, { url: endpoint }]);
});

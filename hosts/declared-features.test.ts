import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MEANS } from '../engine/features.ts';
import { packageRoot } from '../package.ts';
import { ManifestError, type Manifest } from '../targets/manifest.ts';
import { featuresOf, requireFeatures } from './declared-features.ts';
import { endpointManifest } from './open-target.ts';

const manifest = (more: Partial<Manifest>): Manifest => ({
  ...endpointManifest('http://a.invalid'),
  name: 'a',
  ...more,
});
const codes = { get: '/codes/${Username}', pointer: '' };

test.each<[features: string[], problem: string]>([
  [['GetUsers'], 'target a: /features: no operation or means "GetUsers" of the suite. Did you mean "GetUser"?'],
  [['code'], 'target a: /features: no operation or means "code" of the suite. Did you mean "codes"?'],
  [['codes'], 'target a: /features: has "codes", and no member "codes" says how'],
  [
    ['triggers', 'GlobalSignout'],
    'target a: /features: has "triggers", and no member "triggers" says how\ntarget a: /features: no operation or means "GlobalSignout" of the suite. Did you mean "GlobalSignOut"?',
  ],
])('features %j', (features, problem) => {
  expect(() => requireFeatures(manifest({ features }))).toThrow(new ManifestError(problem));
});

test('a word that is near to none is told what there is', () => {
  expect(() => requireFeatures(manifest({ features: ['x'] }))).toThrow(
    /^target a: \/features: no operation or means "x" of the suite\. there are CreateUserPool, .+, codes, messages, triggers, forged-tokens$/,
  );
});

test('features that are right are left alone, and those that a member tells of need not be listed', () => {
  const right = manifest({ features: ['GetUser', 'codes', 'forged-tokens'], codes });
  expect(requireFeatures(right)).toBe(right);
  expect(requireFeatures(manifest({}))).toEqual(manifest({}));
  expect(featuresOf(manifest({}))).toBe(undefined);
  expect(featuresOf(manifest({ features: ['GetUser'], codes, signingKey: { get: '/key', pointer: '' } }))).toEqual([
    'GetUser',
    'codes',
    'forged-tokens',
  ]);
});

test('an editor completes every feature that there is', () => {
  const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, packageRoot), 'utf8'));
  const schema = read('targets/manifest.schema.json') as {
    properties: { features: { items: { anyOf: [{ enum: string[] }, object] } } };
  };
  const { operations } = read('specs/operations.json') as { operations: object };
  expect(schema.properties.features.items.anyOf[0].enum).toEqual([...Object.keys(operations), ...MEANS]);
});

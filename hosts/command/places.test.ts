import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { loadSuite } from '../../engine/load.ts';
import { about, packageRoot } from '../../package.ts';
import type { Place } from '../../reports/context.ts';
import { result } from '../../reports/sample.test-data.ts';
import { placesIn, type TargetFiles } from './places.ts';

const suite = loadSuite(packageRoot, about);
const theirs = mkdtempSync(join(tmpdir(), 'places-test-'));
const known = join(theirs, 'ci', 'known.json');
mkdirSync(join(theirs, 'ci'));
writeFileSync(
  known,
  '{\n  "failures": [\n    { "id": "GetUser/a" },\n    { "id": "GetUser/lists-attributes" }\n  ]\n}\n',
);

afterAll(() => rmSync(theirs, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

function placeIn(workspace: string, files: TargetFiles, id = 'GetUser/lists-attributes'): Place | undefined {
  vi.stubEnv('GITHUB_WORKSPACE', workspace);
  return placesIn(suite, (target) => (target === 'theirs' ? files : {}))(result(id), 'theirs');
}

test('a case of the repository at work stands in its file', () => {
  expect(placeIn(fileURLToPath(packageRoot), { baseline: known })).toEqual({
    file: 'specs/GetUser/attributes.json',
    line: 6,
    column: 5,
  });
});

test.each<[what: string, id: string, files: TargetFiles, place: Place | undefined]>([
  [
    'its entry in the baseline',
    'GetUser/lists-attributes',
    { baseline: known },
    { file: 'ci/known.json', line: 4, column: 5 },
  ],
  ['the baseline that has none', 'GetUser/b', { baseline: known }, { file: 'ci/known.json', line: 1, column: 1 }],
  [
    'the manifest',
    'GetUser/a',
    { baseline: join(theirs, '..', 'other.json'), manifest: join(theirs, 'moto.json') },
    { file: 'moto.json', line: 1, column: 1 },
  ],
  ['nothing that is installed', 'GetUser/a', { manifest: join(theirs, 'node_modules', 'moto.json') }, undefined],
  ['nothing', 'GetUser/a', {}, undefined],
])('of cases that are not theirs a reader is shown %s', (_, id, files, place) => {
  expect(placeIn(theirs, files, id)).toEqual(place);
});

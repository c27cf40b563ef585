import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, type List, type PlainCase } from './list.ts';

const AREA = 'UpdateUserAttributes';
const CASES_A_FILE = 50;

/** A copy of the package, as it is installed, whose cases are those of the list. Gives its folder. */
export function packageWith(list: List, folder: string): string {
  const from = fileURLToPath(root());
  const copy = join(folder, 'node_modules/cognito-conformance');
  mkdirSync(copy, { recursive: true });
  for (const name of ['dist', 'fixtures', 'package.json', 'config.schema.json'])
    cpSync(join(from, name), join(copy, name), { recursive: true });
  for (const name of ['targets', 'reports'])
    cpSync(join(from, name), join(copy, name), { recursive: true, filter: (file) => !/\.ts$|reports.out/.test(file) });
  for (const entry of readdirSync(join(from, 'specs'), { withFileTypes: true }))
    if (['shapes', 'evidence'].includes(entry.name) || entry.isFile())
      cpSync(join(from, 'specs', entry.name), join(copy, 'specs', entry.name), { recursive: true });
  symlinkSync(join(from, 'node_modules'), join(copy, 'node_modules'));
  symlinkSync(join(from, 'node_modules/@playwright'), join(folder, 'node_modules/@playwright'));
  mkdirSync(join(copy, 'specs', AREA));
  for (let start = 0; start < list.cases.length; start += CASES_A_FILE) {
    const cases = list.cases.slice(start, start + CASES_A_FILE).map(inCaseLanguage);
    const file = { $schema: '../case.schema.json', formatVersion: 1, about: 'Made for the bench.', cases };
    writeFileSync(join(copy, 'specs', AREA, `${start}.json`), JSON.stringify(file, null, 2));
  }
  // As the build does it.
  execFileSync(process.execPath, [join(copy, 'dist/check-data.js')]);
  return copy;
}

export function writeManifest(folder: string, url: string, concurrency: number): string {
  const file = join(folder, 'bench-target.json');
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };
  const manifest = {
    formatVersion: 1,
    name: 'bench-target',
    about: 'A server of the bench.',
    start: { url },
    region: 'us-east-1',
    credentials,
    values: {},
    concurrency,
  };
  writeFileSync(file, JSON.stringify(manifest));
  return file;
}

function inCaseLanguage({ name, attributes: [before, after], exchanges }: PlainCase): object {
  const update = exchanges.find(({ operation }) => operation === AREA);
  const refused = update?.status === 400;
  const changes = Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value));
  return {
    id: `${AREA}/${name}`,
    title: `${name} is as the list says`,
    level: 'must',
    evidence: refused
      ? ['verified-flags-by-user', 'declared-errors-of-update-user-attributes']
      : ['success-body-is-an-object'],
    given: { pool: 'plain', user: before },
    steps: [
      {
        call: AREA,
        with: { AccessToken: '${user.AccessToken}', UserAttributes: update?.body['UserAttributes'] },
        ...(refused && { control: { UserAttributes: [{ Name: 'nickname', Value: 'control' }] } }),
        expect: refused ? { error: 'NotAuthorizedException' } : { status: 200 },
        changes,
      },
    ],
  };
}

/** The cases that `results.json` calls wrong. */
export function failuresIn(results: string): string[] {
  const { results: all } = JSON.parse(readFileSync(results, 'utf8')) as { results: { id: string; verdict: string }[] };
  return all.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id.slice(AREA.length + 1));
}

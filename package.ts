import { existsSync, readFileSync } from 'node:fs';

/** The folder that holds `specs/`: this one, or the one above `dist/`. */
export const packageRoot =
  ['./', '../'].map((up) => new URL(up, import.meta.url)).find((folder) => existsSync(new URL('specs/', folder))) ??
  new URL('./', import.meta.url);

const manifest = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as {
  name: string;
  version: string;
};

/** Beside the compiled package: the digest of the data that the build has found in order. */
const stamp = new URL('checked.json', import.meta.url);
const { data: checked } = existsSync(stamp)
  ? (JSON.parse(readFileSync(stamp, 'utf8')) as { data: string })
  : { data: undefined };

export const about = { name: manifest.name, version: manifest.version, checked };

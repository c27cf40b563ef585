import { existsSync, readFileSync } from 'node:fs';

/** The folder that holds `specs/`: this one, or the one above `dist/`. */
export const packageRoot =
  ['./', '../'].map((up) => new URL(up, import.meta.url)).find((folder) => existsSync(new URL('specs/', folder))) ??
  new URL('./', import.meta.url);

const manifest = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as {
  name: string;
  version: string;
};

export const about = { name: manifest.name, version: manifest.version };

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Report } from '../engine/result.ts';
import { packageRoot } from '../package.ts';
import { whyUnread } from '../targets/why-unread.ts';
import { UsageError } from './usage-error.ts';

/** A `results.json` that some run has written. Throws a `UsageError`: one line, what is wrong with the file. */
export function readResults(path: string): Report {
  const report = parse(path);
  const schema = JSON.parse(readFileSync(new URL('reports/results.schema.json', packageRoot), 'utf8')) as object;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  if (ajv.validate<Report>(schema, report)) return report;
  const [first] = ajv.errors ?? [];
  throw new UsageError(
    `${path} is no results.json: ${first?.instancePath || '/'} ${first?.message ?? ''}; give a file that run --out has written`,
  );
}

function parse(path: string): unknown {
  const text = read(path);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path} is not JSON: ${message}; give a file that run --out has written`);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${whyUnread(error)}`);
  }
}

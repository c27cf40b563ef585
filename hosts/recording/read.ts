import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { packageRoot } from '../../package.ts';
import { UsageError } from '../usage-error.ts';
import type { About, Journal } from './recording.ts';

export interface Recording {
  about: About;
  /** By what they are of. */
  journals: ReadonlyMap<string, Journal>;
}

const ABOUT = 'recording.json';
/** In the place of the account that was recorded. */
const NOBODY = '000000000000';

export function isRecording(folder: string): boolean {
  return existsSync(join(folder, ABOUT));
}

/** What a folder that `run --record` has written is a recording of. Throws a `UsageError`. */
export function readAbout(folder: string): About {
  if (!isRecording(folder)) {
    throw new UsageError(`${folder} is no recording: it has no ${ABOUT}; give a folder that run --record has written`);
  }
  const about = reader(folder)<About>(ABOUT, 'about');
  return JSON.parse(JSON.stringify(about).replaceAll('<account>', NOBODY)) as About;
}

/** All of it. Throws a `UsageError`: one line, which file, and what is wrong with it. */
export function readRecording(folder: string): Recording {
  const about = readAbout(folder);
  const read = reader(folder);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /[/\\].*\.json$/.test(name),
  );
  const journals = files.sort().map((name) => read<Journal>(name, 'journal'));
  return { about, journals: new Map(journals.map((journal) => [journal.of, journal])) };
}

function reader(folder: string): <T>(name: string, kind: 'about' | 'journal') => T {
  const schema = JSON.parse(readFileSync(new URL('reports/recording.schema.json', packageRoot), 'utf8')) as object;
  const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(schema, 'recording');
  return <T>(name: string, kind: 'about' | 'journal'): T => {
    const path = join(folder, name);
    const content = parsed(path);
    const version = (content as { recordingVersion?: unknown } | null)?.recordingVersion;
    if (version !== 1) {
      throw new UsageError(
        `${path} is of recordingVersion ${JSON.stringify(version)}; this version reads 1: record it again`,
      );
    }
    if (ajv.validate<T>({ $ref: `recording#/$defs/${kind}` }, content)) return content;
    const [first] = ajv.errors ?? [];
    const what = `${first?.instancePath || '/'} ${first?.message ?? ''}`;
    throw new UsageError(`${path} is no part of a recording: ${what}; record it again`);
  };
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new UsageError(`${path} is not whole: ${(error as Error).message}; record it again`);
  }
}

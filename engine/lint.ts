import type { Case, CaseFile, CaseSource } from './case.ts';
import { errorsStandInClaims, evidenceExists, idleEvidence, textsStandInClaims } from './lint-evidence.ts';
import { fixturesExist, operationsExist, referencesAreSet, rowsAreRead, savedNamesAreRead } from './lint-references.ts';
import {
  causesAreObserved,
  nothingDangerous,
  overStandsAlone,
  poolChangesAreOwn,
  refusalsHaveControls,
  retriesWriteNothing,
  setsAreTold,
  shouldsStandInMusts,
  somethingIsJudged,
  writesAreObserved,
} from './lint-steps.ts';
import { membersExist, vocabularyOf, wordsExist } from './lint-words.ts';
import type { Suite } from './suite.ts';

export interface Problem {
  file: string;
  /** JSON pointer into the file; empty for the file as a whole. */
  pointer: string;
  message: string;
}

/** A case where it is written. */
export interface Place {
  file: string;
  pointer: string;
  source: CaseSource;
  suite: Suite;
  /** Every member name of the service model that the suite knows. */
  vocabulary: ReadonlySet<string>;
}

type Rule = (place: Place) => string[];

/** What the schema cannot say: references, evidence, and that every case can fail. */
export function lint(suite: Suite, files: { file: string; content: CaseFile }[]): Problem[] {
  const vocabulary = vocabularyOf(suite);
  const places = files.flatMap(({ file, content }) =>
    content.cases.map((source, index): Place => ({ file, pointer: `/cases/${index}`, source, suite, vocabulary })),
  );
  const ofCases = places.flatMap((place) =>
    RULES.flatMap((rule) =>
      rule(place).map((message) => ({
        file: place.file,
        pointer: place.pointer,
        message: `${place.source.id}: ${message}`,
      })),
    ),
  );
  return [...ofCases, ...repeatedIds(suite.cases), ...idleEvidence(suite, places)];
}

const RULES: Rule[] = [
  areaIsFolder,
  evidenceExists,
  fixturesExist,
  operationsExist,
  errorsStandInClaims,
  textsStandInClaims,
  shouldsStandInMusts,
  refusalsHaveControls,
  writesAreObserved,
  somethingIsJudged,
  membersExist,
  wordsExist,
  referencesAreSet,
  savedNamesAreRead,
  rowsAreRead,
  poolChangesAreOwn,
  causesAreObserved,
  overStandsAlone,
  retriesWriteNothing,
  setsAreTold,
  nothingDangerous,
];

function areaIsFolder({ file, source }: Place): string[] {
  const folder = file.split('/')[1] ?? '';
  return source.id.startsWith(`${folder}/`) ? [] : [`the id must begin with "${folder}/", as its folder`];
}

function repeatedIds(cases: Case[]): Problem[] {
  const seen = new Map<string, Case>();
  return cases.flatMap((test) => {
    const other = seen.get(test.id);
    seen.set(test.id, test);
    return other
      ? [{ file: test.file, pointer: test.pointer, message: `the id ${test.id} is also in ${other.file}` }]
      : [];
  });
}

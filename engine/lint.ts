import type { CaseSource } from './case.ts';
import { errorsStandInClaims, evidenceExists, textsStandInClaims } from './lint-evidence.ts';
import {
  fixturesExist,
  operationsExist,
  referencesAreSet,
  rowsAreRead,
  savedNamesAreRead,
  tokensAreOfUsers,
} from './lint-references.ts';
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
import { nodesIn, type Node } from './nodes.ts';
import type { Problem } from './problem.ts';
import type { SupportData } from './suite.ts';

/** A case as it is written, and where. */
export interface Written {
  file: string;
  pointer: string;
  source: CaseSource;
}

/** What a rule looks at. */
export interface Place extends Written {
  suite: SupportData;
  /** Every value in it. */
  nodes: readonly Node[];
  /** Every member name of the service model that the suite knows. */
  vocabulary: ReadonlySet<string>;
}

/** What a rule found, by its pointer into the case. */
export interface Found {
  at: string;
  message: string;
}

type Rule = (place: Place) => Found[];

/** What the schema cannot say: references, evidence, and that every case can fail. */
export function lint(suite: SupportData, cases: readonly Written[]): Problem[] {
  const vocabulary = vocabularyOf(suite);
  return cases.flatMap((written) => {
    const place = { ...written, suite, vocabulary, nodes: nodesIn(written.source) };
    return RULES.flatMap((rule) => rule(place)).map(({ at, message }) => ({
      file: written.file,
      pointer: written.pointer + at,
      message: `${written.source.id}: ${message}`,
    }));
  });
}

const RULES: Rule[] = [
  areaIsFolder,
  idIsNew,
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
  tokensAreOfUsers,
  savedNamesAreRead,
  rowsAreRead,
  poolChangesAreOwn,
  causesAreObserved,
  overStandsAlone,
  retriesWriteNothing,
  setsAreTold,
  nothingDangerous,
];

/** An id is of one case for ever. */
function idIsNew({ source, suite }: Place): Found[] {
  const retired = suite.retired[source.id];
  return retired ? [{ at: '/id', message: `the id was another case's: ${retired.reason}; choose a new one` }] : [];
}

function areaIsFolder({ file, source }: Place): Found[] {
  const folder = file.split('/')[1] ?? '';
  return source.id.startsWith(`${folder}/`)
    ? []
    : [{ at: '/id', message: `the id must begin with "${folder}/", as its folder` }];
}

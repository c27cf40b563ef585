import { casesNamed, constraintName, coverageOf, sourceId } from './coverage.ts';
import { unknown } from './lint-references.ts';
import type { Found } from './lint.ts';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { Suite, Tested } from './suite.ts';

/** What is wrong in statements, constraints and reasons: names that are not there, and reasons beside a case. */
export function coverageProblems(suite: Suite): Problem[] {
  return [...statementProblems(suite), ...constraintProblems(suite), ...reasonProblems(suite), ...idleReasons(suite)];
}

function statementProblems(suite: Suite): Problem[] {
  const operations = Object.keys(suite.operations);
  const seen = new Set<string>();
  return suite.statements.flatMap((statement, index) => {
    const { id, on } = statement;
    const twice = seen.has(id) ? [{ at: '/id', message: 'the id is there twice' }] : [];
    seen.add(id);
    const faults = [...twice, ...unknown('/on', 'operation', on, operations), ...unknownCases(statement, suite)];
    return problems('specs/statements.json', `/statements/${index}`, id, faults);
  });
}

function constraintProblems(suite: Suite): Problem[] {
  return Object.entries(suite.constraints).flatMap(([operation, constraints]) => {
    const pointer = `/constraints/${operation}`;
    const stray = unknown('', 'operation', operation, Object.keys(suite.operations));
    return [
      ...problems('specs/constraints.json', pointer, operation, stray),
      ...constraints.flatMap((constraint, index) => {
        const name = constraintName(constraint);
        const top = constraint.member.replace(/[[{.].*$/, '');
        const known = suite.operations[operation]?.input ?? [top];
        const twice = constraints.findIndex((other) => constraintName(other) === name) < index;
        const faults = [
          ...(twice ? [{ at: '', message: 'is there twice' }] : []),
          ...unknown('/member', `member of the input of ${operation}`, top, known),
          ...unknownCases(constraint, suite),
        ];
        return problems('specs/constraints.json', `${pointer}/${index}`, name, faults);
      }),
    ];
  });
}

/** Reasons for operations and errors that there are not. */
function reasonProblems({ untested, operations }: Suite): Problem[] {
  const names = Object.keys(operations);
  const ofOperations = untested.operations.flatMap((entry, index) => {
    const faults = entry.operations.flatMap((name, place) => unknown(`/operations/${place}`, 'operation', name, names));
    return problems('specs/untested.json', `/untested/operations/${index}`, '', faults);
  });
  const ofErrors = untested.errors.flatMap(({ error, on }, index) => {
    const declared = [...new Set(Object.values(operations).flatMap(({ errors }) => errors))];
    const faults = [
      ...unknown('/error', 'declared error', error, declared),
      ...(on ?? []).flatMap((name, place) => unknown(`/on/${place}`, 'operation', name, names)),
      ...(on ?? []).flatMap((name, place) =>
        operations[name] && !operations[name].errors.includes(error)
          ? [{ at: `/on/${place}`, message: `${name} does not declare ${error}` }]
          : [],
      ),
    ];
    return problems('specs/untested.json', `/untested/errors/${index}`, '', faults);
  });
  return [...ofOperations, ...ofErrors];
}

/** What a case tests needs no reason why none does. */
function idleReasons(suite: Suite): Problem[] {
  const { operations, errors, evidence } = coverageOf(suite);
  const files = [
    { file: 'specs/untested.json', items: operations },
    { file: 'specs/untested.json', items: errors },
    { file: 'specs/evidence', items: evidence },
  ];
  return files.flatMap(({ file, items }) =>
    items.flatMap(({ on, name, cases: [first], untested }) => {
      if (untested === undefined || first === undefined) return [];
      const what = on === undefined || on === name ? name : `${on}: ${name}`;
      const message = `has a reason why nothing tests it, and ${first} does; take the reason out`;
      return problems(file, '', what, [{ at: '', message }]);
    }),
  );
}

function unknownCases({ cases = [] }: Tested, suite: Suite): Found[] {
  return cases.flatMap((id, index) =>
    casesNamed(id, suite.cases).length > 0 ? [] : [{ at: `/cases/${index}`, message: noCase(id, suite) }],
  );
}

function noCase(id: string, suite: Suite): string {
  const retired = suite.retired[id];
  if (retired?.successor) return `no case "${id}": it was retired, and is now "${retired.successor}"`;
  const near = nearest(id, [...new Set(suite.cases.flatMap((test) => [test.id, sourceId(test)]))]);
  return `no case "${id}".${near ? ` Did you mean "${near}"?` : ''}`;
}

function problems(file: string, pointer: string, name: string, faults: Found[]): Problem[] {
  return faults.map(({ at, message }) => ({
    file,
    pointer: pointer + at,
    message: name === '' ? message : `${name}: ${message}`,
  }));
}

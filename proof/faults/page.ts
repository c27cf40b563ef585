import { table, type FaultEntry } from './table.ts';

/** How many cases a line names; the rest stands in the data. */
const NAMED = 8;

/** `docs/faults.md`. */
export function faultsPage(): string {
  const themes = Object.entries(table).map(([theme, faults]) => {
    const lines = Object.entries(faults).map(
      ([name, entry]) => `| \`${name}\` | ${aboutOf(entry)} | ${casesOf(entry)} |`,
    );
    return `## ${theme}\n\n| fault | what is wrong | found by |\n|---|---|---|\n${lines.join('\n')}\n`;
  });
  const count = Object.values(table).flatMap(Object.keys).length;
  return `# ${count} ways of being wrong

\`npx cognito-conformance mock --fault NAME\` serves the mock with one thing wrong; several faults may be given. Each is a
small function in \`mocks/faults/\`, and \`npm run test:proof\` shows that it is found by exactly the cases that
\`proof/faults/*.json\` names: by a difference of their own, not by a fixture that failed. Where somebody met the same in
the world, it says with whom.

${themes.join('\n')}`;
}

function aboutOf({ about, seen = [] }: FaultEntry): string {
  return seen.length === 0 ? about : `${about} (${seen.map(linked).join(', ')})`;
}

function linked(source: string): string {
  const [, name] = /^https:\/\/github\.com\/(.+?)\/?$/.exec(source) ?? [];
  return name === undefined ? source : `[${name}](${source})`;
}

function casesOf({ cases }: FaultEntry): string {
  const more = cases.length - NAMED;
  return [...cases.slice(0, NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

import { variations } from './variations.ts';

/** `docs/variations.md`. */
export function variationsPage(): string {
  const lines = Object.entries(variations).map(([name, { about }]) => `| \`${name}\` | ${about} |`);
  return `# ${lines.length} variations that the contract allows

Servers may answer so, and must not be told from one that does not: \`npm run test:proof\` serves the mock varied in each of
these ways, over HTTP. Under each the command judges a third of the cases and Playwright a tenth, others for the next, so that
every case is met under many. Names in parentheses are entries of \`specs/evidence/\`.

| variation | why it is allowed |
|---|---|
${lines.join('\n')}
`;
}

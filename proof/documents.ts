import { readdirSync, readFileSync } from 'node:fs';
import { packageRoot } from '../package.ts';

/** Written by the proof, or one row a difference: nothing in them is an example. */
const tables = ['faults.md', 'variations.md', 'verdicts.md'];

/** Everything that tells users what to do, relative to the package. */
export const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'specs/README.md'],
  ...readdirSync(new URL('docs/', packageRoot))
    .filter((file) => file.endsWith('.md') && !tables.includes(file))
    .map((file) => `docs/${file}`),
];

export interface Block {
  file: string;
  language: string;
  text: string;
}

/** The fenced examples of all documents, in order. */
export const blocks: readonly Block[] = documents.flatMap((file) =>
  [...readFileSync(new URL(file, packageRoot), 'utf8').matchAll(/^( *)```(\w+)\n(.*?)^ *```$/gms)].map(
    ([, indent = '', language = '', text = '']) => ({
      file,
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  ),
);

/** The lines of what is to be typed into a shell, without their comments; mock-docs.test.ts types those of docs/mock.md. */
export const commands = blocks
  .filter(({ file, language }) => language === 'sh' && file !== 'docs/mock.md')
  .flatMap(({ file, text }) => text.split('\n').map((line) => ({ file, line: line.replace(/\s+#.*$/, '') })))
  .filter(({ line }) => line !== '');

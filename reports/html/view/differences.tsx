import type { Difference } from '../page.ts';
import { marked, type Part } from './marked.ts';

/** What was expected and what came, side by side. */
export function Differences({ list }: { list: readonly Difference[] }) {
  return (
    <>
      {list.map((difference, index) => (
        <One key={index} difference={difference} />
      ))}
    </>
  );
}

function One({ difference: { where, grade, expected, came, message } }: { difference: Difference }) {
  const head = (
    <>
      {where} <span class="date">{grade}</span>
    </>
  );
  if (expected === undefined || came === undefined) {
    return (
      <p class="difference">
        {head}: {message}
      </p>
    );
  }
  const parts = marked(expected, came);
  return (
    <figure class="difference">
      <figcaption>{head}</figcaption>
      <div class="pair">
        <Side name="expected" parts={parts.expected} mark={(text) => <del>{text}</del>} />
        <Side name="came" parts={parts.came} mark={(text) => <ins>{text}</ins>} />
      </div>
    </figure>
  );
}

function Side({
  name,
  parts,
  mark,
}: {
  name: string;
  parts: readonly Part[];
  mark: (text: string) => preact.ComponentChildren;
}) {
  return (
    <div class={name}>
      <span class="label">{name}</span>
      <pre tabIndex={0} aria-label={name}>
        {parts.map(({ text, differs }) => (differs ? mark(text) : text))}
      </pre>
    </div>
  );
}

import { useRef, useState } from 'preact/hooks';
import type { Cell, Row } from '../page.ts';

/** How to see it oneself: a script where there is one, else the command that tells the case in words. */
export function ByHand({ row, cell }: { row: Row; cell: Cell | null }) {
  const script = cell?.reproduction ?? `npx cognito-conformance explain ${row.id}`;
  const text = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(script);
      setCopied(true);
    } catch {
      // Where the page may not copy, the reader can: the text is chosen already.
      if (text.current) getSelection()?.selectAllChildren(text.current);
    }
  };
  return (
    <section class="by-hand">
      <h3>
        {cell?.reproduction === undefined ? 'The case in words' : 'By hand'}{' '}
        <button type="button" class="more" onClick={() => void copy()}>
          copy
        </button>{' '}
        <span role="status">{copied && 'copied'}</span>
      </h3>
      <pre ref={text} tabIndex={0} aria-label="how to see it by hand">
        {script}
      </pre>
    </section>
  );
}

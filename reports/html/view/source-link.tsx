/** A text with a link where it is an address of the web; any other scheme stays text. */
export function SourceLink({ text }: { text: string }) {
  if (!/^https?:\/\/\S+$/.test(text)) return <span class="source">{text}</span>;
  return (
    <a class="source" href={text} rel="noreferrer noopener">
      {text.replace(/^https?:\/\//, '')}
    </a>
  );
}

/** A text, addresses of the web in it as links; any other scheme stays text. */
export function Linked({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/[^\s()<>"']+)/);
  return <>{parts.map((part, index) => (index % 2 === 0 ? part : <Link key={index} address={part} />))}</>;
}

function Link({ address }: { address: string }) {
  return (
    <a href={address} rel="noreferrer noopener">
      {address.replace(/^https?:\/\//, '')}
    </a>
  );
}

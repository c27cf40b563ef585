import type { Page } from '../page.ts';

/** The data in the page: deflated JSON in base64. */
export async function readPage(): Promise<Page> {
  const text = document.getElementById('results')?.textContent ?? '';
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return (await new Response(inflated).json()) as Page;
}

import { existsSync, readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import type { Report } from '../../engine/result.ts';
import { pageOf, type ModelContext } from './model.ts';

/** Where the page stands that `npm run build` makes, from the built package and from here. */
const places = ['./reports/html/page.html', '../../dist/reports/html/page.html'];

/** In the page, the place of its data. */
export const PLACE = '<!-- results -->';

/** One file for a browser. The data in it is deflated JSON in base64: it can close no element, and is a fifth as large. */
export function html(reports: readonly Report[], context: ModelContext): string {
  const data = deflateSync(JSON.stringify(pageOf(reports, context))).toString('base64');
  return template().replace(PLACE, () => `<script type="application/octet-stream" id="results">${data}</script>`);
}

function template(): string {
  const file = places.map((place) => new URL(place, import.meta.url)).find((place) => existsSync(place));
  if (file === undefined) throw new Error('the page of the HTML report is not built; make it with: npm run build');
  return readFileSync(file, 'utf8');
}

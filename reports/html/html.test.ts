import { expect, test } from 'vitest';
import { findEvidence } from '../sample.test-data.ts';
import { html } from './html.ts';
import { pageOf } from './model.ts';
import { dataOf, hostile, many, traced } from './sample.test-data.ts';

const context = { evidence: findEvidence };

test('the page holds what is shown of the reports, and nothing of it beside', () => {
  expect(dataOf(html([traced, hostile], context))).toEqual(pageOf([traced, hostile], context));
});

test('nothing of the data can close an element: two pages differ in base64 alone', () => {
  const [one, other] = [traced, hostile].map((report) =>
    html([report], context).split(/id="results">[\w+/=]*<\/script>/),
  );
  expect(one).toHaveLength(2);
  expect(other).toEqual(one);
});

test('nothing may be loaded, sent or run but the one script and the one style', () => {
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html([], context)) ?? [];
  expect(policy?.replace(/sha256-[\w+/=]{44}/g, 'sha256-')).toBe(
    "default-src 'none'; script-src 'sha256-'; style-src 'sha256-'; base-uri 'none'; form-action 'none'",
  );
});

test('250 cases and 4 targets take less than 1.5 MB', () => {
  const size = html(many(4, 250), context).length;
  expect(size).toBeGreaterThan(300_000);
  expect(size).toBeLessThan(1_500_000);
});

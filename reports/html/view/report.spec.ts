import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import type { Report } from '../../../engine/result.ts';
import { findEvidence } from '../../sample.test-data.ts';
import { html } from '../html.ts';
import { hostile, later, many, traced } from '../sample.test-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-test-'));
base.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Fails what a page complains of. */
const test = base.extend<{ page: Page }>({
  page: async ({ page }, use) => {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('request', (request) => request.url().startsWith('file:') || said.push(`it asked for ${request.url()}`));
    await use(page);
    expect(said).toEqual([]);
  },
});

const CASE = 'UpdateUserAttributes/altered-refused';

async function open(page: Page, reports: readonly Report[] = [traced], hash = ''): Promise<void> {
  const contract = new Map([['GetUser/message', ['GetUser', 'codes']]]);
  const file = join(mkdtempSync(join(folder, 'page-')), 'results.html');
  writeFileSync(file, html(reports, { evidence: findEvidence, contract }));
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  await expect(page.getByRole('table')).toBeVisible();
}

const row = (page: Page, id: string): Locator => page.locator(`tr[id="${id}"]`).getByRole('button');
const count = (page: Page): Locator => page.getByRole('search').getByRole('status');
const details = (page: Page, id = CASE): Locator => page.getByRole('region', { name: id });

test('the first screen says how far it conforms, how much that covers, and links the causes', async ({ page }) => {
  await open(page);
  const summary = page.getByRole('region', { name: 'Summary' });
  await expect(summary).toContainText('It passes 2 of 11 judged cases (18 %)');
  await expect(summary).toContainText("That covers 79 % of the contract's 14 cases.");
  await expect(summary.locator('.causes').first().getByRole('button')).toHaveCount(3);
  await summary.getByRole('button', { name: '200 instead of NotAuthorizedException' }).click();
  await expect(count(page)).toHaveText('5 of 14 cases');
  await page.getByRole('button', { name: 'take this filter away' }).click();
  await expect(count(page)).toHaveText('14 cases');
});

test('filters by verdict, level, operation and text are taken together', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'fail 6' }).click();
  await expect(count(page)).toHaveText('6 of 14 cases');
  await page.getByRole('searchbox').fill('alg-none');
  await expect(count(page)).toHaveText('1 of 14 cases');
  await page.getByRole('button', { name: 'may', exact: true }).click();
  await expect(count(page)).toHaveText('0 of 14 cases');
  await expect(page.getByText('No case is like that.')).toBeVisible();
  await page.getByRole('button', { name: 'show all' }).click();
  await page.getByRole('combobox').selectOption('codes');
  await expect(page.getByRole('rowheader')).toHaveText([/GetUser/, /the message of a refusal is exact/]);
});

test('a case opens to its rule, its evidence, both sides, every exchange and the way by hand', async ({ page }) => {
  await open(page);
  await row(page, CASE).click();
  expect(new URL(page.url()).hash).toBe(`#${CASE}`);
  const about = details(page);
  await expect(about).toContainText('must: a correct client can notice');
  await expect(about.getByRole('link', { name: 'github.com/example/app/issues/1' })).toHaveAttribute(
    'href',
    'https://github.com/example/app/issues/1',
  );
  await expect(about).toContainText('observed by somebody else on UpdateUserAttributes, 2023-01');
  await expect(about.getByLabel('expected')).toHaveText(['NotAuthorizedException', 'Invalid Access Token']);
  await expect(about.getByLabel('came')).toHaveText(['200', 'Invalid token']);
  await expect(about.locator('del')).toHaveText(['NotAuthorizedException', 'Access Token']);
  await expect(about.getByText('differs here')).toHaveCount(1);
  await expect(about.getByLabel('request 2')).toContainText('"AccessToken": "<AccessToken of user>"');
  await expect(about.getByLabel('request 1')).toBeHidden();
  await expect(about.getByLabel('how to see it by hand')).toHaveText(`npx cognito-conformance explain ${CASE}`);
});

test('a link leads to its case, and back and forth lead where they led', async ({ page }) => {
  await open(page, [traced], `#${CASE}`);
  await expect(row(page, CASE)).toBeFocused();
  await expect(details(page)).toBeVisible();
  await row(page, 'GetUser/message').click();
  await expect(details(page)).toBeHidden();
  await page.goBack();
  await expect(details(page)).toBeVisible();
  await page.evaluate(() => (location.hash = '#GetUser/message'));
  await expect(details(page, 'GetUser/message')).toBeVisible();
});

test('a link shows its case below what sticks to the top', async ({ page }) => {
  const reports = many(1, 250);
  const id = reports[0]?.results[200]?.id ?? '';
  await open(page, reports, `#${id}`);
  await expect(row(page, id)).toBeFocused();
  const shown = await row(page, id).evaluate((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  expect(shown).toBe(true);
});

test('all of it is reached by keyboard', async ({ page }) => {
  await open(page);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('altered/');
  await expect(page.getByRole('searchbox')).toHaveValue('altered/');
  await page.keyboard.press('Escape');
  await expect(count(page)).toHaveText('14 cases');
  await row(page, CASE).focus();
  await expect(row(page, CASE)).toHaveCSS('outline-style', 'solid');
  await page.keyboard.press('Enter');
  await expect(row(page, CASE)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Tab');
  await expect(details(page).getByRole('link', { name: CASE })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(details(page)).toBeHidden();
  await expect(row(page, CASE)).toBeFocused();
  const area = page.getByRole('rowheader', { name: 'UpdateUserAttributes' }).getByRole('button');
  await area.press('Enter');
  await expect(area).toHaveAttribute('aria-expanded', 'false');
  await expect(row(page, CASE)).toHaveCount(0);
});

test('joined files are columns, the same target on two dates too, and a case is looked at in each', async ({
  page,
}) => {
  await open(page, [traced, later]);
  await expect(page.getByRole('columnheader')).toHaveText([/area/, /moto 5.2.1 2026-08-01/, /moto 5.2.1 2026-08-02/]);
  const cells = page.locator('tr[id="UpdateUserAttributes/expired-refused"]').getByRole('cell');
  await expect(cells).toHaveText(['✕fail', '✓pass']);
  await cells.nth(1).click();
  const about = details(page, 'UpdateUserAttributes/expired-refused');
  await expect(about.getByLabel('came')).toHaveCount(0);
  await about.getByRole('button', { name: '2026-08-01' }).click();
  await expect(about.getByLabel('came')).toHaveCount(2);
});

test('what a hostile target says stays text', async ({ page }) => {
  await open(page, [hostile], '#GetUser/hostile');
  const about = details(page, 'GetUser/hostile');
  await expect(about.getByLabel('came')).toContainText('</script><img src=x onerror=');
  await expect(about.getByLabel('response 1')).toContainText('\\u001b[2J');
  await expect(about).toContainText('(javascript:alert(1))');
  await expect(about.getByLabel('how to see it by hand')).toContainText("curl '</script>");
  expect(await page.evaluate(() => document.body.innerText)).not.toMatch(/[\u001b\u202e]/);
  expect(await page.locator('img, body style, a[href^="javascript"]').count()).toBe(0);
  expect(await page.title()).not.toBe('owned');
});

base('nothing runs that the page does not bring along', async ({ page }) => {
  await open(page);
  const refused = page.waitForEvent('console');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "owned"';
    document.body.append(script);
  });
  expect((await refused).text()).toContain('Content Security Policy');
  expect(await page.title()).toBe('moto 5.2.1: conformance to Amazon Cognito user pools');
});

const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'on a phone', colorScheme: 'light', viewport: { width: 375, height: 812 } },
] as const;

for (const { name, colorScheme, viewport } of looks) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test(`${name}, nothing stands in the way of people with disabilities, and nothing scrolls aside`, async ({
      page,
    }) => {
      await open(page, [traced, later, ...many(2, 8)]);
      // What is shown first is there still when a failure is open; the areas are not.
      if (name === 'light') expect(await grave(page)).toEqual([]);
      await page.getByRole('group', { name: 'Verdict' }).getByRole('button', { name: 'fail' }).click();
      await row(page, CASE).click();
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await grave(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(paper).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 27)' : 'rgb(255, 255, 255)');
    });
  });
}

/** What axe finds serious or critical. */
async function grave(page: Page): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  expect(passes.length).toBeGreaterThan(20);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

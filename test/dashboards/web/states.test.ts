import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildPages, noChromium, openBrowser, settled } from './browser.ts';
import { startSeededSite, type SeededSite } from './seed/app.ts';

describe('pages before there is anything to show', { skip: noChromium, timeout: 120_000 }, () => {
  let site: SeededSite;
  let browser: Browser;
  let page: Page;
  let removePages: () => Promise<void>;

  before(async () => {
    const built = await buildPages();
    removePages = built.remove;
    site = await startSeededSite(built.folder, true);
    browser = await openBrowser();
    page = await browser.newPage({ baseURL: site.address });
  });

  after(async () => {
    await browser?.close();
    await site?.close();
    await removePages?.();
  });

  test('an empty store says what to do next', async () => {
    for (const [address, words] of [
      ['/', 'No conversations yet'],
      ['/conversations', 'No conversations match'],
      ['/customers', 'No customers yet'],
      ['/reasons', 'No reasons in this period'],
      ['/reasons/topics', 'No topics yet'],
      ['/reasons/own-intents', 'No intents of your own yet'],
      ['/reasons/re-explaining', 'Nobody had to say it again in this view'],
      ['/sources', 'Nothing has come in yet'],
    ] as const) {
      await page.goto(address);
      await page.getByText(words).first().waitFor();
    }
  });

  test('a conversation that is not there says so in the server’s words', async () => {
    await page.goto('/conversations/00000000-0000-5000-8000-000000000000');
    assert.match(await page.getByRole('alert').innerText(), /invalid conversation/);
  });

  test('while enrichment goes on, the page says how far it is', async () => {
    await page.route('**/v1/live', (route) => route.abort());
    await page.route('**/v1/status', async (route) => {
      const answer = await route.fetch();
      const status = await answer.json();
      await route.fulfill({ json: { ...status, isBusy: true, enrichment: { done: 430, total: 1000 } } });
    });
    await page.goto('/definitions');
    await settled(page);
    await page.getByText('Enrichment 43 % done. Sentiment, reasons').waitFor();
    await page.unrouteAll();
  });

  test('a server that wants a key is answered with a place to enter it', async () => {
    await page.route('**/v1/status', (route) =>
      route.fulfill({ status: 401, json: { error: { code: 'unauthenticated', message: 'expected an API key' } } }),
    );
    await page.goto('/');
    await page.getByLabel('API key').fill('ct_wrong');
    await page.getByRole('button', { name: 'Open the dashboard' }).click();
    await page.getByRole('alert').filter({ hasText: 'invalid API key' }).waitFor();
    await page.unrouteAll();
  });
});

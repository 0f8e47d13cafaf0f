import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildPages, collectComplaints, noChromium, openBrowser, settled } from './browser.ts';
import { startSeededSite, type SeededSite } from './seed/app.ts';

describe('topics, own intents and re-explaining in a real browser', { skip: noChromium, timeout: 300_000 }, () => {
  let site: SeededSite;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let removePages: () => Promise<void>;

  before(async () => {
    const built = await buildPages();
    removePages = built.remove;
    site = await startSeededSite(built.folder);
    browser = await openBrowser();
    page = await browser.newPage({ baseURL: site.address, viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    complaints = collectComplaints(page);
  });

  after(async () => {
    await browser?.close();
    await site?.close();
    await removePages?.();
  });

  const open = async (address: string): Promise<void> => {
    complaints.length = 0;
    await page.goto(address);
    await settled(page);
  };
  const figure = (title: string) => page.getByRole('link', { name: new RegExp(`^${title}: `) });

  test('a filter of own intents has their values, and its numbers lead to their conversations', async () => {
    await open('/');
    await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Own intent' }).click();
    await page.getByRole('checkbox', { name: /^Shoes sent back/ }).check();
    await page.waitForURL('**/?own_intent=Shoes+sent+back');
    await settled(page);
    assert.deepEqual(complaints, []);
    const count = Number(await figure('Contacts').innerText());
    assert.ok(count > 0);
    await figure('Contacts').click();
    await page.waitForURL('**/conversations?metric=volume&own_intent=Shoes+sent+back');
    await settled(page);
    assert.ok((await page.locator('.table-foot').innerText()).includes(`of ${count} conversations`));
  });

  test('topics stand by size with what is new, and lead to their conversations and sentences', async () => {
    await open('/reasons');
    await page.getByRole('navigation', { name: 'Parts of Reasons' }).getByRole('link', { name: 'Topics' }).click();
    await page.waitForURL('**/reasons/topics');
    await settled(page);
    const fresh = page.getByRole('row').filter({ hasText: 'Lamp broken, glass in the box' });
    assert.equal(await fresh.locator('.tag').innerText(), 'New');
    assert.equal(await fresh.locator('.chart [data-mark="bar"] rect').count(), 8);
    const link = fresh.getByRole('link', { name: /^\d+ conversations? about lamp broken/ });
    const count = parseInt(await link.innerText(), 10);
    await link.click();
    await page.waitForURL('**/conversations?topic=*');
    await settled(page);
    await page.getByText('Only conversations in which a customer spoke of lamp broken, glass in the box').waitFor();
    assert.ok((await page.locator('.table-foot').innerText()).includes(`of ${count} conversations`));
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.waitForURL((url) => url.search === '');
    await open('/reasons/topics?channel=email');
    await page.getByRole('link', { name: /^“I sent the shoes back/ }).click();
    await page.waitForURL('**/conversations/*#turn-*');
    await settled(page);
    assert.ok(await page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`).isVisible());
  });

  test('what had to be said again stands beside what was said, with the rate, its definition and its paths', async () => {
    await open('/reasons/re-explaining');
    const rate = await figure('Re-explaining rate').innerText();
    assert.match(rate, /^[1-9]\d?/);
    await page.getByText('had to say again what was said before').first().waitFor();
    const totals = await page.locator('.case').count();
    assert.ok(totals > 3);
    const row = page.getByRole('table', { name: 'Re-explaining by path between channels' }).getByRole('row').nth(1);
    const said = await row.getByRole('link').innerText();
    await row.getByRole('link').click();
    await page.waitForURL('**/reasons/re-explaining?said=*&again=*');
    await settled(page);
    assert.equal(await page.locator('.case').count(), Number(said));
    await page.locator('.path-note').getByRole('link', { name: 'Show all' }).click();
    await settled(page);
    assert.equal(await page.locator('.case').count(), totals);
    const sides = page.locator('.case').first().locator('blockquote a');
    const addresses = await sides.evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
    assert.equal(new Set(addresses.map((address) => address.split('#')[0])).size, 2);
    for (const address of addresses) {
      await open(address);
      assert.ok(await page.locator(`[id="${address.split('#')[1]}"]`).isVisible());
      await page.getByRole('heading', { name: /^Said again/ }).waitFor();
    }
  });

  test('own intents tell how well they are recognised, what to add, and where they were confused', async () => {
    await open('/reasons/own-intents');
    await page.getByText('Read in the whole history').waitFor();
    const table = page.getByRole('table', { name: 'Own intents', exact: true });
    const row = table.getByRole('row').filter({ hasText: 'Lost in the depot' });
    assert.match(await row.innerText(), /Add 1 more/);
    assert.match(await page.locator('.confusing').innerText(), /depot got my shoes.*looks like Lost in the depot/);
    await row.getByRole('link', { name: 'Lost in the depot' }).click();
    await page.waitForURL('**/conversations?own_intent=Lost+in+the+depot');
  });

  test('an intent is taught by pasting lines; the examples of the others stay', async () => {
    const taught: { examples: { intent: string; text: string }[] }[] = [];
    await page.route('**/v1/intents', async (route) => {
      if (route.request().method() === 'GET') return route.continue();
      taught.push(route.request().postDataJSON());
      const now = await (await fetch(`${site.address}/v1/intents`)).json();
      return route.fulfill({ status: 201, json: { ...now, version: 3, utterances: 12 } });
    });
    await open('/reasons/own-intents');
    const learn = page.getByRole('button', { name: 'Learn and read the history' });
    assert.ok(await learn.isDisabled());
    await page.getByLabel('Intent', { exact: true }).fill('Gift wrap torn');
    await page.getByLabel('Examples, one a line').fill('- the wrapping was torn\n');
    await page.getByText('“Gift wrap torn” needs at least 2 examples').waitFor();
    await page.getByLabel('Examples, one a line').fill('- the wrapping was torn\n- the bow came off\n\n');
    await page.getByText('2 of 5 examples').waitFor();
    await learn.click();
    await page.getByText('Version 3 is in force: seen in 12 sentences').waitFor();
    assert.equal(taught[0]!.examples.length, 11);
    assert.deepEqual(taught[0]!.examples.slice(-2), [
      { intent: 'Gift wrap torn', text: 'the wrapping was torn' },
      { intent: 'Gift wrap torn', text: 'the bow came off' },
    ]);
    await page.getByRole('button', { name: 'Examples of Lost in the depot' }).click();
    const lines = page.getByLabel('Examples, one a line');
    assert.equal((await lines.inputValue()).split('\n').length, 4);
    await page.getByRole('button', { name: 'Leave as it is' }).click();
    assert.equal(await lines.inputValue(), '');
    await page.getByRole('button', { name: 'Examples of Lost in the depot' }).click();
    await lines.fill('stuck at the depot\nlost at the depot');
    await learn.click();
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#teach textarea')?.value === '');
    assert.equal(taught[1]!.examples.filter(({ intent }) => intent === 'Lost in the depot').length, 2);
    await page.getByRole('button', { name: 'Move to Lost in the depot' }).click();
    await page.waitForFunction(() => document.querySelector('#teach-state')?.textContent?.startsWith('Version 3'));
    assert.deepEqual(taught[2]!.examples.at(-1), { intent: 'Lost in the depot', text: 'depot got my shoes' });
    await page.unrouteAll();
  });

  test('what the server says against an intent stands beside the form, and what was written stays', async () => {
    await page.route('**/v1/intents', (route) =>
      route.request().method() === 'GET'
        ? route.continue()
        : route.fulfill({
            status: 403,
            json: { error: { code: 'forbidden', message: 'invalid role: router; expected analyst' } },
          }),
    );
    await open('/reasons/own-intents');
    await page.getByLabel('Intent', { exact: true }).fill('Gift wrap torn');
    await page.getByLabel('Examples, one a line').fill('the wrapping was torn\nthe bow came off');
    await page.getByRole('button', { name: 'Learn and read the history' }).click();
    await page.getByRole('alert').filter({ hasText: 'expected analyst' }).waitFor();
    assert.equal(await page.getByLabel('Intent', { exact: true }).inputValue(), 'Gift wrap torn');
    await page.unrouteAll();
  });
});

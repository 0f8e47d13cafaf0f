import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildPages, collectComplaints, noChromium, openBrowser, settled } from './browser.ts';
import { seededAccount } from './seed/account-rows.ts';
import { startSeededSite, type SeededSite } from './seed/app.ts';

const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

describe('the pages in a real browser', { skip: noChromium, timeout: 600_000 }, () => {
  let site: SeededSite;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let removePages: () => Promise<void>;

  before(async () => {
    const built = await buildPages();
    removePages = built.remove;
    site = await startSeededSite(built.folder);
    browser = await openBrowser();
    context = await browser.newContext({ baseURL: site.address, viewport: wide });
    page = await context.newPage();
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
  const valueOf = async (title: string): Promise<number> =>
    Number((await figure(title).innerText()).replaceAll(/[^\d]/g, ''));

  /** A conversation in the middle of a matter that went over several channels. */
  const example = () => site.contacts.findLast((one) => one.position > 0 && one.isSupported && one.lines.length > 4)!;
  const everyPage = (): [string, string][] => [
    ['/', 'Overview'],
    ['/conversations', 'Conversations'],
    [`/conversations/${example().id}`, '/'],
    ['/customers', 'Customers'],
    [`/customers/${example().person.id}`, example().person.name],
    ['/accounts', 'Accounts'],
    [`/accounts/${seededAccount}`, 'Northwind Pumps'],
    [`/customers?account=${seededAccount}`, 'Customers'],
    ['/reasons', 'Reasons'],
    ['/reasons/topics', 'Topics'],
    ['/reasons/own-intents', 'Own intents'],
    ['/reasons/re-explaining', 'Re-explaining'],
    [
      `/conversations/${site.contacts.find(({ script, lines }) => script.intent === 'refund.status' && lines[0])!.id}`,
      '/',
    ],
    ['/sql', 'SQL'],
    ['/sources', 'Sources'],
    ['/definitions', 'Definitions'],
    ['/?switch.service_level.threshold_seconds=5', 'Overview'],
    ['/nowhere', 'Not found'],
  ];

  test('every page loads, says where it is, and complains about nothing', async () => {
    for (const [address, title] of everyPage()) {
      await open(address);
      const heading = await page.getByRole('heading', { level: 1 }).innerText();
      assert.ok(heading.includes(title), `${address}: ${heading}`);
      assert.deepEqual(complaints, [], address);
    }
  });

  test('no page is wider than a phone', async () => {
    await page.setViewportSize(phone);
    for (const [address] of everyPage()) {
      await open(address);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(excess <= 0, `${address} is ${excess} pixels too wide`);
    }
    await page.setViewportSize(wide);
  });

  test('a filter changes the numbers, stands in the address, and is undone by going back', async () => {
    await open('/');
    const everything = await valueOf('Contacts');
    await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Channel' }).click();
    await page.getByRole('checkbox', { name: /^Phone/ }).check();
    await page.waitForURL('**/?channel=voice');
    await settled(page);
    const phoneOnly = await valueOf('Contacts');
    assert.ok(phoneOnly > 0 && phoneOnly < everything, `${phoneOnly} of ${everything}`);
    await page.goBack();
    await page.getByRole('link', { name: `Contacts: ${everything}. ` }).waitFor();
  });

  test('a number leads to the conversations it counts, as many as it says', async () => {
    await open('/?channel=email');
    const count = await valueOf('Contacts');
    await figure('Contacts').click();
    await page.waitForURL('**/conversations?metric=volume&channel=email');
    await settled(page);
    const foot = await page.locator('.table-foot').innerText();
    assert.ok(foot.includes(`of ${count} conversations`), foot);
    await page.locator('.summary-line').first().click();
    await page.waitForURL('**/conversations/*');
    await page.getByRole('log', { name: 'Transcript' }).waitFor();
  });

  test('a number says what it means, with the switches in force', async () => {
    await open('/');
    await page.getByRole('button', { name: 'Service level' }).focus();
    const card = page.getByRole('group', { name: 'Definition of Service level' });
    assert.match(await card.innerText(), /answered in time/);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
  });

  test('a switch of a definition changes the number and the address, marks the number, and is put back', async () => {
    await open('/');
    const standard = await figure('Service level').innerText();
    await page.getByRole('button', { name: 'Service level' }).click();
    const card = page.getByRole('group', { name: 'Definition of Service level' });
    const target = card.getByRole('spinbutton', { name: 'Target (seconds)' });
    await target.fill('0');
    await target.press('Enter');
    assert.equal(await target.getAttribute('aria-invalid'), 'true');
    assert.ok(!page.url().includes('switch'));
    await target.fill('1');
    await target.press('Enter');
    await page.waitForURL('**/?switch.service_level.threshold_seconds=1');
    await settled(page);
    assert.notEqual(await figure('Service level').innerText(), standard);
    assert.equal(await page.locator('.kpi-switched').innerText(), 'Target (seconds): 1');
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Standard definition of Service level' }).click();
    await page.waitForURL((url) => url.search === '');
    await settled(page);
    assert.equal(await figure('Service level').innerText(), standard);
    assert.ok(await figure('Service level').evaluate((element) => element === document.activeElement));
  });

  test('a definition is chosen with the keyboard alone, and the choice goes where the reader goes', async () => {
    await open('/definitions#first_response_time');
    const entry = page.locator('#first_response_time');
    await entry.getByRole('radio', { name: 'all hours, answers of people' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForURL('**/definitions?switch.first_response_time.span=business');
    await page.getByRole('link', { name: 'Overview' }).click();
    await settled(page);
    assert.match(await page.locator('.kpi-switched').innerText(), /^business hours/);
    await page.getByRole('button', { name: 'Reset 1 definition' }).click();
    await page.waitForURL((url) => url.search === '');
  });

  test('a number with a changed definition leads to exactly the conversations it then counts', async () => {
    const { store } = site;
    await store.run("update mart.interaction_fact set is_customer_contact = false where channel = 'chat'");
    await open('/');
    const standard = await valueOf('Contacts');
    await open('/?switch.volume.counted=everything');
    const everything = await valueOf('Contacts');
    assert.ok(everything > standard, `${everything} of which ${standard}`);
    await figure('Contacts').click();
    await page.waitForURL('**/conversations?metric=volume&switch.volume.counted=everything');
    await settled(page);
    const foot = await page.locator('.table-foot').innerText();
    assert.ok(foot.includes(`of ${everything.toLocaleString('en-GB')} conversations`), foot);
    await store.run("update mart.interaction_fact set is_customer_contact = true where channel = 'chat'");
  });

  test('switches that cannot be are left out, and the page shows the standard definition', async () => {
    await open('/?switch.volume.counted=nonsense&switch.nothing.at=all&switch.service_level.threshold_seconds=-3');
    assert.equal(await page.locator('.kpi-switched').count(), 0);
    assert.deepEqual(complaints, []);
  });

  test('the comparison is one press away', async () => {
    await open('/');
    assert.ok((await page.locator('.kpi .change').count()) >= 10);
    await page.getByRole('button', { name: 'Compare with before' }).click();
    await page.waitForURL('**/?compare=off');
    await settled(page);
    assert.equal(await page.locator('.kpi .change').count(), 0);
  });

  test('words find conversations, and the summary leads to the sentence it rests on', async () => {
    await open('/conversations?text=lamp');
    const foot = await page.locator('.table-foot').innerText();
    await page.locator('.summary-line').first().click();
    await page.getByRole('log', { name: 'Transcript' }).waitFor();
    assert.ok(!foot.includes('of 0'));
    assert.ok((await page.locator('.bubble mark').count()) >= 2);
    await page.locator('.summary-parts a').first().click();
    assert.equal(await page.locator('.turn:target mark').count(), 1);
  });

  test('customers stand by risk, with their reasons in words, and lead to their page', async () => {
    await open('/customers');
    const risks = (await page.locator('.customers .risk').allInnerTexts()).map((text) => parseInt(text, 10));
    assert.ok(risks.length > 10 && risks[0]! > risks.at(-1)!);
    assert.deepEqual(
      risks,
      risks.toSorted((a, b) => b - a),
    );
    const first = page.locator('.customers tbody tr').first();
    assert.match(await first.innerText(), /Refund not settled after three contacts, sentiment fell/);
    const name = await first.getByRole('link').innerText();
    await first.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    assert.equal(
      await page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current]').innerText(),
      'Customers',
    );
  });

  test('customers are filtered by band, searched and put in another order, and the address says so', async () => {
    await open('/customers');
    await page.getByRole('button', { name: 'Medium' }).click();
    await page.waitForURL('**/customers?band=medium');
    await settled(page);
    const tags = new Set(await page.locator('.customers .risk .tag').allInnerTexts());
    assert.deepEqual([...tags], ['Medium']);
    await page.getByRole('button', { name: 'Medium' }).click();
    await page.getByRole('combobox', { name: 'Order' }).selectOption('Most contacts first');
    await page.waitForURL('**/customers?sort=contacts');
    await settled(page);
    const counts = (await page.locator('.customers .summary-cell').allInnerTexts()).map((text) =>
      Number(/(\d+) conversation/.exec(text)![1]),
    );
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => b - a),
    );
    await page.getByRole('searchbox').fill(example().person.email);
    await page.waitForURL('**/customers?text=*');
    await settled(page);
    assert.equal(await page.locator('.customers .summary-line').innerText(), example().person.name);
    await page.getByRole('searchbox').fill('nobody by that name');
    await page.getByText('No customers match').waitFor();
  });

  test('customers that cannot be loaded say why, and can be asked for again', async () => {
    await page.route('**/v1/customers?*', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'busy', message: 'the store is being copied' } } }),
    );
    await page.goto('/customers');
    assert.match(await page.getByRole('alert').innerText(), /the store is being copied/);
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.customers').waitFor();
  });

  test('as many matters are marked as not settled as the customer is said to have', async () => {
    const [person] = await site.store.all<{ id: string; open: number }>(
      'select customer_id as id, open_episode_count as open from mart.customer where episode_count < 8 order by 2 desc, 1 limit 1',
    );
    await open(`/customers/${person!.id}`);
    assert.equal(await page.locator('article .tag', { hasText: 'Not settled' }).count(), person!.open);
    assert.ok((await page.locator('.history').innerText()).includes(`${person!.open} not settled`));
  });

  test('a customer’s page tells the history at its top, and each sentence leads to where it was said', async () => {
    await open(`/customers/${example().person.id}`);
    const sentence = page.locator('.history-summary a').first();
    const words = await sentence.innerText();
    await sentence.click();
    await page.waitForURL('**/conversations/*#turn-*');
    assert.ok((await page.locator('.turn[data-linked]').innerText()).includes(words));
  });

  test('a customer’s page shows the handles and asks why before it splits them', async () => {
    await open(`/customers/${example().person.id}`);
    await page.getByRole('button', { name: 'This is someone else' }).first().click();
    const split = page.getByRole('button', { name: 'Split' });
    assert.ok(await split.isDisabled());
    await page.getByLabel(/^Why is/).fill('two people share a phone');
    assert.ok(await split.isEnabled());
  });

  test('Ctrl K finds a customer by name, with the keyboard alone', async () => {
    await open('/');
    const { name } = example().person;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').pressSequentially(name);
    await page
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/customers/*');
  });

  test('a statement runs on Ctrl Enter and its result can be drawn', async () => {
    await open('/sql');
    const editor = page.getByRole('textbox', { name: /^SQL statement/ });
    await editor.fill('select channel, count(*) as contacts from mart.interaction_fact group by channel');
    await editor.press('Control+Enter');
    await page.getByRole('table').waitFor();
    await page.getByRole('button', { name: 'Plot' }).click();
    await page.locator('.chart').waitFor();
    assert.equal(await page.locator('.chart [data-mark="bar"] rect').count(), 6);
    await editor.fill('select nonsense');
    await editor.press('Control+Enter');
    assert.match(await page.getByRole('alert').innerText(), /nonsense/);
  });

  test('the statement behind a number runs as it is', async () => {
    await open('/');
    await page.getByRole('link', { name: 'Open SQL' }).first().click();
    await page.waitForURL('**/sql?sql=*');
    await page.getByRole('table').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`no page breaks a rule of WCAG 2.2 AA, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const [address] of everyPage()) {
        await open(address);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 140)).join(' | ')}`,
        );
        assert.deepEqual(found, [], address);
      }
      await open('/');
      await page.getByRole('button', { name: 'Service level' }).focus();
      const { violations } = await new AxeBuilder({ page }).include('.definition-card').analyze();
      assert.deepEqual(
        violations.map(({ id }) => id),
        [],
      );
    });

  test('the chosen colours stay after a reload', async () => {
    await open('/');
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.reload();
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  });
});

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { connectors } from '../../../ingest/sources.ts';
import { answerFor, isAbout, MINUTE, planOf, rowsOf, type PullCase, type Row } from './pull-case.ts';
import { helpdeskCases } from './pull-cases-helpdesk.ts';
import { otherCases } from './pull-cases.ts';
import { openVendor, type Answering, type Vendor } from '../vendor.ts';

const cases: readonly PullCase[] = [...helpdeskCases, ...otherCases];

test('every plan stands in this suite', () => {
  const planned = connectors.flatMap(({ name, pull }) => (pull && pull.kind !== 'mailbox' ? [name] : []));
  assert.deepEqual([...new Set(cases.map(({ source }) => source))].sort(), planned.sort());
});

const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });

function secretFor(given: PullCase): string {
  const { auth } = planOf(given.source);
  if (given.secret) return given.secret;
  if (auth.kind === 'oauth') return 'client-id:client-secret:refresh-token';
  return auth.kind === 'signed' ? `KEY1:issuer:${pem}` : 'agent@example.com:s3cr3t-value';
}

async function open(t: TestContext, given: PullCase, rows: readonly Row[]): Promise<Vendor> {
  const vendor: Vendor = await openVendor(t, given.source, {
    answer: answerFor(given, rows, () => vendor.origin),
    secret: secretFor(given),
    hasTokens: planOf(given.source).auth.kind === 'oauth',
    ...(given.path && { path: given.path }),
    ...(given.settings && { settings: given.settings }),
  });
  return vendor;
}

async function foundIn(vendor: Vendor, given: PullCase): Promise<string[]> {
  await vendor.land();
  const sql = given.found?.sql ?? "select text as name from core.utterance where text like 'words%'";
  const found = await vendor.store.all<{ name: string }>(sql);
  return found.map(({ name }) => name).sort();
}

const namesOf = (given: PullCase, rows: readonly Row[]): string[] =>
  rows.map((row) => given.found?.nameOf(row) ?? row.words).sort();

/** Fails the second page once, then asks for a pause, before it answers. */
function failing(given: PullCase, answer: Answering): Answering {
  const stream = planOf(given.source).streams.find(({ name }) => name === given.stream)!;
  let pages = 0;
  return (url, request, body) => {
    const isPage = isAbout(stream, url, given) && (given.is?.({ url, body, origin: '' }) ?? true);
    if (isPage) pages++;
    if (isPage && pages === 2) return { status: 500 };
    return isPage && pages === 3 ? { status: 429, headers: { 'retry-after': '7' } } : answer(url, request, body);
  };
}

for (const given of cases) {
  const { source, size = 2 } = given;

  test(`${source}: every row of every page comes once, through failures, pauses and repeated rows`, async (t) => {
    const rows = rowsOf(size + 2);
    const vendor = await open(t, given, rows);
    vendor.answer = failing(given, vendor.answer);
    await vendor.pull();
    assert.deepEqual(await foundIn(vendor, given), namesOf(given, rows));
    assert.ok(vendor.waits.includes(7_000), 'the pause that was asked for');
    assert.ok(!/s3cr3t|client-secret|token-of-an-hour/.test(vendor.lines.join()), 'no secret in a line');
    const rejects = await vendor.store.all('select reason from ops.reject');
    assert.deepEqual(rejects, []);
  });

  test(`${source}: a row that comes late or changes behind the cursor is seen, and nothing else is new`, async (t) => {
    const rows = rowsOf(size + 2);
    const vendor = await open(t, given, rows);
    await vendor.pull();
    assert.deepEqual(await foundIn(vendor, given), namesOf(given, rows));
    const newest = rows.at(-1)!;
    const late = newest.at - 0.75 * MINUTE;
    const changed = rows.at(-2)!;
    const count = rows.length;
    if (!given.neverSteppedBack)
      rows.push({
        ...newest,
        id: count + 1,
        createdAt: late,
        at: late,
        change: count + 1,
        words: 'words that came late',
      });
    if (!given.neverSteppedBack && !given.neverChanges)
      Object.assign(changed, { at: newest.at - MINUTE / 2, change: count + 2, words: 'words that were changed' });
    await vendor.pull();
    assert.deepEqual(await foundIn(vendor, given), namesOf(given, rows));
    assert.equal((await vendor.pull()).stored, 0);
    if (!given.removes) return;
    Object.assign(newest, { at: newest.at + 1_000, change: count + 3, isGone: true });
    await vendor.pull();
    assert.deepEqual(
      await foundIn(vendor, given),
      namesOf(
        given,
        rows.filter(({ isGone }) => !isGone),
      ),
    );
  });

  test(`${source}: a reading that dies between pages goes on where it stopped`, async (t) => {
    const rows = rowsOf(size + 2);
    const vendor = await open(t, given, rows);
    const { answer } = vendor;
    const died = new Error('killed');
    vendor.answer = failing(given, answer);
    let isDying = true;
    const sleep = async (milliseconds: number) => {
      if (isDying && milliseconds === 750) throw died;
      await vendor.effects.sleep(milliseconds);
    };
    await assert.rejects(vendor.pull({ sleep }), died);
    assert.ok((await foundIn(vendor, given)).length < rows.length);
    isDying = false;
    vendor.answer = answer;
    await vendor.pull();
    assert.deepEqual(await foundIn(vendor, given), namesOf(given, rows));
  });
}

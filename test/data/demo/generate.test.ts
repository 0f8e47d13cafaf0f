import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { channelList } from '../../../data/demo/channel.ts';
import { demoSources } from '../../../data/demo/demo-file.ts';
import { generateDemo, writeDemo } from '../../../data/demo/generate.ts';
import { demoSettings } from '../../../data/demo/settings.ts';
import { decode } from '../../../ingest/decode.ts';
import type { Fact } from '../../../ingest/records.ts';
import { connectors } from '../../../ingest/sources.ts';

const endsAt = new Date('2026-10-26T04:00:00Z');
const startsAt = new Date('2026-08-31T04:00:00Z');
const options = { seed: 'test', endsAt, scale: 0.25 };
const files = [...generateDemo(options)];
const conversations = writeDemo(options);

const digest = (seed: string): string => {
  const hash = createHash('sha256');
  for (const { name, body } of generateDemo({ seed, endsAt, scale: 0.1 })) hash.update(name).update(body);
  return hash.digest('hex');
};

test('the same seed gives the same bytes, another seed others', () => {
  assert.equal(digest('one'), digest('one'));
  assert.notEqual(digest('one'), digest('two'));
});

test('every source has files, and no two files of a source share a name', () => {
  assert.deepEqual([...new Set(files.map(({ source }) => source))].sort(), [...demoSources].sort());
  assert.equal(new Set(files.map(({ source, name }) => `${source}/${name}`)).size, files.length);
});

/** What a connector makes of all the demo's files of its source. */
function read(source: string) {
  const connector = connectors.find(({ name }) => name === source)!;
  const settings = connector.settings.parse(demoSettings[source as keyof typeof demoSettings]);
  const facts: Fact[] = [];
  const refused: string[] = [];
  for (const file of files.filter((each) => each.source === source)) {
    const body = Buffer.from(file.body);
    const delivery = {
      id: file.name,
      source,
      via: 'file',
      format: file.format,
      receivedAt: endsAt,
      headers: {},
    } as const;
    const context = { source, delivery: { ...delivery, name: file.name }, settings };
    for (const decoded of decode({ format: file.format, body })) {
      assert.ok('document' in decoded, `${file.name}: ${'error' in decoded && decoded.error}`);
      for (const unit of connector.split(decoded.document, context)) {
        if (unit.kind === 'unknown' || unit.kind === 'ignored') refused.push(`${unit.kind} ${unit.nativeKind}`);
        else {
          const outcome = connector.map(unit, context);
          if (outcome.status === 'ok') facts.push(...outcome.facts);
          if (outcome.status === 'reject') refused.push(outcome.reason);
        }
      }
    }
  }
  return { facts, refused };
}

for (const source of demoSources)
  test(`${source}: every unit is understood, and all times lie within the demo`, () => {
    const { facts, refused } = read(source);
    assert.deepEqual(refused, []);
    const times = facts.flatMap((fact) => ('occurredAt' in fact && fact.occurredAt ? [fact.occurredAt] : []));
    assert.ok(times.length > 0);
    const day = 86_400_000;
    // What an ordinary export knows: receipts and wrap-up come a little after the last word, a profile long before.
    const late = times.filter((at) => at.getTime() > endsAt.getTime() + day);
    assert.deepEqual(late, []);
  });

test('surveys name conversations that exist, and customers that are heard of elsewhere', () => {
  const threads = new Set(
    ['contact-lens', 'zendesk', 'chatwoot', 'typeform'].flatMap((source) =>
      read(source).facts.flatMap((fact) => (fact.fact === 'thread' ? [fact.id] : [])),
    ),
  );
  const surveys = read('typeform').facts.flatMap((fact) => (fact.fact === 'survey' ? [fact] : []));
  assert.ok(surveys.length > 50);
  assert.deepEqual(
    surveys.filter(({ threadId }) => !threads.has(threadId!)),
    [],
  );
});

test('every channel has contacts in every week, and none lies outside the demo', () => {
  const weekOf = (at: Date) => Math.floor((at.getTime() - startsAt.getTime()) / (7 * 86_400_000));
  for (const channel of channelList.filter((name) => name !== 'video')) {
    const own = conversations.filter(({ contact }) => contact.channel === channel);
    assert.deepEqual(
      [...new Set(own.map(({ contact }) => weekOf(contact.at)))].sort(),
      [0, 1, 2, 3, 4, 5, 6, 7],
      channel,
    );
  }
});

test('volumes at scale 1 are those of the plan', () => {
  const count = conversations.length / options.scale;
  assert.ok(count > 3400 && count < 5000, `${count} contacts`);
  const share = (channel: string) =>
    conversations.filter(({ contact }) => contact.channel === channel).length / conversations.length;
  assert.ok(share('voice') > 0.17 && share('voice') < 0.32);
  assert.ok(share('social') > 0.02 && share('social') < 0.08);
});

test('no slot, choice or topic of a phrase reaches a reader', () => {
  const turns = conversations.flatMap((conversation) => conversation.turns);
  const raw = turns.filter(({ text }) => /[{}[\]]|=>|undefined|\bnull\b| #(part|wifi|stock)\b/.test(text));
  assert.deepEqual(raw, []);
});

test('more than four of five openings are unlike every other', () => {
  const openings = conversations.flatMap(({ turns }) => turns.find(({ role }) => role === 'customer')?.text ?? []);
  const share = new Set(openings).size / openings.length;
  assert.ok(share > 0.8, `${share.toFixed(2)} of ${openings.length} openings are distinct`);
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { normalizeConfig } from '../../../config.ts';
import { Store } from '../../../data/store.ts';
import { zendesk } from '../../../ingest/connectors/zendesk/zendesk.ts';
import { createDelivery, storeDeliveries } from '../../../ingest/deliveries.ts';
import { land as landStored } from '../../../ingest/land.ts';
import { silentLogger } from '../../../logger.ts';
import { mergeFacts } from '../../../ingest/merge.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { recordId } from '../../../ingest/record-id.ts';
import type { Fact } from '../../../ingest/records.ts';
import { assertReasons, mapDocument, mapBytes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';
import type { Format } from '../../../ingest/connector.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/zendesk', name), 'utf8'));
const map = (name: string) => mapDocument(zendesk, read(name), { name });
const thread = (id: number) => recordId('thread', 'zendesk', `ticket/${id}`);
const user = (id: number) => recordId('handle', 'contact_id', `zendesk:${id}`);

async function merged(batches: Fact[][], sql: string) {
  const store = await Store.open();
  for (const facts of batches) await store.transaction((session) => mergeFacts(session, facts));
  const rows = await store.all(sql);
  await store.close();
  return rows;
}

describe('zendesk', () => {
  it('maps a ticket: channel, status, people, rating, vendor numbers', () => {
    const { facts } = map('tickets.json');
    const [ticket] = of(facts, 'thread');
    assert.deepEqual(
      [ticket!.channel, ticket!.status, ticket!.priority, ticket!.direction, ticket!.account],
      ['email', 'solved', 'high', 'inbound', 'acme-demo'],
    );
    assert.equal(ticket!.version, 1772532060000);
    assert.ok(
      of(facts, 'participant').some(
        ({ threadId, handleId, role }) => threadId === thread(17) && handleId === user(501) && role === 'customer',
      ),
    );
    const [rating] = of(facts, 'survey');
    assert.deepEqual([rating!.score, rating!.scaleMin, rating!.scaleMax, rating!.comment], [1, 0, 1, 'Quick!']);
    const measures = of(facts, 'measure').map(({ name, value, unit }) => [name, value, unit]);
    assert.deepEqual(measures, [
      ['zendesk.reply_time.calendar', 45, 'minute'],
      ['zendesk.reply_time.business', 40, 'minute'],
      ['zendesk.reopens', 1, 'count'],
    ]);
    const solved = of(facts, 'event').find(({ kind }) => kind === 'solved');
    assert.equal(solved!.occurredAt.toISOString(), '2026-03-03T10:00:00.000Z');
    assert.equal(of(facts, 'link')[0]!.otherThreadId, thread(19));
  });

  it('knows who wrote the opening words: the requester, or the agent who entered the ticket', () => {
    const words = of(map('tickets.json').facts, 'utterance');
    assert.deepEqual(
      words.map(({ role, visibility }) => [role, visibility]),
      [
        ['customer', 'public'],
        ['agent', 'internal'],
        [undefined, undefined],
      ],
    );
  });

  it('erases the words of a deleted ticket', () => {
    const { outcomes, facts } = map('tickets.json');
    assert.equal(outcomes.at(-1)!.nativeKind, 'ticket.deleted');
    assert.equal(of(facts, 'utterance').at(-1)!.deletedAt!.toISOString(), '2026-03-04T08:00:00.000Z');
  });

  it('erases every word of a deleted ticket, whichever comes first, in the stored deliveries too', async () => {
    const page = JSON.stringify(read('tickets-17-comments.json'));
    const gone = JSON.stringify({
      type: 'zen:event-type:ticket.soft_deleted',
      time: '2026-03-09T08:00:00Z',
      detail: { id: '17', created_at: '2026-03-02T09:15:00Z', requester_id: '501', subject: 'Parcel' },
    });
    for (const order of [
      [page, gone],
      [gone, page],
    ]) {
      const store = await Store.open();
      const deliver = (text: string) =>
        createDelivery({
          source: 'zendesk',
          via: 'webhook',
          format: 'json',
          receivedAt: new Date('2026-03-09T08:00:00Z'),
          headers: {},
          name: text === page ? 'tickets/17/comments.json' : 'event.json',
          body: new TextEncoder().encode(text),
        });
      for (const text of order) {
        await storeDeliveries(store, [deliver(text)]);
        await landStored(store, normalizeConfig({}), { logger: silentLogger, now: () => new Date() });
      }
      const [said] = await store.all<{ utterances: number; words: number }>(
        'select count(*) as utterances, count(text) + count(source_text) + count(media) as words from core.utterance',
      );
      assert.ok(said!.utterances > 1);
      assert.equal(said!.words, 0);
      const [subject] = await store.all('select subject from core.thread');
      assert.deepEqual(subject, { subject: null });
      const bodies = await store.all<{ body: Uint8Array }>('select body from raw.delivery');
      assert.doesNotMatch(bodies.map(({ body }) => new TextDecoder().decode(body)).join(), /has not arrived/);
      await store.close();
    }
  });

  it('maps comments of a page that only its name leads to a ticket', () => {
    const said = of(map('tickets-17-comments.json').facts, 'utterance');
    assert.deepEqual(
      said.map(({ role, visibility, text, isAutomatic }) => [role, visibility, isAutomatic, text]),
      [
        [undefined, 'public', false, 'My parcel has not arrived.'],
        ['agent', 'public', false, 'Dear Jo, it left today.'],
        ['agent', 'internal', false, 'Carrier says Tuesday.'],
        [undefined, 'public', false, 'Thanks!'],
        ['system', 'internal', true, 'Request #15 was closed and merged into this request.'],
      ],
    );
    assert.ok(said.every(({ threadId }) => threadId === thread(17)));
    assert.equal(of(map('tickets-17-comments.json').facts, 'link')[0]!.otherThreadId, thread(15));
    const unnamed = mapDocument(zendesk, read('tickets-17-comments.json'), { name: 'export.json' });
    assert.equal(unnamed.outcomes[0]!.status, 'reject');
  });

  it('keeps the opening words once, whether the ticket, its audits or its comments tell them', async () => {
    const batches = ['tickets.json', 'tickets-17-comments.json', 'audits.json', 'comment-added.json'].map(
      (name) => map(name).facts,
    );
    const sql = `select text, role, media is not null as has_media from core.utterance where thread_id = '${thread(17)}' and text like 'My parcel%'`;
    const expected = [{ text: 'My parcel has not arrived.', role: 'customer', has_media: true }];
    assert.deepEqual(await merged(batches, sql), expected);
    assert.deepEqual(await merged(batches.toReversed(), sql), expected);
  });

  it('keeps the channel of the ticket, which its comments and changes do not know', async () => {
    const batches = ['tickets.json', 'tickets-17-comments.json', 'status-changed.json'].map((name) => map(name).facts);
    const sql = `select channel, status from core.thread where id = '${thread(17)}'`;
    for (const order of [batches, batches.toReversed()])
      assert.deepEqual(await merged(order, sql), [{ channel: 'email', status: 'solved' }]);
  });

  it('lets a redacted comment replace the words, whichever page comes first', async () => {
    const page = read('tickets-17-comments.json') as { comments: Record<string, unknown>[] };
    const redacted = { ...page, comments: page.comments.map((comment) => ({ ...comment, plain_body: '▇▇▇▇' })) };
    const batches = [page, redacted].map(
      (document) => mapDocument(zendesk, document, { name: 'tickets/17/comments' }).facts,
    );
    const webhook = map('comment-added.json').facts;
    const sql = `select count(*) as left_over from core.utterance where text <> '▇▇▇▇'`;
    for (const order of [
      [...batches, webhook],
      [webhook, ...batches.toReversed()],
    ])
      assert.deepEqual(await merged(order, sql), [{ left_over: 0 }]);
  });

  it('tells solved from reopened by audits', () => {
    const events = of(map('audits.json').facts, 'event').map(({ kind, value }) => [kind, value]);
    assert.deepEqual(events, [
      ['status_changed', 'new'],
      ['assigned', undefined],
      ['status_changed', 'solved'],
      ['solved', undefined],
      ['status_changed', 'open'],
      ['reopened', undefined],
    ]);
  });

  it('takes the author of a comment event at its word', () => {
    const { outcomes, facts } = map('comment-added.json');
    assert.deepEqual(
      outcomes.map(({ nativeKind }) => nativeKind),
      ['comment', 'ticket'],
    );
    assert.deepEqual([of(facts, 'utterance')[0]!.role, of(facts, 'utterance')[0]!.nativeId], ['agent', 'comment/3002']);
    assert.equal(of(facts, 'thread').at(-1)!.channel, 'email');
  });

  it('keeps numbers of metric events in minutes, and takes back a breach', () => {
    const measures = of(map('metric-events.json').facts, 'measure').map(({ name, value, unit }) => [name, value, unit]);
    assert.deepEqual(measures, [
      ['zendesk.reply_time.1.sla_target', 30, 'minute'],
      ['zendesk.reply_time.1.sla_breached', 1, 'count'],
      ['zendesk.reply_time.1.calendar', 45, 'minute'],
      ['zendesk.reply_time.1.business', 40, 'minute'],
      ['zendesk.reply_time.1.sla_breached', 0, 'count'],
    ]);
  });

  it('states the role of a user on the handle of the user', () => {
    const { facts } = map('users.json');
    const people = of(facts, 'handle').flatMap(({ id, role }) => (role ? [[id, role]] : []));
    assert.deepEqual(people, [
      [user(501), 'customer'],
      [user(900), 'agent'],
    ]);
    assert.equal(of(facts, 'agent')[0]!.name, 'Ada Agent');
    assert.equal(of(facts, 'profile').length, 3);
    assert.equal(of(facts, 'queue')[0]!.name, 'Delivery');
  });

  it('maps a message of a messaging conversation', () => {
    const [said] = of(map('messaging.json').facts, 'utterance');
    assert.deepEqual([said!.role, said!.text, said!.threadId], ['customer', 'Is the shop open today?', thread(21)]);
  });

  it('reads a chat out of the audits of its ticket', () => {
    const { facts, outcomes } = map('audits-of-chat.json');
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt?.toISOString()]),
      [
        ['customer', 'Is my order late?', '2026-03-04T10:00:05.123Z'],
        ['agent', 'I am looking.', '2026-03-04T10:01:00.000Z'],
      ],
    );
    const chat = recordId('thread', 'zendesk', 'chat/2603.10005.Abc');
    assert.deepEqual(
      of(facts, 'link').map(({ threadId, otherThreadId }) => [threadId, otherThreadId]),
      [[thread(31), chat]],
    );
    assert.equal(of(facts, 'survey').length, 1);
    assert.deepEqual(
      outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      [
        'change.status ok',
        'ticket_chat ok',
        'chat_event drop',
        'chat_event ok',
        'chat_event ok',
        'audit.CommentPrivacyChange reject',
        'change.satisfaction_score ok',
        'audit.OfferedToEvent ignored',
      ],
    );
  });

  it('learns from a directory who wrote, whichever comes first', async () => {
    const comment = mapDocument(zendesk, {
      ticket_id: 77,
      user_id: 900,
      body: 'It is on its way',
      id: 7700,
      public: true,
      created: '2026-03-02T09:20:00Z',
    }).facts;
    const users = map('users.json').facts;
    for (const order of [
      [comment, users],
      [users, comment],
    ]) {
      const store = await Store.open();
      for (const facts of order) {
        await store.transaction((session) => mergeFacts(session, facts));
        await stitch(store, normalizeConfig({}), { logger: silentLogger, now: () => new Date() });
      }
      const rows = await store.all(
        'select utterance.role, agent.name from core.utterance left join core.agent on agent.id = utterance.agent_id',
      );
      assert.deepEqual(rows, [{ role: 'agent', name: 'Ada Agent' }]);
      await store.close();
    }
  });

  it('ignores settings, one or a list', () => {
    const kinds = [{ ticket_field: { id: 1, title: 'Colour' } }, { macros: [{ id: 2 }] }].map(
      (document) => mapDocument(zendesk, document).outcomes[0]!,
    );
    assert.deepEqual(
      kinds.map(({ nativeKind, status }) => [nativeKind, status]),
      [
        ['ticket_field', 'ignored'],
        ['macros', 'ignored'],
      ],
    );
  });

  it('rejects an event that only names a comment, and keeps one it does not know', () => {
    assert.equal(map('comment-redacted.json').outcomes[0]!.status, 'reject');
    assert.equal(map('unknown.json').outcomes[0]!.status, 'unknown');
  });
});

describe('zendesk, real payloads', withPayloads('zendesk'), () => {
  const all = (name: string) =>
    mapBytes(zendesk, readPayload('zendesk', name), (name.endsWith('.csv') ? 'csv' : 'json') as Format, { name });
  const facts = (name: string) => all(name).flatMap((mapped) => mapped.facts);

  it('maps or refuses every one with a reason; nothing is unknown', () => {
    for (const name of payloadNames('zendesk')) {
      assertReasons(all(name));
      const statuses = all(name).flatMap(({ outcomes }) => outcomes.map(({ status }) => status));
      assert.ok(
        statuses.length > 0 && !statuses.includes('unknown') && !statuses.includes('reject'),
        `${name}: ${statuses.join()}`,
      );
    }
  });

  it('reads a page of tickets', () => {
    const tickets = of(facts('nango-tickets-1.json'), 'thread');
    assert.deepEqual(
      tickets.map(({ nativeId, status }) => [nativeId, status]),
      [
        ['ticket/2', 'open'],
        ['ticket/3', 'open'],
        ['ticket/1', 'open'],
        ['ticket/4', 'solved'],
      ],
    );
    assert.equal(tickets[0]!.version, 1778055393000);
    assert.deepEqual(
      of(facts('nango-tickets-1.json'), 'utterance').map(({ role }) => role),
      ['agent', 'agent', 'customer', 'agent'],
    );
  });

  it('reads comments of a ticket, the first as the words of the ticket', () => {
    const said = of(facts('nango-ticket-comments-1.json'), 'utterance');
    assert.equal(said.length, 4);
    assert.equal(said[0]!.id, of(facts('nango-get-ticket-1.json'), 'utterance')[0]!.id);
    assert.equal(said[1]!.nativeId, 'comment/46408803208081');
  });

  it('reads metric events in minutes', () => {
    assert.deepEqual(
      of(facts('libzapi-ticket-metric-events.json'), 'measure').map(({ name, value, unit }) => [name, value, unit]),
      [
        ['zendesk.reply_time.1.calendar', 61, 'minute'],
        ['zendesk.reply_time.1.business', 61, 'minute'],
        ['zendesk.group_ownership_time.1.group_sla_target', 1440, 'minute'],
        ['zendesk.requester_wait_time.1.sla_target', 300, 'minute'],
      ],
    );
  });

  it('reads warehouse rows: comments, field history, users, groups', () => {
    assert.equal(of(facts('fivetran-ticket-comment-data.csv'), 'utterance').length, 20);
    assert.equal(of(facts('fivetran-ticket-comment-data.csv'), 'utterance')[0]!.isZoneKnown, false);
    const solved = of(facts('fivetran-ticket-field-history-data.csv'), 'event').filter(({ kind }) => kind === 'solved');
    assert.ok(solved.some(({ occurredAt }) => occurredAt.toISOString() === '2020-11-14T11:01:27.000Z'));
    assert.deepEqual(
      of(facts('fivetran-user-data.csv'), 'agent').map(({ name }) => name),
      ['Arthur Agent'],
    );
    assert.equal(of(facts('fivetran-group-data.csv'), 'queue').length, 8);
  });
});

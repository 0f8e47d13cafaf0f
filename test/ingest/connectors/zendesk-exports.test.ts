import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { zendesk } from '../../../ingest/connectors/zendesk/zendesk.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { mapBytes, mapDocument, of } from './real-payloads.ts';

const thread = (id: number) => recordId('thread', 'zendesk', `ticket/${id}`);

describe('zendesk, exports and events', () => {
  it('maps the lines of a full export, whose records stand alone, with their people and comments inside', () => {
    const lines = readFileSync(join(import.meta.dirname, 'fixtures/zendesk/export.ndjson'));
    const mapped = mapBytes(zendesk, lines, 'ndjson', { name: 'export.ndjson', via: 'file' });
    assert.deepEqual(
      mapped.map(({ outcomes }) => outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`)),
      [['ticket ok', 'user ok', 'user ok', 'comment ok', 'comment ok'], ['user ok'], ['organization ok']],
    );
    const said = of(mapped[0]!.facts, 'utterance');
    assert.deepEqual(
      said.map(({ role, text }) => [role, text]),
      [
        ['customer', 'The lamp came broken.'],
        ['customer', 'The lamp came broken.'],
        ['agent', 'A new one is on its way.'],
      ],
    );
    assert.equal(said[0]!.id, said[1]!.id);
    assert.ok(said.every(({ threadId }) => threadId === thread(88)));
  });

  it('takes no article of the help centre for a comment', () => {
    const article = {
      id: 5,
      author_id: 900,
      title: 'Lamps',
      body: '<p>Turn it on.</p>',
      section_id: 1,
      label_names: [],
    };
    assert.equal(mapDocument(zendesk, { articles: [article] }).outcomes[0]!.status, 'ignored');
    assert.deepEqual(mapDocument(zendesk, article).facts, []);
  });

  it('reads events that come by Amazon EventBridge as those of a webhook', () => {
    const { facts, outcomes } = mapFixture(zendesk, 'event-bridge.json');
    assert.deepEqual(
      outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['change.assignee_id ok', 'ticket ok'],
    );
    const timeOf = (name: string) =>
      of(facts, 'event')
        .find(({ kind }) => kind === name)!
        .occurredAt.toISOString();
    assert.deepEqual([timeOf('assigned'), timeOf('started')], ['2026-03-06T10:23:45.465Z', '2026-03-06T09:00:00.000Z']);
    assert.ok(of(facts, 'event').every(({ threadId }) => threadId === thread(88)));
  });

  it('reads the export of ticket events, where a change has its field by name and the channel is a word', () => {
    const mapped = mapDocument(zendesk, {
      ticket_events: [
        {
          id: 1,
          ticket_id: 17,
          timestamp: 1772442000,
          updater_id: 900,
          child_events: [
            { id: 2, via: 'Web form', status: 'solved', previous_value: 'open', event_type: 'Change' },
            { id: 3, via: 'Mail', comment_present: true, comment_public: false, body: 'Look', event_type: 'Comment' },
            { id: 4, via: 'Web form', tags: ['a'], added_tags: ['a'], event_type: 'Change' },
          ],
        },
      ],
    });
    assert.deepEqual(
      mapped.outcomes.map(({ nativeKind, status }) => `${nativeKind} ${status}`),
      ['change.status ok', 'comment ok', 'change.other ignored'],
    );
    assert.deepEqual(
      of(mapped.facts, 'event').map(({ kind }) => kind),
      ['status_changed', 'solved'],
    );
    assert.equal(of(mapped.facts, 'utterance')[0]!.visibility, 'internal');
  });

  it('takes the heading of a messaging ticket for nobody’s words, and a message in its place for the customer’s', () => {
    const ticket = (id: number, description: string) => ({
      id,
      description,
      via: { channel: 'whatsapp', source: { from: {}, to: {}, rel: null } },
      status: 'open',
      requester_id: 501,
      submitter_id: 501,
      created_at: '2026-03-02T09:15:00Z',
      updated_at: '2026-03-02T09:15:00Z',
    });
    const { facts } = mapDocument(zendesk, {
      tickets: [ticket(41, 'Conversation with Jo Customer'), ticket(42, 'Is it open?')],
    });
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, isAutomatic }) => [role, isAutomatic]),
      [
        ['system', true],
        ['customer', false],
      ],
    );
  });

  it('reads the calls of Talk, each linked to its ticket', () => {
    const call = { id: 5, created_at: '2026-03-02T09:15:00Z', direction: 'inbound', duration: 65, ticket_id: 17 };
    const { facts } = mapDocument(zendesk, { calls: [{ ...call, customer_id: 501, agent_id: 900, voicemail: false }] });
    assert.deepEqual(
      of(facts, 'thread').map(({ channel, direction }) => [channel, direction]),
      [['voice', 'inbound']],
    );
    assert.deepEqual(
      of(facts, 'measure').map(({ value, unit }) => [value, unit]),
      [[65, 'second']],
    );
    assert.equal(of(facts, 'link')[0]!.otherThreadId, thread(17));
  });

  it('takes the side that was called for the customer', () => {
    const [shop, jo] = [{ phone: '+12025550100' }, { phone: '+12025550123' }];
    const call = (id: number, rel: string, from: object, to: object) => ({
      id,
      via: { channel: 'voice', source: { from, to, rel } },
      status: 'open',
      requester_id: 501,
      submitter_id: 501,
      created_at: '2026-03-02T09:15:00Z',
      updated_at: '2026-03-02T09:15:00Z',
    });
    const { facts } = mapDocument(zendesk, {
      tickets: [call(51, 'outbound', shop!, jo!), call(52, 'inbound', jo!, shop!)],
    });
    assert.deepEqual(
      of(facts, 'thread').map(({ direction }) => direction),
      ['outbound', 'inbound'],
    );
    assert.deepEqual(
      of(facts, 'handle').flatMap(({ type, value }) => (type === 'phone' ? [value] : [])),
      ['+12025550123', '+12025550123'],
    );
  });

  it('keeps a file sent in a chat and the words of a rating, and maps the requests of end users', () => {
    const audit = (events: object[]) => ({
      id: 1,
      ticket_id: 31,
      created_at: '2026-03-04T10:00:00Z',
      author_id: 501,
      events,
    });
    const sent = {
      chat_index: 1,
      type: 'ChatFileAttachment',
      timestamp: 1772618405123,
      actor_id: 501,
      actor_type: 'end-user',
      filename: 'lamp.jpg',
      mime_type: 'image/jpeg',
      size: 99,
    };
    const mapped = mapDocument(zendesk, {
      audits: [
        audit([{ id: 2, type: 'ChatStartedEvent', value: { chat_id: 'c', history: [sent] } }]),
        audit([
          { id: 3, type: 'SatisfactionRating', score: 'bad', body: 'too slow' },
          { id: 4, type: 'CollabThreadReply' },
        ]),
      ],
    });
    assert.deepEqual(of(mapped.facts, 'utterance')[0]!.media, [
      { name: 'lamp.jpg', mimeType: 'image/jpeg', byteSize: 99 },
    ]);
    assert.deepEqual(
      of(mapped.facts, 'survey').map(({ score, comment }) => [score, comment]),
      [[0, 'too slow']],
    );
    assert.equal(mapped.outcomes.at(-1)!.status, 'ignored');
    const request = {
      id: 88,
      status: 'open',
      requester_id: 511,
      subject: 'Lamp',
      description: 'It hums',
      created_at: '2026-03-06T09:00:00Z',
      updated_at: '2026-03-06T09:00:00Z',
    };
    assert.equal(of(mapDocument(zendesk, { requests: [request] }).facts, 'thread')[0]!.id, thread(88));
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { slack } from '../../../ingest/connectors/slack/slack.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import {
  assertReasons,
  countOutcomes,
  mapBytes,
  mapDocument,
  of,
  payloadNames,
  readPayload,
  receivedAt,
  withPayloads,
} from './real-payloads.ts';

const utterance = (name: string, settings = {}) => of(mapFixture(slack, name, settings).facts, 'utterance');
const answer = recordId('utterance', 'slack', 'C0SUPPORT1:1767261660.000200');

describe('slack', () => {
  it('takes people of another workspace as customers and ours as agents', () => {
    const [asked] = utterance('asked.json');
    assert.deepEqual([asked!.role, asked!.text], ['customer', '@ana is it <late>? order']);
    assert.equal(asked!.occurredAt!.toISOString(), '2026-01-01T10:00:00.000Z');
    assert.deepEqual(asked!.media, [{ mediaId: 'F1', name: 'a.png', mimeType: 'image/png', byteSize: 12 }]);
    const [answered] = utterance('answered.json');
    assert.deepEqual([answered!.role, answered!.replyToId], ['agent', asked!.id]);
  });

  it('takes everybody else as customers where our people are listed', () => {
    assert.equal(utterance('answered.json', { agents: ['U0BEN'] })[0]!.role, 'customer');
  });

  it('joins an answer to what it answers', () => {
    const [link] = of(mapFixture(slack, 'answered.json').facts, 'link');
    assert.equal(link!.otherThreadId, recordId('thread', 'slack', 'C0SUPPORT1:1767261600.000100'));
  });

  it('edits, erases and sees reactions by channel and ts', () => {
    const [edited] = utterance('changed.json');
    assert.deepEqual(
      [edited!.id, edited!.text, edited!.editedAt!.toISOString()],
      [answer, 'Tomorrow', '2026-01-01T10:01:40.000Z'],
    );
    assert.equal(utterance('deleted.json')[0]!.deletedAt!.toISOString(), '2026-01-01T10:03:20.000Z');
    const [reaction] = of(mapFixture(slack, 'reaction.json').facts, 'event');
    assert.deepEqual([reaction!.value, reaction!.utteranceId], ['thumbsup', answer]);
  });

  it('reads an export, whose file names the channel', () => {
    const { outcomes, facts } = mapFixture(slack, 'C0SUPPORT1-2026-01-01.json', { ownTeams: ['T0OWN'] });
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ignored', 'ok'],
    );
    assert.deepEqual(
      of(facts, 'utterance').map(({ role }) => role),
      ['customer', 'bot'],
    );
  });

  it('goes by the workspace of the app where an event of a shared channel names that of its author', () => {
    assert.equal(utterance('shared-channel.json')[0]!.role, 'customer');
  });

  it('knows people of our own company by its id too', () => {
    const message = {
      type: 'message',
      channel: 'C0SUPPORT1',
      user: 'U0ANA',
      text: 'On its way',
      ts: '1767261600.000100',
    };
    const roleOf = (user_team: string, more: object = {}) => {
      const outer = {
        ...more,
        type: 'event_callback',
        team_id: 'T0OWN',
        authorizations: [{ team_id: 'T0OWN', enterprise_id: 'E0OWN' }],
      };
      const { facts } = mapDocument(slack, { ...outer, event: { ...message, user_team, team: user_team } });
      return of(facts, 'utterance')[0]!.role;
    };
    const roles = ['E0OWN', 'T0OWN', 'E0OTHER', 'T0OTHER'].map((team) => roleOf(team));
    assert.deepEqual(roles, ['agent', 'agent', 'customer', 'customer']);
    // Nobody of another company is in a channel that is not shared with one: this is another workspace of ours.
    assert.equal(roleOf('T0SISTER', { is_ext_shared_channel: false }), 'agent');
    assert.equal(roleOf('T0OTHER', { is_ext_shared_channel: true }), 'customer');
  });

  it('reads the rich text of an app that left the text empty', () => {
    const pieces = [
      { type: 'text', text: 'Asked by ' },
      { type: 'user', user_id: 'U0ANA' },
      { type: 'text', text: ' now, ' },
      { type: 'broadcast', range: 'here' },
      { type: 'text', text: ': ' },
      { type: 'date', timestamp: 1767261600, format: '{date}', fallback: '1 January' },
    ];
    const blocks = [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: pieces }] }];
    const message = {
      type: 'message',
      subtype: 'bot_message',
      bot_id: 'B1',
      text: '',
      ts: '1767261600.000100',
      blocks,
    };
    const { facts } = mapDocument(slack, { channel: 'C0SUPPORT1', messages: [message] });
    assert.equal(of(facts, 'utterance')[0]!.text, 'Asked by @U0ANA now, @here: 1 January');
  });

  it('takes what a history leaves of a deleted message for its deletion', () => {
    const message = { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.' };
    const page = { messages: [{ ...message, ts: '1767261660.000200', thread_ts: '1767261660.000200' }] };
    const { facts } = mapDocument(slack, { channel: 'C0SUPPORT1', ...page });
    const [gone] = of(facts, 'utterance');
    assert.deepEqual([gone!.id, gone!.text, gone!.deletedAt], [answer, undefined, receivedAt]);
  });

  it('reads the people of an export and leaves its list of channels out', () => {
    const people = [{ id: 'U0ANA', team_id: 'T0OWN', updated: 1767261000, profile: { real_name: 'Ana Lee' } }];
    const { facts } = mapDocument(slack, people, { name: 'users.json', settings: { ownTeams: ['T0OWN'] } });
    assert.equal(of(facts, 'agent')[0]!.name, 'Ana Lee');
    const channels = [{ id: 'C0SUPPORT1', name: 'support', creator: 'U0ANA', members: ['U0ANA'] }];
    assert.deepEqual(countOutcomes([mapDocument(slack, channels)]), { ignored: 1 });
  });

  it('reads the rows of a copy of the workspace, which name the channel in a column of their own', () => {
    const message = { channel_id: 'C0SUPPORT1', user: 'U0JO', text: 'Is it late?', ts: '1767261600.000100' };
    const rows = [
      { ...message, type: 'message', subtype: null, edited: true },
      { id: 'U0ANA', team_id: 'T0OWN', updated: 1767261000, profile: { real_name: 'Ana Lee' } },
      { id: 'C0SUPPORT1', name: 'support', is_channel: true, num_members: 4 },
    ].map((row) => mapDocument(slack, row));
    assert.deepEqual(countOutcomes(rows), { ok: 2, ignored: 1 });
    assert.equal(of(rows[0]!.facts, 'utterance')[0]!.nativeId, 'C0SUPPORT1:1767261600.000100');
  });

  it('says of a member nothing where it is not told which workspace is ours', () => {
    const { facts } = mapFixture(slack, 'users.json');
    assert.equal(of(facts, 'agent').length, 0);
    assert.deepEqual(
      of(facts, 'handle').flatMap(({ role }) => role ?? []),
      ['customer'],
    );
  });

  it('knows a stranger by e-mail and our own by name', () => {
    const { facts } = mapFixture(slack, 'users.json', { ownTeams: ['T0OWN'] });
    assert.ok(of(facts, 'handle').some(({ value }) => value === 'jo@example.net'));
    assert.deepEqual(
      of(facts, 'agent').map(({ name }) => name),
      ['Ana Lee'],
    );
  });
});

describe('slack, beside plain messages', () => {
  const event = (given: object) => ({ type: 'event_callback', team_id: 'T0OWN', event: given });
  const base = { type: 'message', channel: 'C0SUPPORT1', ts: '1767261600.000100', event_ts: '1767261600.000100' };

  it('refuses a change that does not name its message', () => {
    const change = event({ ...base, subtype: 'message_changed', message: null });
    assert.equal(mapDocument(slack, change).outcomes[0]!.status, 'reject');
  });

  it('takes a notice that Slack changes for nothing said', () => {
    const message = { subtype: 'huddle_thread', user: 'U0ANA', team: 'T0OWN', text: 'A huddle', ts: base.ts };
    const thread = { ...message, subtype: 'assistant_app_thread', text: 'New chat', edited: { ts: base.ts } };
    for (const each of [message, thread]) {
      const changed = event({ ...base, subtype: 'message_changed', message: each });
      assert.deepEqual(countOutcomes([mapDocument(slack, changed)]), { ignored: 1 });
    }
    const gone = { ...base, subtype: 'message_deleted', deleted_ts: base.ts, previous_message: message };
    assert.deepEqual(countOutcomes([mapDocument(slack, event(gone))]), { ignored: 1 });
  });

  it('reads what an app writes in blocks or attachments, and not what it shares', () => {
    const bot = { ...base, subtype: 'bot_message', bot_id: 'B1', text: '' };
    const textOfBot = (given: object) => {
      const { facts } = mapDocument(slack, event({ ...bot, ...given }));
      return of(facts, 'utterance')[0]!.text;
    };
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Parcel late' } },
      { type: 'section', text: { type: 'mrkdwn', text: '<!date^1767261600^{date}|1 January> at <@U0ANA|ana>' } },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Close' } }] },
    ];
    assert.equal(textOfBot({ blocks }), 'Parcel late\n1 January at @ana');
    const card = { fallback: 'Ticket 7', title: 'Ticket 7', text: 'is open' };
    assert.equal(textOfBot({ attachments: [card, { is_share: true, text: 'said by others' }] }), 'Ticket 7\nis open');
    assert.equal(textOfBot({ attachments: [{ fallback: 'Ticket 8' }] }), 'Ticket 8');
    const fallback = '[no preview available]';
    assert.equal(textOfBot({ attachments: [{ fallback, blocks: blocks.slice(0, 1) }] }), 'Parcel late');
    assert.equal(textOfBot({ attachments: [{ fallback }] }), undefined);
  });

  it('opens an envelope of the socket mode, and leaves buttons, members and a channel out', () => {
    const payload = event({ ...base, user: 'U0CUST', user_team: 'T0OTHER', text: 'Hello' });
    const { facts } = mapDocument(slack, { envelope_id: 'e1', type: 'events_api', payload });
    assert.deepEqual(
      of(facts, 'utterance').map(({ role, text }) => [role, text]),
      [['customer', 'Hello']],
    );
    const rest = [
      { type: 'block_actions', user: { id: 'U1' }, channel: { id: 'C1' }, message: { text: 'Was it good?', ts: '1' } },
      { ok: true, members: ['U0ANA'] },
      { ok: true, channel: { id: 'C0SUPPORT1', name: 'support' } },
      { ok: true, files: [{ id: 'F1' }] },
      event({ type: 'workflow_published', event_ts: base.ts }),
      event({ type: 'assistant_thread_started', event_ts: base.ts }),
      event({ type: 'agent_session_stopped', event_ts: base.ts }),
      { envelope_id: 'e2', payload: { command: '/help', text: 'now', channel_id: 'C0SUPPORT1', user_id: 'U1' } },
      event({ type: 'reaction_added', reaction: 'eyes', item: { type: 'file', file: 'F1' }, event_ts: base.ts }),
    ].map((document) => mapDocument(slack, document));
    assert.deepEqual(countOutcomes(rest), { ignored: 9 });
    assert.throws(() => mapDocument(slack, { ok: false, error: 'channel_not_found' }), /channel_not_found/);
  });
});

describe('slack, real payloads', withPayloads('slack'), () => {
  const mapped = payloadNames('slack').flatMap((name) => mapBytes(slack, readPayload('slack', name), 'json'));

  it('maps, or refuses what names no channel or has blanked values', () => {
    assertReasons(mapped);
    assert.deepEqual(countOutcomes(mapped), { ok: 3, drop: 2, ignored: 11, reject: 24 });
  });

  it('reads a direct message and an update', () => {
    const texts = mapped.flatMap(({ facts }) => of(facts, 'utterance').map(({ text }) => text));
    assert.deepEqual(texts, ['Hello World!', 'Updated message for mock test']);
  });
});

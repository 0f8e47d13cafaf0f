import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { discord } from '../../../ingest/connectors/discord/discord.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('discord', () => {
  const { facts, outcomes } = mapFixture(discord, 'events.json', { agents: ['staff'] });

  it('tells staff by their role on the server', () => {
    const [asked, answered, edited] = of(facts, 'utterance');
    assert.deepEqual([asked!.role, asked!.text], ['customer', '@ana is it late?']);
    assert.deepEqual([answered!.role, answered!.replyToId], ['agent', asked!.id]);
    assert.deepEqual([edited!.id, edited!.text], [answered!.id, 'Tomorrow']);
    assert.ok(edited!.version > answered!.version);
  });

  it('takes a forwarded message for no answer, and the start of a thread for nothing said', () => {
    const message = { channel_id: '41', content: '', author: { id: '7' }, timestamp: '2026-01-01T10:05:00+00:00' };
    const forward = { ...message, id: '901', type: 0, message_reference: { type: 1, message_id: '900' } };
    const start = { ...message, id: '902', type: 21, message_reference: { message_id: '900' } };
    const mapped = mapDocument(discord, [forward, start]);
    assert.equal(of(mapped.facts, 'utterance')[0]!.replyToId, undefined);
    assert.deepEqual(countOutcomes([mapped]), { ok: 1, ignored: 1 });
    const message_snapshots = [{ message: { content: 'It is late', attachments: [{ id: '3', filename: 'a.png' }] } }];
    const [shown] = of(mapDocument(discord, { ...forward, message_snapshots }).facts, 'utterance');
    assert.deepEqual([shown!.text, shown!.media![0]!.name], ['It is late', 'a.png']);
    const poll = { ...message, id: '903', type: 0, poll: { question: { text: 'Which one?' } } };
    assert.equal(of(mapDocument(discord, poll).facts, 'utterance')[0]!.text, 'Which one?');
  });

  it('reads what an app puts together from components', () => {
    const text = { type: 10, content: 'Your parcel is late' };
    const components = [
      {
        type: 17,
        components: [
          { type: 9, components: [text] },
          { type: 1, components: [{ type: 2 }] },
        ],
      },
    ];
    const message = { channel_id: '41', id: '904', type: 0, flags: 32_768, content: '', components };
    const sent = { ...message, author: { id: '7', bot: true }, timestamp: '2026-01-01T10:05:00+00:00' };
    assert.equal(of(mapDocument(discord, sent).facts, 'utterance')[0]!.text, 'Your parcel is late');
  });

  it('has what somebody writes behind a command or into a form as words of theirs, told by webhook or gateway', () => {
    const user = { id: '7', username: 'jo' };
    const given = { id: '1456224000000000011', application_id: '5', channel_id: '41', member: { user, roles: [] } };
    const options = [{ name: 'ask', type: 1, options: [{ name: 'question', type: 3, value: 'Is it late?' }] }];
    const field = { type: 4, custom_id: 'body', value: 'It came in pieces' };
    const [row, label] = [
      { type: 1, components: [field] },
      { type: 18, component: { ...field, value: 'Today' } },
    ];
    const form = { ...given, type: 5, data: { custom_id: 'ticket', components: [row, label] } };
    const { facts: found } = mapDocument(discord, [
      { ...given, type: 2, data: { name: 'support', type: 1, options } },
      { op: 0, t: 'INTERACTION_CREATE', d: form },
    ]);
    const said = of(found, 'utterance');
    assert.deepEqual(
      said.map(({ text }) => text),
      ['Is it late?', 'It came in pieces\nToday'],
    );
    assert.equal(said[0]!.occurredAt?.toISOString(), '2026-01-01T09:54:16.933Z');
    const command = { ...given, type: 2, data: { name: 'Report', type: 2, target_id: '9' } };
    assert.deepEqual(countOutcomes([mapDocument(discord, command)]), { ignored: 1 });
  });

  it('knows what a thread is about by its name, and by the last one it was given', () => {
    const thread = { id: '1456224000000000013', type: 11, guild_id: '700', parent_id: '41', name: 'Mug broke' };
    const { facts: found } = mapDocument(discord, [
      { op: 0, t: 'THREAD_CREATE', d: thread },
      { op: 0, t: 'THREAD_UPDATE', d: { ...thread, name: 'Mug broke twice' } },
    ]);
    const [opened, named] = of(found, 'thread');
    assert.deepEqual([opened!.subject, opened!.startedAt?.toISOString()], ['Mug broke', '2026-01-01T09:54:16.933Z']);
    assert.deepEqual([named!.id, named!.subject], [opened!.id, 'Mug broke twice']);
    assert.ok(named!.version > opened!.version);
  });

  it('reads the file that DiscordChatExporter writes of a thread', () => {
    const { facts: found, outcomes: all } = mapFixture(discord, 'export.json', { agents: ['staff'] });
    const [thread] = of(found, 'thread');
    const [asked, answered, forwarded] = of(found, 'utterance');
    assert.deepEqual([thread!.subject, asked!.threadId], ['Mug broke', thread!.id]);
    assert.deepEqual([asked!.role, asked!.text, asked!.media?.[0]?.name], ['customer', 'It came in pieces', 'mug.png']);
    assert.deepEqual([answered!.role, answered!.replyToId], ['agent', asked!.id]);
    assert.equal(answered!.editedAt?.toISOString(), '2026-01-01T10:05:00.000Z');
    assert.deepEqual([forwarded!.text, forwarded!.replyToId], ['Order 7 left', undefined]);
    assert.deepEqual(all.map(({ status }) => status).toSorted(), ['ignored', 'ok', 'ok', 'ok', 'ok']);
  });

  it('reads messages of games, each in its lobby, and leaves out what an app is told of itself', () => {
    const event = (type: string, data: object) => ({ version: 1, application_id: '5', type: 1, event: { type, data } });
    const message = { id: '1456224000000000012', type: 0, content: 'Hi', lobby_id: '43', author: { id: '7' } };
    const events = [
      event('LOBBY_MESSAGE_CREATE', { ...message, channel_id: '44', application_id: '5' }),
      event('LOBBY_MESSAGE_DELETE', { id: message.id, lobby_id: '43' }),
      event('APPLICATION_AUTHORIZED', { user: { id: '7' }, scopes: ['bot'] }),
      { version: 1, application_id: '5', type: 0 },
    ];
    const mapped = mapDocument(discord, events);
    const [said, gone] = of(mapped.facts, 'utterance');
    assert.deepEqual([said!.text, gone!.id, gone!.threadId], ['Hi', said!.id, said!.threadId]);
    assert.ok(gone!.deletedAt);
    assert.deepEqual(countOutcomes([mapped]), { ok: 2, ignored: 2 });
  });

  it('knows that a moderator takes all reactions back, and that presses of buttons are nothing said', () => {
    const d = { message_id: '900', channel_id: '41', guild_id: '700' };
    const { facts: found } = mapDocument(discord, [
      { t: 'MESSAGE_REACTION_REMOVE_ALL', op: 0, d },
      { t: 'MESSAGE_REACTION_REMOVE_EMOJI', op: 0, d: { ...d, emoji: { id: null, name: '👀' } } },
    ]);
    assert.deepEqual(
      of(found, 'event').map(({ value }) => value),
      ['removed', 'removed 👀'],
    );
    const press = { type: 3, id: '1', application_id: '5', channel_id: '41', data: { custom_id: 'close' } };
    assert.deepEqual(countOutcomes([mapDocument(discord, press)]), { ignored: 1 });
  });

  it('reads what a bot writes in a card, and keeps what was sent where names replace ids', () => {
    const base = { channel_id: '41', id: '903', type: 0, timestamp: '2026-01-01T10:05:00+00:00' };
    const embeds = [
      { type: 'rich', title: 'Ticket 7', description: 'is open' },
      { type: 'link', title: 'Page' },
    ];
    const bot = { ...base, content: '', embeds, author: { id: '7', bot: true } };
    const person = {
      ...base,
      content: '<@7> hi',
      embeds,
      author: { id: '8' },
      mentions: [{ id: '7', username: 'desk' }],
    };
    const said = [bot, person].map((each) => of(mapDocument(discord, each).facts, 'utterance')[0]!);
    assert.deepEqual(
      said.map(({ text, sourceText }) => [text, sourceText]),
      [
        ['Ticket 7\nis open', undefined],
        ['@desk hi', '<@7> hi'],
      ],
    );
  });

  it('leaves previews of links, records of places and people, and steps of the connection out', () => {
    const documents = [
      { t: 'MESSAGE_UPDATE', op: 0, d: { id: '900', channel_id: '41', embeds: [{ title: 'Page' }] } },
      { t: 'AUTO_MODERATION_ACTION_EXECUTION', op: 0, d: { guild_id: '700', channel_id: '41' } },
      { t: null, s: null, op: 10, d: { heartbeat_interval: 41_250 } },
      { version: 1, application_id: '5', type: 0 },
      [{ id: '800', type: 4, guild_id: '700', name: 'Support' }],
      [{ user: { id: '42' }, roles: ['staff'], joined_at: '2026-01-01T10:00:00+00:00' }],
    ];
    const mapped = documents.map((document) => mapDocument(discord, document));
    assert.deepEqual(countOutcomes(mapped), { ignored: 6 });
  });

  it('reads reactions and deletions, and ignores typing', () => {
    assert.equal(of(facts, 'event')[0]!.value, '👍');
    assert.ok(of(facts, 'utterance')[3]!.deletedAt);
    assert.equal(outcomes.at(-1)!.status, 'ignored');
  });
});

describe('discord, real payloads', withPayloads('discord'), () => {
  const mapped = payloadNames('discord').flatMap((name) => mapBytes(discord, readPayload('discord', name), 'json'));

  it('maps messages and a thread', () => {
    assert.deepEqual(countOutcomes(mapped), { ok: 3 });
    const said = mapped.flatMap(({ facts }) => of(facts, 'utterance').map(({ role, text }) => [role, text]));
    assert.deepEqual(said, [
      ['bot', 'Test message for get-message action validation'],
      ['bot', 'Updated again via Nango action'],
    ]);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../../data/store.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { config, effects, land } from '../../transforms/land.ts';
import { gong } from '../../../ingest/connectors/gong.ts';
import { mapFixture } from './fixture.ts';
import { of, mapDocument } from './real-payloads.ts';

test('a transcript is said by the parties of its call, at milliseconds from its start', () => {
  const { facts } = mapFixture(gong, 'extensive.json');
  const [thread] = of(facts, 'thread');
  assert.deepEqual(
    [thread?.channel, thread?.direction, thread?.endedAt?.toISOString()],
    ['voice', 'outbound', '2026-03-05T14:07:40.123Z'],
  );
  assert.deepEqual(
    of(facts, 'utterance').map(({ role, text, occurredAt, timePrecision }) => [
      role,
      text,
      occurredAt?.getUTCSeconds(),
      timePrecision,
    ]),
    [
      ['agent', 'Hello.', 1, 'offset'],
      ['customer', 'We want to cancel.', 3, 'offset'],
      [undefined, 'Hm.', 4, 'offset'],
      [undefined, 'Alone.', 59, 'receipt'],
    ],
  );
  assert.deepEqual(
    of(facts, 'handle').flatMap(({ type, value }) => (type === 'contact_id' ? [] : [value])),
    ['ana.roy@example.com', '+12125550142'],
  );
  assert.deepEqual(
    of(facts, 'measure').map(({ value, unit }) => `${value} ${unit}`),
    ['460 second'],
  );
});

test('a meeting among colleagues is internal; what cannot be a call says why', () => {
  const [thread] = of(mapFixture(gong, 'webhook.json').facts, 'thread');
  assert.deepEqual([thread?.channel, thread?.direction], ['video', 'internal']);
  assert.equal(mapFixture(gong, 'broken.json').outcomes[0]?.status, 'reject');
  assert.throws(() => mapDocument(gong, []), /expected an answer/);
});

test('a call alone is the same in every wrapping', () => {
  const metaData = { id: '100', started: '2026-03-05T11:00:00Z', duration: 60, media: 'Video' };
  const threads = [{ metaData }, { callData: { metaData }, isTest: true }, { requestId: 'r', call: metaData }].map(
    (document) => of(mapDocument(gong, document).facts, 'thread')[0],
  );
  assert.deepEqual(threads[1], threads[0]);
  assert.deepEqual(threads[2], threads[0]);
  assert.equal(threads[0]?.nativeId, '100');
});

test('a transcript shows without its call, and takes speakers and times from it, whichever comes first', async () => {
  const sentence = (start: number, text: string) => ({ start, end: start + 900, text });
  const transcript = mapDocument(gong, {
    callTranscripts: [
      {
        callId: '71',
        transcript: [
          { speakerId: 's1', sentences: [sentence(1000, 'Hello.')] },
          { speakerId: 's2', sentences: [sentence(3000, 'It is late again.')] },
        ],
      },
    ],
  }).facts;
  const call = mapDocument(gong, {
    calls: [
      {
        metaData: { id: '71', started: '2026-03-05T14:00:00Z', duration: 60, media: 'Audio', direction: 'Inbound' },
        parties: [
          { speakerId: 's1', affiliation: 'Internal', name: 'Dana', userId: 'u1' },
          { speakerId: 's2', affiliation: 'External', name: 'Ana Roy', emailAddress: 'ana.roy@example.com' },
        ],
      },
    ],
  }).facts;
  const shown = async (...order: (typeof call)[]) => {
    const store = await Store.open();
    for (const facts of order) {
      await land(store, facts);
      await stitch(store, config(), effects);
    }
    const rows = await store.all<{ role: string | null; occurred_at: Date; channel: string }>(
      `select utterance.role, utterance.occurred_at, interaction.channel from core.utterance
       join core.interaction on interaction.id = utterance.interaction_id order by sequence`,
    );
    await store.close();
    return rows.map(({ role, occurred_at, channel }) => [role, occurred_at.toISOString().slice(11, 19), channel]);
  };
  const whole = [
    ['agent', '14:00:01', 'voice'],
    ['customer', '14:00:03', 'voice'],
  ];
  assert.deepEqual(await shown(transcript, call), whole);
  assert.deepEqual(await shown(call, transcript), whole);
  assert.deepEqual(
    (await shown(transcript)).map(([role, , channel]) => [role, channel]),
    [
      [null, 'video'],
      [null, 'video'],
    ],
  );
});

test('who was invited and did not come is no customer of the call', () => {
  const party = { affiliation: 'External', emailAddress: 'ana.roy@example.com' };
  const { facts } = mapDocument(gong, {
    metaData: { id: '9', started: '2026-03-05T11:00:00Z', duration: 60 },
    parties: [
      { ...party, id: 'p1', methods: ['Invitee', 'Attendee'] },
      { ...party, id: 'p2', emailAddress: 'kim@example.net', methods: ['Invitee'] },
    ],
  });
  assert.deepEqual(
    of(facts, 'handle').map(({ value }) => value),
    ['ana.roy@example.com'],
  );
});

test('comments are words of colleagues beside the call, and nobody else’s', () => {
  const comment = { commenterUserId: 'u1', posted: '2026-03-05T12:00:00Z', duringCall: false };
  const { facts } = mapDocument(gong, {
    metaData: { id: '9', started: '2026-03-05T11:00:00Z', duration: 60, direction: 'Inbound', scope: 'Internal' },
    collaboration: {
      publicComments: [
        { ...comment, id: 'c1', comment: '@[Bo Lee](77) please call back' },
        { ...comment, id: 'c2', comment: 'Done', inReplyTo: 'c1' },
        { ...comment, id: 'c3', comment: null },
      ],
    },
  });
  const [asked, done] = of(facts, 'utterance');
  assert.deepEqual(
    [asked?.text, asked?.role, asked?.visibility, asked?.agentId],
    ['@Bo Lee please call back', 'agent', 'internal', of(facts, 'agent')[0]?.id],
  );
  assert.deepEqual([done?.replyToId, of(facts, 'utterance').length], [asked?.id, 2]);
  assert.equal(of(facts, 'thread')[0]?.direction, 'internal');
});

test('a user of Gong is an agent by the id that calls name', () => {
  const { facts } = mapDocument(gong, { requestId: 'r', users: [{ id: 'u1', firstName: 'Dana', lastName: 'Fox' }] });
  assert.deepEqual(
    of(facts, 'agent').map(({ nativeId, name }) => [nativeId, name]),
    [['u1', 'Dana Fox']],
  );
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outlookGraph } from '../../../ingest/connectors/outlook-graph.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('outlook-graph', () => {
  const { facts, outcomes } = mapFixture(outlookGraph, 'page.json', { ownDomains: ['example.com'] });

  it('reads both sides of a conversation', () => {
    const said = of(facts, 'utterance').map(({ role, text, occurredAt }) => [role, text, occurredAt!.toISOString()]);
    assert.deepEqual(said, [
      ['customer', 'Where is it?', '2026-01-01T10:00:00.000Z'],
      ['agent', 'On its way', '2026-01-01T11:00:00.000Z'],
    ]);
    assert.equal(new Set(of(facts, 'thread').map(({ id }) => id)).size, 1);
  });

  it('drops drafts and removals, and says why', () => {
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ok', 'drop', 'drop'],
    );
  });
});

describe('outlook-graph, in other wrappers', () => {
  const mail = {
    conversationId: 'c9',
    internetMessageId: '<a9@example.net>',
    sentDateTime: '2026-01-01T10:00:00Z',
    from: { emailAddress: { address: 'jo@example.net' } },
    toRecipients: [{ emailAddress: { address: 'shop@example.com' } }],
  };

  it('reads the message that a notification carries along', () => {
    const body = { contentType: 'text', content: 'Hello' };
    const notification = { subscriptionId: 's1', changeType: 'created', resourceData: { id: 'A9', ...mail, body } };
    const [said] = of(mapDocument(outlookGraph, { value: [notification] }).facts, 'utterance');
    assert.deepEqual([said!.nativeId, said!.text], ['a9@example.net', 'Hello']);
  });

  it('reads the new words alone where only they were asked for', () => {
    const uniqueBody = { contentType: 'html', content: '<p>Tom &amp; Jo</p>' };
    const [said] = of(mapDocument(outlookGraph, { ...mail, uniqueBody }).facts, 'utterance');
    assert.equal(said!.text, 'Tom & Jo');
  });

  it('says of our mail that it did not arrive, and leaves out what only says that a mail was read', () => {
    const report = {
      ...mail,
      subject: 'Undeliverable: Your parcel',
      from: { emailAddress: { address: 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.com' } },
      internetMessageHeaders: [{ name: 'In-Reply-To', value: '<b9@example.com>' }],
    };
    const [failed] = of(mapDocument(outlookGraph, report).facts, 'event');
    assert.deepEqual(
      [failed!.kind, failed!.utteranceId],
      ['failed', recordId('utterance', 'outlook-graph', 'b9@example.com')],
    );
    assert.deepEqual(countOutcomes([mapDocument(outlookGraph, { value: [{ id: 'A9', isRead: true }] })]), {
      ignored: 1,
    });
  });

  it('knows a note of absence by its subject, as lists of mail leave the headers out', () => {
    const automatic = ['Automatic reply: Parcel', 'RE: Automatic reply: Parcel'].map(
      (subject) => of(mapDocument(outlookGraph, { ...mail, subject }).facts, 'utterance')[0]!.isAutomatic,
    );
    assert.deepEqual(automatic, [true, false]);
  });

  it('takes the time of arrival where that of sending is not known', () => {
    const times = { sentDateTime: '0001-01-01T00:00:00Z', receivedDateTime: '2026-01-01T10:00:02Z' };
    const [said] = of(mapDocument(outlookGraph, { ...mail, ...times }).facts, 'utterance');
    assert.equal(said!.occurredAt!.toISOString(), '2026-01-01T10:00:02.000Z');
  });

  it('reads a mail that the mail system gave no id, and leaves out what stands beside mails', () => {
    const times = { receivedDateTime: '2026-01-01T10:00:02Z', isRead: false };
    const nameless = { ...mail, ...times, id: 'A8', conversationId: null, internetMessageId: null };
    assert.equal(of(mapDocument(outlookGraph, nameless).facts, 'utterance')[0]!.nativeId, 'A8');
    const folder = { id: 'F1', displayName: 'Inbox', childFolderCount: 0 };
    const changed = { '@odata.type': '#microsoft.graph.message', id: 'A9' };
    assert.deepEqual(countOutcomes([mapDocument(outlookGraph, [folder, changed])]), { ignored: 2 });
    assert.throws(() => mapDocument(outlookGraph, { error: { code: 'gone' } }), /an error of the API/);
  });

  it('knows what stands in the folder of sent mail as ours', () => {
    const page = { value: [{ ...mail, from: mail.toRecipients[0], toRecipients: [mail.from] }] };
    const given = { via: 'pull', headers: { folder: 'sentitems' } } as const;
    const [said] = of(mapDocument(outlookGraph, page, given).facts, 'utterance');
    assert.equal(said!.role, 'agent');
  });
});

describe('outlook-graph, real payloads', withPayloads('email-outlook-graph'), () => {
  const mapped = payloadNames('email-outlook-graph').flatMap((name) =>
    mapBytes(outlookGraph, readPayload('email-outlook-graph', name), 'json', {
      settings: { ownAddresses: ['apinangodev@outlook.com'] },
    }),
  );

  it('maps every message', () => assert.deepEqual(countOutcomes(mapped), { drop: 1, ok: 12 }));

  it('cuts off the mail that an answer repeats', () => {
    const answers = mapped.flatMap(({ facts }) => of(facts, 'utterance')).filter(({ role }) => role === 'agent');
    assert.ok(answers.every(({ text }) => text === 'Thank you for your email. This is a test reply from Nango.'));
    assert.ok(answers.every(({ visibility }) => visibility === 'internal'));
  });
});

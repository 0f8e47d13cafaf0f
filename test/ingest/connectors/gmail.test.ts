import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gmail } from '../../../ingest/connectors/gmail/gmail.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('gmail', () => {
  const { facts, outcomes } = mapFixture(gmail, 'thread.json');
  const [question, answer] = of(facts, 'utterance');

  it('decodes the words, without what they quote', () => {
    assert.deepEqual(
      [question!.role, question!.text, question!.nativeId],
      ['customer', 'Where is it?', 'a1@example.net'],
    );
    assert.equal(question!.occurredAt!.toISOString(), '2026-01-01T10:00:00.123Z');
    assert.deepEqual(question!.media, [{ mediaId: 'att1', name: 'a.png', mimeType: 'image/png', byteSize: 12 }]);
    assert.equal(of(facts, 'thread')[0]!.subject, 'Parcel');
  });

  it('knows sent mail as ours and takes the opening words only until the whole mail comes', () => {
    assert.deepEqual([answer!.role, answer!.text, answer!.version], ['agent', 'On its way & soon', 0]);
    assert.equal(answer!.replyToId, question!.id);
    assert.equal(
      of(facts, 'participant').filter(({ handleId }) => handleId === recordId('handle', 'email', 'jo@example.net'))
        .length,
      2,
    );
  });

  it('drops drafts, and what is only removed from the mailbox', () => {
    assert.match(outcomes[2]!.reason!, /draft/);
    assert.equal(mapFixture(gmail, 'history.json').outcomes[0]!.status, 'drop');
  });

  it('reads the mail as it was sent (format=raw)', () => {
    const mail = 'From: Jo <jo@example.net>\r\nTo: shop@example.com\r\nMessage-ID: <a9@example.net>\r\n\r\nHello';
    const raw = Buffer.from(mail).toString('base64url');
    const document = { id: 'm9', threadId: 't9', internalDate: '1767261600123', labelIds: ['INBOX'], raw };
    const [said] = of(mapDocument(gmail, document).facts, 'utterance');
    assert.deepEqual([said!.nativeId, said!.role, said!.text], ['a9@example.net', 'customer', 'Hello']);
  });

  it('reads UTF-8 whatever character set the part was sent in, and all parts of a message that a picture divides', () => {
    const data = (text: string) => ({ data: Buffer.from(text).toString('base64url') });
    const header = { name: 'Content-Type', value: 'text/plain; charset="iso-8859-1"' };
    const text = (words: string) => ({ mimeType: 'text/plain', filename: '', headers: [header], body: data(words) });
    const picture = { mimeType: 'image/png', filename: 'a.png', body: { attachmentId: 'att1', size: 12 } };
    const payload = { mimeType: 'multipart/mixed', parts: [text('Où est-il ?'), picture, text('Merci')] };
    const document = { id: 'm9', threadId: 't9', internalDate: '1767261600123', labelIds: ['INBOX'], payload };
    const [said] = of(mapDocument(gmail, document).facts, 'utterance');
    assert.deepEqual([said!.text, said!.media!.length], ['Où est-il ?\n\nMerci', 1]);
    const latin = {
      ...payload,
      parts: [{ ...text(''), body: { data: Buffer.from('Où', 'latin1').toString('base64url') } }],
    };
    assert.equal(of(mapDocument(gmail, { ...document, payload: latin }).facts, 'utterance')[0]!.text, 'Où');
  });

  it('ignores what holds no message: an empty page, what a push says, lists of threads, drafts and labels', () => {
    const thread = { id: 't1', snippet: 'Where is it?', historyId: '7' };
    const push = { emailAddress: 'shop@example.com', historyId: '7' };
    const draft = { id: 'r1', message: { id: 'm1', threadId: 't1' } };
    const label = { id: 'INBOX', name: 'INBOX', type: 'system' };
    const lists = [{ threads: [thread], resultSizeEstimate: 1 }, { drafts: [draft] }, draft, { labels: [label] }];
    for (const document of [{ resultSizeEstimate: 0 }, push, ...lists])
      assert.equal(mapDocument(gmail, document).outcomes[0]!.status, 'ignored');
    assert.throws(() => mapDocument(gmail, { error: { code: 404 } }), /an error of the API/);
  });

  it('takes nobody for a customer who only tells that a mail did not arrive', () => {
    const { facts: told } = mapFixture(gmail, 'bounce.json');
    const [said] = of(told, 'utterance');
    assert.deepEqual([said!.role, said!.isAutomatic, said!.text], ['system', true, 'Address not found']);
    assert.deepEqual(of(told, 'participant'), []);
  });

  it('says of our mail that it did not arrive, where the report names who could not be reached', () => {
    const { facts: told } = mapFixture(gmail, 'undelivered.json');
    const [failed] = of(told, 'event');
    assert.deepEqual([failed!.kind, failed!.value], ['failed', '5.1.1 nobody@example.net']);
    assert.equal(failed!.utteranceId, recordId('utterance', 'gmail', 'b2@example.com'));
    const head = (subject: string) => ({
      mimeType: 'multipart/report',
      headers: Object.entries({
        From: 'mailer-daemon@googlemail.com',
        Subject: `Delivery Status Notification (${subject})`,
        'In-Reply-To': '<b2@example.com>',
        'X-Failed-Recipients': 'nobody@example.net',
      }).map(([name, value]) => ({ name, value })),
      parts: [{ mimeType: 'message/delivery-status', filename: '', body: { attachmentId: 'x', size: 9 } }],
    });
    const kinds = ['Failure', 'Delay'].map((subject) => {
      const mail = { id: 'm9', threadId: 't9', internalDate: '1767261700000', payload: head(subject) };
      return of(mapDocument(gmail, mail).facts, 'event').map(({ kind }) => kind);
    });
    assert.deepEqual(kinds, [['failed'], []]);
  });

  it('takes nobody to have said what a program writes when a mail was read', () => {
    const mail =
      'From: jo@example.net\r\nContent-Type: multipart/report; report-type=disposition-notification\r\n\r\nRead';
    const document = { id: 'm9', threadId: 't9', internalDate: '1', raw: Buffer.from(mail).toString('base64url') };
    const { facts: told } = mapDocument(gmail, document);
    assert.deepEqual([of(told, 'utterance')[0]!.role, of(told, 'participant').length], ['system', 0]);
  });

  it('takes who filled in a form for its sender, not the form service', () => {
    const mail = 'From: form-submission@forms.example\r\nReply-To: jo@example.net\r\nTo: help@example.com\r\n\r\nHi';
    const document = { id: 'm9', threadId: 't9', internalDate: '1', raw: Buffer.from(mail).toString('base64url') };
    const { facts: told } = mapDocument(gmail, document);
    assert.deepEqual(
      of(told, 'participant').map(({ handleId }) => handleId),
      [recordId('handle', 'email', 'jo@example.net')],
    );
  });

  it('takes our answer for ours, also where answers to it go to a helpdesk elsewhere', () => {
    const mail = 'From: help@example.com\r\nReply-To: x7@helpdesk.example\r\nTo: jo@example.net\r\n\r\nHi';
    const document = { id: 'm9', threadId: 't9', internalDate: '1', raw: Buffer.from(mail).toString('base64url') };
    const given = mapDocument(gmail, document, { settings: { ownDomains: ['example.com'] } });
    assert.equal(of(given.facts, 'utterance')[0]!.role, 'agent');
  });

  it('takes what people write to a group for written by people', () => {
    const mail =
      'From: jo@example.net\r\nPrecedence: list\r\nList-Id: <help.example.com>\r\nX-Google-Group-Id: 1\r\n\r\nHi';
    const document = { id: 'm9', threadId: 't9', internalDate: '1', raw: Buffer.from(mail).toString('base64url') };
    assert.equal(of(mapDocument(gmail, document).facts, 'utterance')[0]!.isAutomatic, false);
  });

  it('takes neither a machine nor a mailbox of several people for an agent', () => {
    const agents = (from: string, header = 'X-Mailer: m') => {
      const mail = `From: ${from}\r\nTo: jo@example.net\r\n${header}\r\n\r\nHi`;
      const document = { id: 'm9', threadId: 't9', internalDate: '1', raw: Buffer.from(mail).toString('base64url') };
      return of(mapDocument(gmail, { ...document, labelIds: ['SENT'] }).facts, 'agent').length;
    };
    assert.deepEqual([agents('ana.lee@example.com'), agents('support@example.com')], [1, 0]);
    assert.equal(agents('ana.lee@example.com', 'Auto-Submitted: auto-replied'), 0);
  });

  it('takes a form mailer of ours for whoever it names in Reply-To', () => {
    const { facts: told } = mapFixture(gmail, 'form.json', { ownDomains: ['example.com'] });
    const [said] = of(told, 'utterance');
    assert.deepEqual([said!.role, said!.handleId], ['customer', recordId('handle', 'email', 'jo@example.net')]);
    assert.deepEqual(of(told, 'agent'), []);
  });
});

describe('gmail, real payloads', withPayloads('email-gmail-api'), () => {
  const mapped = payloadNames('email-gmail-api').flatMap((name) =>
    mapBytes(gmail, readPayload('email-gmail-api', name), 'json'),
  );

  it('maps both messages: a mailing, and one we sent', () => {
    assert.deepEqual(countOutcomes(mapped), { ok: 2 });
    const said = mapped.flatMap(({ facts }) =>
      of(facts, 'utterance').map(({ role, isAutomatic }) => [role, isAutomatic]),
    );
    assert.deepEqual(said, [
      ['customer', true],
      ['agent', false],
    ]);
  });
});

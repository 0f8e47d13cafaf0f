import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { email } from '../../../ingest/connectors/email.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { assertReasons, mapBytes, of, payloadNames, readPayload, receivedAt, withPayloads } from './real-payloads.ts';

const settings = { ownDomains: ['shop.example.com'] };
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures/email', name));
const facts = (name: string) => mapBytes(email, fixture(name), 'eml', { settings })[0]!.facts;
const thread = (id: string) => recordId('thread', 'email', id);
const utterance = (id: string) => recordId('utterance', 'email', id);

describe('email', () => {
  it('reads a customer message: who, when, which words, what is attached', () => {
    const given = facts('question.eml');
    const [said] = of(given, 'utterance');
    assert.equal(said!.nativeId, 'q1@mail.example.net');
    assert.equal(said!.role, 'customer');
    assert.equal(said!.occurredAt!.toISOString(), '2026-03-02T09:15:00.000Z');
    assert.equal(
      said!.text,
      'Hello,\n\nmy parcel has not arrived in München, and I waited two weeks for it.\n\nRegards, Jürgen',
    );
    assert.match(said!.sourceText!, /Musterweg 1$/);
    assert.deepEqual(said!.textSpans, [[0, 0, said!.text!.length]]);
    assert.deepEqual(said!.media![0], {
      mimeType: 'image/png',
      name: 'label.png',
      byteSize: 8,
      sha256: '4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6',
    });
    assert.equal(of(given, 'thread')[0]!.direction, 'inbound');
  });

  it('counts one person as the customer: a neighbour in Cc is somebody else', () => {
    const given = facts('question.eml');
    const customers = of(given, 'participant').filter(({ role }) => role === 'customer');
    assert.deepEqual(
      customers.map(({ handleId }) => handleId),
      [recordId('handle', 'email', 'juergen@example.net')],
    );
  });

  it('tells an answer of ours by its domain, and drops the quoted message from HTML', () => {
    const given = facts('answer.eml');
    const [said] = of(given, 'utterance');
    assert.equal(said!.role, 'agent');
    assert.equal(said!.text, 'Dear Jürgen,\n\nit left our warehouse today.');
    assert.equal(said!.replyToId, utterance('q1@mail.example.net'));
    assert.deepEqual(of(given, 'agent')[0]!.name, 'Ada Agent');
    assert.equal(of(given, 'thread')[0]!.direction, 'outbound');
  });

  it('takes a person of ours for an agent, but neither a general mailbox nor a machine', () => {
    const agentsOf = (from: string, header = '') => {
      const text = fixture('answer.eml')
        .toString('latin1')
        .replace(/^From:.*$/m, `From: ${from}${header}`);
      const given = mapBytes(email, Buffer.from(text, 'latin1'), 'eml', { settings })[0]!.facts;
      assert.equal(of(given, 'utterance')[0]!.role, 'agent');
      return of(given, 'agent').map(({ name }) => name);
    };
    assert.deepEqual(agentsOf('Ada Agent <ada@shop.example.com>'), ['Ada Agent']);
    assert.deepEqual(agentsOf('Shop Help <help@shop.example.com>'), []);
    assert.deepEqual(agentsOf('Shop <customer.care+returns@shop.example.com>'), []);
    assert.deepEqual(agentsOf('Ada Agent <ada@shop.example.com>', '\nAuto-Submitted: auto-replied'), []);
  });

  it('links replies in whatever order they come, by In-Reply-To, References and ticket token', () => {
    const links = (name: string) =>
      of(facts(name), 'link').map(({ otherThreadId, evidence }) => [evidence, otherThreadId]);
    assert.deepEqual(links('answer.eml'), [
      ['in-reply-to', thread('q1@mail.example.net')],
      ['references', thread('q1@mail.example.net')],
      ['ticket-token', thread('token/4711/juergen@example.net')],
    ]);
    assert.ok(links('thanks.eml').some(([, id]) => id === thread('token/4711/juergen@example.net')));
  });

  it('does not link by References alone under a new subject', () => {
    assert.deepEqual(of(facts('new-topic.eml'), 'link'), []);
  });

  it('trims the quoted answer and the note of the device', () => {
    assert.equal(of(facts('thanks.eml'), 'utterance')[0]!.text, 'It came. Thank you!');
  });

  it('takes the same words in another form for no attachment', () => {
    const part = (type: string, words: string) => `--b\r\nContent-Type: ${type}\r\n\r\n${words}\r\n`;
    const parts = [
      part('text/plain', 'Hello'),
      part('text/x-amp-html', '<p>Hello</p>'),
      part('text/html', '<p>Hello</p>'),
    ];
    const head = 'From: jo@example.net\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n';
    const [said] = of(mapBytes(email, Buffer.from(`${head}${parts.join('')}--b--`), 'eml')[0]!.facts, 'utterance');
    assert.deepEqual([said!.text, said!.media], ['Hello', undefined]);
  });

  it('takes what a group of ours sends in its own name for said by who wrote it', () => {
    const headers = [
      'From: "Jo via Help" <help@shop.example.com>',
      'Reply-To: help@shop.example.com',
      'X-Original-From: Jo <jo@example.net>',
      'To: help@shop.example.com',
    ];
    const mail = Buffer.from(`${headers.join('\r\n')}\r\n\r\nHello`);
    const [said] = of(mapBytes(email, mail, 'eml', { settings })[0]!.facts, 'utterance');
    assert.deepEqual([said!.role, said!.handleId], ['customer', recordId('handle', 'email', 'jo@example.net')]);
  });

  it('takes what people write to a group for written by people, and a mailing list’s own mail not', () => {
    const mail = (headers: string) =>
      Buffer.from(`From: jo@example.net\r\nPrecedence: list\r\n${headers}\r\n\r\nHello`);
    const isAutomatic = (headers: string) =>
      of(mapBytes(email, mail(headers), 'eml', { settings })[0]!.facts, 'utterance')[0]!.isAutomatic;
    assert.equal(isAutomatic('X-Google-Group-Id: 123456'), false);
    assert.equal(isAutomatic('List-Id: <news.example.net>'), true);
  });

  it('marks an out-of-office note as automatic, still of the customer', () => {
    const [said] = of(facts('out-of-office.eml'), 'utterance');
    assert.deepEqual([said!.role, said!.isAutomatic], ['customer', true]);
    assert.equal(of(facts('question.eml'), 'utterance')[0]!.isAutomatic, false);
  });

  it('states a bounce on the message that failed, for the recipients that failed', () => {
    const given = facts('bounce.eml');
    assert.deepEqual([of(given, 'utterance')[0]!.role, of(given, 'utterance')[0]!.isAutomatic], ['system', true]);
    const failed = of(given, 'event');
    assert.deepEqual(
      failed.map(({ kind, value, threadId, utteranceId }) => ({ kind, value, threadId, utteranceId })),
      [
        {
          kind: 'failed',
          value: '5.2.2 juergen@example.net',
          threadId: thread('a1@shop.example.com'),
          utteranceId: utterance('a1@shop.example.com'),
        },
      ],
    );
    assert.equal(of(given, 'link')[0]!.otherThreadId, thread('a1@shop.example.com'));
  });

  it('states a bounce without the mail it returns on the one that it answers', () => {
    const report = [
      'From: postmaster@example.net',
      'Message-ID: <n1@example.net>',
      'In-Reply-To: <a1@shop.example.com>',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Final-Recipient: rfc822; jo@example.net',
      'Action: failed',
      '--b--',
    ];
    const [failed] = of(mapBytes(email, Buffer.from(report.join('\r\n')), 'eml', { settings })[0]!.facts, 'event');
    assert.deepEqual([failed!.kind, failed!.utteranceId], ['failed', utterance('a1@shop.example.com')]);
  });

  it('states a read receipt on the message that was read', () => {
    const [read] = of(facts('read-receipt.eml'), 'event');
    assert.deepEqual([read!.kind, read!.utteranceId], ['read', utterance('a1@shop.example.com')]);
  });

  it('hears the visitor behind a form mailer of ours', () => {
    const given = facts('form.eml');
    const [said] = of(given, 'utterance');
    assert.deepEqual([said!.role, said!.text], ['customer', '日本語でクレームがあります。']);
    assert.equal(said!.handleId, recordId('handle', 'email', 'mia@example.org'));
  });

  it('reads an mbox; a junk date falls back to the time of receipt, a missing id to a hash', () => {
    const [first, second] = mapBytes(email, fixture('archive.mbox'), 'mbox', { settings });
    assert.equal(of(first!.facts, 'utterance')[0]!.text, 'First message.');
    const [said] = of(second!.facts, 'utterance');
    assert.equal(said!.text, 'From the second message.');
    assert.deepEqual([said!.timePrecision, said!.nativeTime, said!.occurredAt], ['receipt', 'soon', receivedAt]);
    assert.match(said!.nativeId, /^hash-[0-9a-f]{32}$/);
  });

  it('keeps a report of a kind it does not know', () => {
    assert.deepEqual(mapBytes(email, fixture('unknown.eml'), 'eml')[0]!.outcomes, [
      { nativeKind: 'report.feedback-report', status: 'unknown' },
    ]);
  });

  it('takes who filled in a form for its sender, and neither the form service nor a list for a person', () => {
    const handles = (...headers: string[]) => {
      const mail = [...headers, 'To: help@shop.example.com', 'Message-ID: <s9@example.net>', '', 'Hello'].join('\r\n');
      const given = mapBytes(email, Buffer.from(mail), 'eml', { settings })[0]!.facts;
      const customers = of(given, 'participant').flatMap(({ role, handleId }) =>
        role === 'customer' ? [handleId] : [],
      );
      return of(given, 'handle').flatMap(({ id, value }) => (customers.includes(id) ? [value] : []));
    };
    assert.deepEqual(handles('From: noreply@forms.example', 'Reply-To: jo@example.net'), ['jo@example.net']);
    assert.deepEqual(handles('From: jo@example.net', 'Reply-To: talk@list.example', 'List-Id: <talk.list.example>'), [
      'jo@example.net',
    ]);
    assert.deepEqual(handles('From: jo@example.net', 'Reply-To: info@example.net'), ['jo@example.net']);
    assert.deepEqual(handles('From: jo@example.net', 'Reply-To: jo@home.example').toSorted(), [
      'jo@example.net',
      'jo@home.example',
    ]);
  });

  it('takes our answer for ours, also where answers to it go to a helpdesk elsewhere', () => {
    const mail = [
      'From: Shop <support@shop.example.com>',
      'Reply-To: Shop <shop+id7@helpdesk.example>',
      'To: jo@example.net',
      'Message-ID: <r9@shop.example.com>',
      'Date: Wed, 4 Mar 2026 07:00:00 GMT',
      '',
      'It left today.',
    ].join('\r\n');
    const given = mapBytes(email, Buffer.from(mail), 'eml', { settings })[0]!.facts;
    assert.equal(of(given, 'utterance')[0]!.role, 'agent');
    assert.equal(of(given, 'thread')[0]!.direction, 'outbound');
  });

  it('leaves out how mail in our name was encrypted on its way', () => {
    const report = 'From: a@example.net\r\nContent-Type: multipart/report; report-type=tlsrpt; boundary=b\r\n\r\n--b--';
    assert.equal(mapBytes(email, Buffer.from(report), 'eml')[0]!.outcomes[0]!.status, 'ignored');
  });

  it('reads a report about addresses that are not in ASCII (RFC 6533)', () => {
    const report = [
      'From: postmaster@mail.example.net',
      'To: support@shop.example.com',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      '',
      'Not delivered.',
      '--b',
      'Content-Type: message/global-delivery-status',
      '',
      'Reporting-MTA: dns; mail.example.net',
      '',
      'Final-Recipient: utf-8; jö@example.net',
      'Action: failed',
      'Status: 5.1.1',
      '--b--',
    ].join('\r\n');
    const given = mapBytes(email, Buffer.from(report), 'eml')[0]!.facts;
    assert.equal(of(given, 'event')[0]!.value, '5.1.1 jö@example.net');
    assert.equal(of(given, 'utterance')[0]!.media, undefined);
  });

  it('rejects bytes that are no e-mail', () => {
    const [mapped] = mapBytes(email, Buffer.from('hello there'), 'eml');
    assert.equal(mapped!.outcomes[0]!.status, 'reject');
  });
});

describe('email, real messages', withPayloads('email'), () => {
  const read = (name: string) => mapBytes(email, readPayload('email', name), 'eml')[0]!;
  const said = (name: string) => of(read(`mail-${name}.eml`).facts, 'utterance')[0]!;

  it('maps every one', () => {
    const mapped = payloadNames('email').map(read);
    assertReasons(mapped);
    for (const { outcomes, facts: given } of mapped) {
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['ok'],
      );
      assert.equal(of(given, 'thread')[0]!.channel, 'email');
      assert.ok(!/\ufffd|Content-Type:|=3D"/.test(of(given, 'utterance')[0]!.text ?? ''));
    }
  });

  it('reads odd character sets', () => {
    assert.equal(said('multi-charset-ks-c-5601-1987').text, '스티해');
    assert.match(said('multi-charset-japanese-shift-jis').text!, /^あいうえお\n\nこのメールはテスト用のメールです/);
    assert.match(said('plain-raw-email-string-in-date-field').text!, /^대부분의 마찬가지로/);
    assert.equal(
      of(read('mail-error-invalid-subject-characters.eml').facts, 'thread')[0]!.subject?.slice(0, 20),
      'Formação FrenetikPol',
    );
  });

  it('keeps attachments apart from words', () => {
    const only = said('attachment-attachment-only-email');
    assert.deepEqual([only.text, only.media!.length, only.media![0]!.name], [undefined, 1, 'blah.gz']);
    assert.equal(said('attachment-attachment-message-rfc822').media![0]!.mimeType, 'message/rfc822');
    assert.equal(said('error-missing-body').text, undefined);
  });

  it('takes the time of the Date header, else of the newest Received header', () => {
    assert.equal(said('error-bad-date-header2').occurredAt!.toISOString(), '2010-12-15T06:59:10.000Z');
    assert.equal(said('plain-raw-email-with-bad-date').occurredAt!.toISOString(), '2007-11-05T09:17:37.000Z');
    assert.equal(said('rfc2822-example10').occurredAt!.toISOString(), '1969-02-14T03:02:00.000Z');
    assert.equal(said('rfc2822-example13').nativeId, said('rfc2822-example12').nativeId);
  });

  it('finds every failed recipient of a bounce', () => {
    const { facts: given } = read('mail-multipart-report-multi-address-bounce2.eml');
    assert.equal(of(given, 'event').filter(({ kind }) => kind === 'failed').length, 5);
    assert.equal(of(given, 'participant').filter(({ role }) => role === 'customer').length, 0);
  });
});

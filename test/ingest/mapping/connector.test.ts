import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Store } from '../../../data/store.ts';
import { deleteOfThreads } from '../../../ingest/delete-threads.ts';
import { mergeFacts } from '../../../ingest/merge.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapBytes, of } from '../connectors/real-payloads.ts';
import { example, fixtureFolder, mapped, run, samplePath } from './mapped.ts';

const message = (more: string): string => `kinds:
  - is: message
    id: id
    conversation: thread
    role: {path: by, lookup: {c: customer, a: agent}}
    text: text
${more}`;

describe('a mapped source', () => {
  const [{ facts, outcomes }] = mapBytes(example, readFileSync(samplePath), 'json') as [ReturnType<typeof run>];

  it('says what its messages say: who, when, to whom, and their files', () => {
    const [first, answer] = of(facts, 'utterance');
    assert.deepEqual(
      [first!.role, first!.text, first!.occurredAt, first!.timePrecision],
      ['customer', 'Where is my parcel?', new Date('2026-03-02T09:00:00.250Z'), 'millisecond'],
    );
    assert.deepEqual(first!.media, [{ mediaId: 'f-1', name: 'label.png', mimeType: 'image/png', byteSize: 2048 }]);
    assert.deepEqual([answer!.role, answer!.text], ['agent', 'Out for delivery & due today.']);
    assert.equal(answer!.replyToId, first!.id);
    assert.equal(answer!.agentId, of(facts, 'agent')[0]!.id);
    assert.equal(answer!.handleId, undefined);
  });

  it('reads fields of the document around a unit, and numbers of a country', () => {
    assert.equal(of(facts, 'thread').find(({ account }) => account)!.account, 'parcels-eu');
    assert.ok(of(facts, 'handle').some(({ type, value }) => type === 'phone' && value === '+4930901820'));
    assert.ok(of(facts, 'profile').length > 0);
  });

  it('reads local times in the zone of the mapping, and measures with their unit', () => {
    const [queued, answered] = of(facts, 'event');
    assert.deepEqual([queued!.kind, queued!.occurredAt], ['queued', new Date('2026-03-02T09:00:05Z')]);
    assert.equal(answered!.queueId, of(facts, 'queue')[0]!.id);
    const { name, value, unit } = of(facts, 'measure')[0]!;
    assert.deepEqual([name, value, unit], ['queue_wait_seconds', 90, 'second']);
  });

  it('tells how a public post concerns the company', () => {
    const post = run(message('    mention: {path: how, lookup: {tag: mention, answer: reply}}\n'), {
      id: '1',
      thread: 't',
      by: 'c',
      text: 'Third week without my parcel, thanks @shop',
      how: 'tag',
    });
    assert.equal(of(post.facts, 'thread')[0]!.mention, 'mention');
  });

  it('ties a rating to its conversation', () => {
    const [rating] = of(facts, 'survey');
    assert.deepEqual([rating!.kind, rating!.score, rating!.scaleMax, rating!.comment], ['csat', 4, 5, 'Quick answer']);
    assert.equal(rating!.threadId, of(facts, 'thread').find(({ nativeId }) => nativeId === '9001')!.id);
  });

  it('counts what it ignores, and refuses with a reason what it cannot read', () => {
    assert.deepEqual(outcomes[4], { nativeKind: 'typing', status: 'ignored' });
    assert.deepEqual(outcomes[6], {
      nativeKind: 'message.created',
      status: 'reject',
      reason: 'invalid time: soon; expected a time of the form epoch_milliseconds',
    });
  });

  it('blanks a conversation that was deleted, with all that was and will be said in it', async () => {
    const gone = mapBytes(example, readFileSync(join(fixtureFolder, 'conversation-removed.json')), 'json')[0]!.facts;
    assert.deepEqual(of(gone, 'thread')[0]!.deletedAt, new Date('2026-03-02T11:00:00Z'));
    const said = facts.filter((fact) => 'threadId' in fact && fact.threadId === of(gone, 'thread')[0]!.id);
    for (const batches of [
      [said, gone],
      [gone, said],
    ]) {
      const store = await Store.open();
      for (const batch of batches)
        await store.transaction(async (session) => {
          await mergeFacts(session, batch);
          await deleteOfThreads(session);
        });
      assert.deepEqual(await store.all('select distinct text, deleted_at from core.utterance'), [
        { text: null, deleted_at: new Date('2026-03-02T11:00:00Z') },
      ]);
      await store.close();
    }
  });

  it('never takes a deleted message without an id for its whole conversation', () => {
    const lines = 'kinds: [{is: delete, id: message, conversation: thread}]';
    const { facts: none, outcomes: refused } = run(lines, { thread: 2, message_id: 5 });
    assert.deepEqual(none, []);
    assert.match(refused[0]!.reason!, /missing id; expected it at message/);
  });

  it('refuses a word that no lookup has, and takes what it says otherwise', () => {
    const unit = { id: 1, thread: 2, by: 'robot', text: 'Hi' };
    assert.match(run(message(''), unit).outcomes[0]!.reason!, /invalid role: robot; expected a word of its lookup/);
    const lenient = message('').replace('agent}}', 'agent}, otherwise: bot}');
    assert.equal(of(run(lenient, unit).facts, 'utterance')[0]!.role, 'bot');
  });

  it('walks through lists within lists, and reaches up from a unit', () => {
    const lines = `units: chats.messages\n${message('').replace('thread', '^.key').replace('id: id', "id: {template: '{^.key}/{n}'}")}`;
    const document = {
      chats: [
        { key: 'a', messages: [{ n: 1, by: 'c', text: 'One' }] },
        { key: 'b', messages: [{ n: 1, by: 'a', text: 'Two' }] },
      ],
    };
    assert.deepEqual(
      of(run(lines, document).facts, 'utterance').map(({ nativeId, role }) => [nativeId, role]),
      [
        ['a/1', 'customer'],
        ['b/1', 'agent'],
      ],
    );
    assert.deepEqual(
      of(run(lines, document).facts, 'thread').map(({ nativeId }) => nativeId),
      ['a', 'b'],
    );
  });

  it('links a conversation to the one it goes on, and knows when spoken words end', () => {
    const lines = message(
      '    linkedTo: from\n    time: {path: at, time: epoch_seconds}\n    until: {path: end, time: epoch_seconds}',
    );
    const { facts: found } = run(lines, {
      id: 1,
      thread: 2,
      from: 3,
      by: 'c',
      text: 'Hi',
      at: 1772442000,
      end: 1772442003,
    });
    const { threadId, otherThreadId } = of(found, 'link')[0]!;
    assert.deepEqual(
      [threadId, otherThreadId],
      [2, 3].map((id) => recordId('thread', 'desk', id)),
    );
    assert.equal(of(found, 'utterance')[0]!.endAt!.getTime() - of(found, 'utterance')[0]!.occurredAt!.getTime(), 3000);
  });

  it('loses no element of a list in silence', () => {
    const lines = `units: messages\n${message('')}`;
    const given = [{ messages: [{ id: 1, thread: 2, by: 'c', text: 'Hi' }] }, { other: true }];
    assert.deepEqual(
      run(lines, given).outcomes.map(({ nativeKind, status }) => [nativeKind, status]),
      [
        ['message', 'ok'],
        ['without messages', 'unknown'],
      ],
    );
  });

  it('keeps ids longer than a number can hold, and columns whose names have dots', () => {
    const lines = message('').replace('id: id', 'id: message.id');
    const body = new TextEncoder().encode('{"message.id": 12345678901234567890, "thread": 1, "by": "c", "text": "Hi"}');
    const [{ facts: found }] = mapBytes(mapped(lines), body, 'json') as [ReturnType<typeof run>];
    assert.equal(of(found, 'utterance')[0]!.nativeId, '12345678901234567890');
  });
});

describe('a mapped survey', () => {
  it('can be about a conversation of another source', () => {
    const lines = `kinds:
  - is: survey
    id: response
    time: at
    conversation: {template: 'ticket/{ticket}'}
    conversationSource: {value: zendesk}
    answers: [{survey: nps, score: score, from: 0, to: 10, comment: why}]`;
    const given = { response: 1, at: '2026-03-02T09:04:00Z', ticket: 55, score: '9', why: 'Fast' };
    const [survey] = of(run(lines, given).facts, 'survey');
    assert.equal(survey!.threadId, recordId('thread', 'zendesk', 'ticket/55'));
    assert.match(run(lines, { ...given, score: 11 }).outcomes[0]!.reason!, /invalid score: 11; expected 0 to 10/);
  });
});

describe('mapped records of a CRM', () => {
  const { facts } = mapBytes(example, readFileSync(join(fixtureFolder, 'changed.json')), 'json')[0]!;

  it('say who a person is, by which addresses, and of which company', () => {
    const person = of(facts, 'person')[0]!;
    const company = of(facts, 'account')[0]!;
    assert.deepEqual([person.name, person.language, person.accountIds], ['Ada Stone', 'en-GB', [company.id]]);
    assert.equal(person.handleId, of(facts, 'handle').find(({ type }) => type === 'contact_id')!.id);
    assert.equal(of(facts, 'profile').length, 2);
    assert.deepEqual([company.name, company.domains], ['Stone Works', ['stone.example.com']]);
  });
});

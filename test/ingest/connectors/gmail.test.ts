import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gmail } from '../../../ingest/connectors/gmail.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

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

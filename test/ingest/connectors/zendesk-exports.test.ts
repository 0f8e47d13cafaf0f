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
});

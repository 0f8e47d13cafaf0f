import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { servicenow } from '../../../ingest/connectors/servicenow/servicenow.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('servicenow', () => {
  const { facts } = mapFixture(servicenow, 'records.json');

  it('reads an incident: times without a zone as UTC, states and priorities by number', () => {
    const [thread] = of(facts, 'thread');
    assert.deepEqual(
      [thread!.channel, thread!.status, thread!.priority, thread!.startedAt!.toISOString()],
      ['portal', 'solved', 'high', '2026-01-01T10:00:00.000Z'],
    );
    assert.deepEqual(
      of(facts, 'event').map(({ kind, occurredAt }) => [kind, occurredAt.toISOString()]),
      [
        ['started', '2026-01-01T10:00:00.000Z'],
        ['solved', '2026-01-01T11:30:00.000Z'],
      ],
    );
  });

  it('keeps notes internal and leaves the author of a comment to the thread', () => {
    const said = of(facts, 'utterance').map(({ role, text, visibility }) => [role, text, visibility]);
    assert.deepEqual(said, [
      ['customer', 'I get no mail', 'public'],
      [undefined, 'Any news?', 'public'],
      ['agent', 'Mail server is down', 'internal'],
    ]);
    const author = of(facts, 'utterance')[1]!.handleId;
    assert.ok(of(facts, 'profile').some(({ otherHandleId }) => otherHandleId === author));
  });

  it('takes empty text as no number', () => {
    const measures = of(facts, 'measure').map(({ name, value, unit }) => `${name} ${value} ${unit}`);
    assert.deepEqual(measures, [
      'servicenow.full_resolution_business 3600 second',
      'servicenow.full_resolution_calendar 5400 second',
      'reopen_count 1 count',
    ]);
  });
});

describe('servicenow, real payloads', withPayloads('servicenow'), () => {
  const mapped = payloadNames('servicenow').flatMap((name) =>
    mapBytes(servicenow, readPayload('servicenow', name), 'json'),
  );

  it('maps every incident', () => {
    assert.deepEqual(countOutcomes(mapped), { ok: 76 });
  });

  it('does not call an incident closed that has a closing time but is in progress', () => {
    const open = of(
      mapped.flatMap(({ facts }) => facts),
      'thread',
    ).filter(({ status }) => status === 'open');
    const solved = new Set(
      of(
        mapped.flatMap(({ facts }) => facts),
        'event',
      ).flatMap(({ kind, threadId }) => (kind === 'solved' ? [threadId] : [])),
    );
    assert.ok(open.length > 5 && open.every(({ id }) => !solved.has(id)));
  });
});

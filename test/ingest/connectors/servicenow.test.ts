import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Store } from '../../../data/store.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { config, effects, land } from '../../transforms/land.ts';
import { servicenow } from '../../../ingest/connectors/servicenow/servicenow.ts';
import { mapFixture } from './fixture.ts';
import { mapDocument, countOutcomes, mapBytes, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

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

  it('finds the ids of people where values are for display, and takes no name for an id', () => {
    const mapped = mapFixture(servicenow, 'display.json');
    const people = of(mapped.facts, 'handle').map(({ type, value }) => [type, value]);
    assert.deepEqual(people, [['contact_id', 'servicenow:681ccaf9c0a8016400b98a06818d57c7']]);
    assert.deepEqual(
      of(mapped.facts, 'agent').map(({ nativeId, name }) => [nativeId, name]),
      [['5137153cc611227c000bbd1bd8cd2007', 'David Loo']],
    );
    assert.deepEqual(
      of(mapped.facts, 'thread').map(({ status, priority, channel }) => [status, priority, channel]),
      [
        ['open', 'normal', 'email'],
        ['on_hold', 'urgent', 'voice'],
      ],
    );
    assert.ok(of(mapped.facts, 'utterance').every(({ isZoneKnown }) => isZoneKnown === false));
  });

  it('does not guess who wrote a record that names neither its way nor who opened it', () => {
    const record = {
      sys_id: 'b1',
      number: 'INC2',
      state: '2',
      opened_at: '2026-01-01 10:00:00',
      description: 'No mail',
    };
    const roles = [record, { ...record, contact_type: 'phone' }, { ...record, caller_id: 'u1', opened_by: 'u2' }].map(
      (given) => of(mapDocument(servicenow, { result: [given] }).facts, 'utterance')[0]!.role,
    );
    assert.deepEqual(roles, [undefined, 'agent', 'agent']);
  });

  it('finds the consumer of a case that has no contact, and the table by the number', () => {
    const record = {
      sys_id: 'b2',
      number: 'CS0001001',
      state: '3',
      contact: '',
      consumer: { link: 'https://dev.example.com/c', value: 'c9' },
      opened_at: '2026-01-01 10:00:00',
    };
    const mapped = mapDocument(servicenow, { result: [record] }).facts;
    assert.equal(of(mapped, 'thread')[0]!.status, 'closed');
    assert.deepEqual(
      of(mapped, 'handle').map(({ value }) => value),
      ['servicenow:c9'],
    );
    const states = [
      { number: 'INC1', state: '3' },
      { number: 'X1', state: '3' },
      { number: 'IMS1', state: 'closed_complete', sys_class_name: 'interaction' },
    ].map((given) => of(mapDocument(servicenow, { result: [{ ...record, ...given }] }).facts, 'thread')[0]!.status);
    assert.deepEqual(states, ['on_hold', undefined, 'closed']);
  });

  it('reads the words of a comment that has markup or came by e-mail', () => {
    const comment = (value: string) => ({
      sys_id: 'j9',
      element: 'comments',
      element_id: 'i9',
      sys_created_on: '2026-01-01 10:00:00',
      sys_created_by: 'jo',
      value,
    });
    const said = [
      '[code]<p>Tom &amp; Jo</p>[/code]',
      'reply from: jo@example.net\n\nStill down.\n\nOn Thu, 1 Jan 2026 at 09:00, Desk <it@example.com> wrote:\n> Better?',
      'reply from: jo',
      // Marks that are never closed, and what is no address.
      '[code][code]<p>Tom</p>[/code]',
      `reply from: ${'@'.repeat(9)}\n\nStill down.`,
    ].map((value) => of(mapDocument(servicenow, { result: [comment(value)] }).facts, 'utterance')[0]!.text);
    assert.deepEqual(said, [
      'Tom & Jo',
      'Still down.',
      'reply from: jo',
      '[code]Tom',
      `reply from: ${'@'.repeat(9)}\n\nStill down.`,
    ]);
  });

  it('takes the title of a chat for nothing said, and leaves out tables that repeat what a task holds', () => {
    const { facts: found, outcomes } = mapDocument(servicenow, {
      result: [
        {
          sys_id: 'i1',
          sys_class_name: 'interaction',
          number: 'IMS0000001',
          type: 'chat',
          state: 'closed_complete',
          short_description: 'Chat with Jo',
          opened_for: { link: 'https://example.com/u1', value: 'u1' },
          opened_at: '2026-01-01 10:00:00',
          sys_updated_on: '2026-01-01 10:20:00',
        },
        { sys_id: 'e1', type: 'received', subject: 'Help', recipients: 'desk@example.com' },
        { sys_id: 's1', task: 'i1', has_breached: 'false' },
      ],
    });
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['ok', 'ignored', 'ignored'],
    );
    assert.deepEqual([of(found, 'thread')[0]!.channel, of(found, 'utterance').length], ['chat', 0]);
    assert.equal(of(found, 'handle')[0]!.value, 'servicenow:u1');
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

it('learns from the directory who commented, whichever comes first', async () => {
  const task = {
    sys_class_name: 'incident',
    sys_id: 'i1',
    number: 'INC0010001',
    state: '2',
    caller_id: { value: 'u1', link: '' },
    opened_at: '2026-03-02 09:00:00',
    sys_created_on: '2026-03-02 09:00:00',
    sys_updated_on: '2026-03-02 09:00:00',
    short_description: 'Printer',
  };
  const comment = (sys_id: string, sys_created_by: string, minute: number) => ({
    sys_id,
    element_id: 'i1',
    element: 'comments',
    name: 'incident',
    value: `words of ${sys_created_by}`,
    sys_created_by,
    sys_created_on: `2026-03-02 09:${minute}:00`,
  });
  const user = (sys_id: string, user_name: string) => ({
    sys_id,
    user_name,
    name: user_name,
    sys_class_name: 'sys_user',
    sys_updated_on: '2026-01-01 00:00:00',
  });
  const said = mapDocument(servicenow, { result: [task, comment('c1', 'jo', 10), comment('c2', 'ada', 20)] }).facts;
  const users = mapDocument(servicenow, { result: [user('u1', 'jo'), user('u2', 'ada')] }).facts;
  for (const order of [
    [said, users],
    [users, said],
  ]) {
    const store = await Store.open();
    for (const facts of order) {
      await land(store, facts);
      await stitch(store, config(), effects);
    }
    const rows = await store.all<{ text: string; role: string }>(
      "select text, role from core.utterance where text like 'words%' order by occurred_at",
    );
    assert.deepEqual(rows, [
      { text: 'words of jo', role: 'customer' },
      { text: 'words of ada', role: 'agent' },
    ]);
    await store.close();
  }
});

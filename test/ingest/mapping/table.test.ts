import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectorOf } from '../../../ingest/mapping/connector.ts';
import { parseMapping } from '../../../ingest/mapping/file.ts';
import { mapBytes, of } from '../connectors/real-payloads.ts';

const calls = connectorOf(
  parseMapping(
    `name: old-exchange
title: Old telephone exchange
channel: voice
accepts: [csv]
timeZone: America/New_York
country: US
kinds:
  - is: conversation
    when: {Outcome: {exists: true}}
    conversation: Call No.
    time: {path: Started, time: M/d/yyyy h:mm a}
    ended: {path: Ended, time: M/d/yyyy h:mm a}
    direction: {path: Way, lookup: {I: inbound, O: outbound}}
    status: {path: Outcome, lookup: {OK: closed, LOST: abandoned}, otherwise: failed}
    tags: Labels
    agent: Ext
    customer: [{type: phone, value: Number}]
    media: {address: Recording, seconds: Talk, type: {value: audio/wav}}
    measures: [{name: wait_seconds, value: Wait, unit: second}]
`,
    'old-exchange.yaml',
  ),
);

describe('a mapped table', () => {
  const csv = `Call No.;Started;Ended;Way;Outcome;Labels;Ext;Number;Wait;Recording;Talk
17;3/2/2026 9:00 AM;3/2/2026 9:07 AM;I;OK;"billing, vip";204;(212) 555-0142;35;17.wav;380
18;3/2/2026 9:10 AM;;I;LOST;;;anonymous;;;
19;tomorrow;;O;OK;;;;;;
20;3/2/2026 9:12 AM;;I;;;;;;;
`;
  const mapped = mapBytes(calls, new TextEncoder().encode(csv), 'csv');
  const facts = mapped.flatMap((each) => each.facts);

  it('reads columns, local times, national numbers and labels', () => {
    const [call, lost] = of(facts, 'thread');
    assert.deepEqual(
      [call!.nativeId, call!.startedAt, call!.endedAt, call!.direction, call!.status, call!.tags],
      [
        '17',
        new Date('2026-03-02T14:00:00Z'),
        new Date('2026-03-02T14:07:00Z'),
        'inbound',
        'closed',
        ['billing', 'vip'],
      ],
    );
    assert.deepEqual([lost!.status, lost!.endedAt], ['abandoned', undefined]);
    assert.deepEqual(
      of(facts, 'handle').map(({ value }) => value),
      ['+12125550142'],
    );
    assert.deepEqual(
      of(facts, 'measure').map(({ value }) => value),
      [35],
    );
  });

  it('names the recording of a call', () => {
    const { kind, address, durationSeconds, mimeType, startedAt } = of(facts, 'media')[0]!;
    assert.deepEqual(
      [kind, address, durationSeconds, mimeType, startedAt],
      ['recording', '17.wav', 380, 'audio/wav', new Date('2026-03-02T14:00:00Z')],
    );
  });

  it('refuses a row it cannot read, and counts one it does not know', () => {
    assert.deepEqual(
      mapped.flatMap(({ outcomes }) => outcomes).map(({ status, reason }) => [status, reason]),
      [
        ['ok', undefined],
        ['ok', undefined],
        ['reject', 'invalid time: tomorrow; expected a time of the form M/d/yyyy h:mm a'],
        ['unknown', undefined],
      ],
    );
  });
});

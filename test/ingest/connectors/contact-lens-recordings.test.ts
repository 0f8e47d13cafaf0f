import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contactLens } from '../../../ingest/connectors/contact-lens/contact-lens.ts';
import { mapFixture } from './fixture.ts';
import { of } from './real-payloads.ts';

describe('recordings of a contact', () => {
  const media = of(mapFixture(contactLens, 'record-recorded.json').facts, 'media');

  test('are those that are still there, by bucket and key', () => {
    assert.deepEqual(
      media.map(({ kind, mimeType, address }) => ({ kind, mimeType, address })),
      [
        {
          kind: 'recording',
          mimeType: 'audio/wav',
          address:
            'path:example-recordings/connect/desk/CallRecordings/2026/03/05/c0000000-0000-4000-8000-000000000009_20260305T09%3A01_UTC.wav',
        },
        {
          kind: 'recording',
          mimeType: 'audio/wav',
          address:
            'path:example-recordings/connect/desk/CallRecordings/ivr/2026/03/05/c0000000-0000-4000-8000-000000000009_20260305T09%3A00_UTC.wav',
        },
        {
          kind: 'video',
          mimeType: undefined,
          address: 'path:example-recordings/connect/desk/ScreenRecordings/2026/03/05/screen-1.mp4',
        },
      ],
    );
  });

  test('say who is heard on which side once an agent is there', () => {
    assert.deepEqual(
      media.map(({ channelRoles }) => channelRoles),
      [['customer', 'agent'], undefined, undefined],
    );
    assert.equal(media[0]!.startedAt?.toISOString(), '2026-03-05T09:01:10.000Z');
  });
});

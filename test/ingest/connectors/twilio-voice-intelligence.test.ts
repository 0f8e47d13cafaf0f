import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { twilioVoice } from '../../../ingest/connectors/twilio-voice/twilio-voice.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapDocument, of, receivedAt } from './real-payloads.ts';

const threadId = (sid: string) => recordId('thread', 'twilio-voice', sid);

describe('Conversation Intelligence', () => {
  const sid = 'GT00000000000000000000000000000001';
  const sentence = (number: number, transcript: string | null) => ({
    sid: `GX${String(number).padStart(32, '0')}`,
    media_channel: 1,
    sentence_index: number,
    start_time: String(number * 2),
    end_time: String(number * 2 + 1.5),
    transcript,
  });
  const page = (...sentences: object[]) =>
    mapDocument(twilioVoice, {
      sentences,
      meta: { key: 'sentences', url: `https://intelligence.twilio.com/v2/Transcripts/${sid}/Sentences?PageSize=50` },
    });

  test('has words that nobody is named for, in the thread that its transcript links to a recording', () => {
    const { facts } = page(sentence(0, 'My parcel is late.'), sentence(1, null), sentence(2, 'Let me look.'));
    assert.deepEqual(
      of(facts, 'utterance').map(({ text, role, timePrecision, occurredAt }) => [
        text,
        role,
        timePrecision,
        receivedAt.getTime() - occurredAt!.getTime(),
      ]),
      [
        ['My parcel is late.', undefined, 'receipt', 5500],
        ['Let me look.', undefined, 'receipt', 1500],
      ],
    );
    const recording = 'RE00000000000000000000000000000001';
    const transcript = {
      sid,
      status: 'completed',
      duration: 60,
      media_start_time: '2026-03-05T09:00:00Z',
      date_updated: '2026-03-05T09:05:00Z',
      channel: { type: 'voice', media_properties: { source_sid: recording }, participants: [] },
    };
    const told = mapDocument(twilioVoice, { transcripts: [transcript, { ...transcript, status: 'in-progress' }] });
    assert.deepEqual(
      told.outcomes.map(({ status }) => status),
      ['ok', 'drop'],
    );
    const [thread] = of(told.facts, 'thread');
    assert.deepEqual([thread?.id, thread?.endedAt?.toISOString()], [threadId(sid), '2026-03-05T09:01:00.000Z']);
    assert.equal(of(facts, 'thread')[0]?.id, thread?.id);
    assert.equal(of(told.facts, 'link')[0]?.otherThreadId, threadId(recording));
  });

  test('and what is measured of the quality of a call change nothing in it', () => {
    const event = { specversion: '1.0', type: 'com.twilio.voice.insights.call-summary.complete', data: {} };
    assert.equal(mapDocument(twilioVoice, event).outcomes[0]?.status, 'drop');
    assert.equal(mapDocument(twilioVoice, { sentences: [] }).outcomes[0]?.status, 'reject');
  });
});

import type { Delivery } from './connector.ts';
import { createDelivery } from './deliveries.ts';
import type { RoleName } from './records.ts';

/** The source that our own transcripts come in through, as deliveries like all others. */
export const transcriptSource = 'transcription';

/** A record of another source, as that source names it. */
export interface NativeRecord {
  readonly source: string;
  readonly nativeId: string;
}

/** Some seconds of speech. `channel` counts from 0; without a role nobody knows who speaks, `speaker` is but a name. */
export interface SpeechSegment {
  readonly start: number;
  readonly end?: number;
  readonly text: string;
  readonly channel?: number;
  readonly speaker?: string;
  readonly role?: RoleName;
}

/** What `ingest/connectors/transcription.ts` reads. With `utterance` the words are those of that one message. */
export interface Transcript {
  readonly media: NativeRecord;
  readonly thread: NativeRecord;
  readonly utterance?: NativeRecord;
  readonly startedAt?: Date;
  readonly model: string;
  readonly segments: readonly SpeechSegment[];
}

export const transcriptDelivery = (transcript: Transcript, receivedAt: Date): Delivery =>
  createDelivery({
    source: transcriptSource,
    via: 'file',
    format: 'json',
    receivedAt,
    headers: {},
    body: Buffer.from(JSON.stringify(transcript)),
  });

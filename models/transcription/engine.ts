import type { SpeechSegment } from '../../ingest/transcripts.ts';

/** One file, or one channel of it, to be put into words. */
export interface Speech {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
}

/** Puts speech into words. Throws MediaFailure where it cannot. */
export interface TranscriptionEngine {
  /** Kept with every transcript. */
  readonly model: string;
  transcribe(speech: Speech): Promise<SpeechSegment[]>;
  close(): Promise<void>;
}

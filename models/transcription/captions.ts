import { decodeText } from '../../ingest/formats/bytes.ts';
import { parseVtt } from '../../ingest/formats/vtt.ts';
import { MediaFailure } from '../../ingest/media/media-failure.ts';
import type { SpeechSegment } from '../../ingest/transcripts.ts';

export const CAPTIONS = 'text/vtt';

/** Where a vendor has made a transcript of its own, as a file, its words are taken as they stand. */
export function readCaptions(bytes: Uint8Array): SpeechSegment[] {
  const { segments } = parseVtt(readText(bytes));
  if (segments.length === 0)
    throw new MediaFailure('invalid WebVTT: no cue with words; expected `start --> end` lines', false);
  return segments.map(({ startMs, endMs, text, speaker }) => ({
    start: startMs / 1000,
    end: endMs / 1000,
    text,
    ...(speaker && { speaker }),
  }));
}

function readText(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch (cause) {
    throw new MediaFailure('invalid WebVTT; expected UTF-8', false, { cause });
  }
}

import type { Config } from '../../config.ts';
import { numberOf, objectOf, objectsOf, textOf } from '../../ingest/formats/value.ts';
import { MediaFailure } from '../../ingest/media/media-failure.ts';
import type { SpeechSegment } from '../../ingest/transcripts.ts';
import { EndpointFailure, postForJson } from '../post.ts';
import type { Speech, TranscriptionEngine } from './engine.ts';

/** A long call on a small machine takes a while. */
const ANSWER_MILLISECONDS = 30 * 60_000;

type EndpointConfig = Extract<NonNullable<Config['transcription']>, { engine: 'endpoint' }>;

/**
 * An endpoint in the shape of OpenAI's `audio/transcriptions` (a cloud, whisper.cpp's server, faster-whisper's). It gets
 * the file and the secret, in a header; neither its answer nor the secret goes into a message.
 */
export function openEndpoint(
  { baseUrl, path, model, language }: EndpointConfig,
  secret: string | undefined,
  { fetch }: { fetch: typeof globalThis.fetch },
): TranscriptionEngine {
  return {
    model,
    transcribe: async (speech) => {
      const request = {
        baseUrl,
        path,
        secret,
        body: formOf(speech, { model, language }),
        milliseconds: ANSWER_MILLISECONDS,
      };
      const answer = await postForJson(request, { fetch }).catch((error) => {
        if (!(error instanceof EndpointFailure)) throw error;
        throw new MediaFailure(`the endpoint that transcribes: ${error.message}`, error.isPassing);
      });
      return segmentsIn(answer);
    },
    close: async () => {},
  };
}

function formOf(
  { bytes, mimeType }: Speech,
  { model, language }: { model: string; language?: string | undefined },
): FormData {
  const form = new FormData();
  form.set('file', new Blob([Buffer.from(bytes)], { type: mimeType }), `speech.${extensionOf(mimeType)}`);
  form.set('model', model);
  form.set('response_format', 'verbose_json');
  form.set('timestamp_granularities[]', 'segment');
  if (language !== undefined) form.set('language', language);
  return form;
}

/** Endpoints tell the format by the name of the file. */
const extensions: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/aac': 'm4a',
  'audio/ogg': 'ogg',
  'audio/opus': 'ogg',
  'audio/webm': 'webm',
  'video/webm': 'webm',
  'video/mp4': 'mp4',
  'audio/flac': 'flac',
  'audio/x-flac': 'flac',
  'audio/amr': 'amr',
};
const extensionOf = (mimeType: string): string => extensions[mimeType] ?? 'wav';

/** `segments` with `start` and `end` in seconds; or those of whisper.cpp, in milliseconds below `offsets`. */
export function segmentsIn(answer: unknown): SpeechSegment[] {
  const { segments, transcription, text, duration } = objectOf(answer);
  const listed = Array.isArray(segments)
    ? objectsOf(segments).map((segment) => segmentOf(segment.text, numberOf(segment.start), numberOf(segment.end)))
    : objectsOf(transcription).map((segment) => {
        const { from, to } = objectOf(segment.offsets);
        return segmentOf(segment.text, inSeconds(from), inSeconds(to));
      });
  const found = listed.filter((segment) => segment !== undefined);
  const whole = segmentOf(text, 0, numberOf(duration));
  if (found.length > 0) return found;
  if (whole) return [whole];
  // Silence is an answer too; something else is not.
  if (Array.isArray(segments) || Array.isArray(transcription) || text === '') return [];
  throw new MediaFailure('the endpoint that transcribes: expected segments or text', false);
}

const inSeconds = (milliseconds: unknown): number | undefined => {
  const value = numberOf(milliseconds);
  return value === undefined ? undefined : value / 1000;
};

function segmentOf(words: unknown, start: number | undefined, end: number | undefined): SpeechSegment | undefined {
  const text = textOf(words);
  return text === undefined ? undefined : { start: start ?? 0, text, ...(end !== undefined && { end }) };
}

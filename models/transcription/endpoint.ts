import type { Config } from '../../config.ts';
import { numberOf, objectOf, objectsOf, textOf } from '../../ingest/formats/value.ts';
import { MediaFailure } from '../../ingest/media-failure.ts';
import { networkReason } from '../../ingest/pull-fetch.ts';
import type { SpeechSegment } from '../../ingest/transcripts.ts';
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
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${path}`);
  const headers: Record<string, string> = secret === undefined ? {} : { authorization: `Bearer ${secret}` };
  return {
    model,
    transcribe: async (speech) => {
      const body = formOf(speech, { model, language });
      const signal = AbortSignal.timeout(ANSWER_MILLISECONDS);
      const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal }).catch(
        (error) => {
          throw new MediaFailure(`the endpoint that transcribes: ${networkReason(error)}`, true);
        },
      );
      return segmentsIn(await readAnswer(response));
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

/** A request that the endpoint refuses will be refused again; a busy or broken endpoint may recover. */
async function readAnswer(response: Response): Promise<unknown> {
  const { ok, status } = response;
  if (!ok) {
    await response.body?.cancel();
    const isPassing = status === 401 || status === 403 || status === 404 || status === 408 || status === 429;
    throw new MediaFailure(`the endpoint that transcribes: HTTP ${status}`, isPassing || status >= 500);
  }
  try {
    return await response.json();
  } catch {
    throw new MediaFailure('the endpoint that transcribes: expected JSON', true);
  }
}

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

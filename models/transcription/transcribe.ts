import type { Config } from '../../config.ts';
import type { Store } from '../../data/store.ts';
import { errorMessage } from '../../errors.ts';
import { insertDeliveries } from '../../ingest/deliveries.ts';
import { MediaFailure } from '../../ingest/media/media-failure.ts';
import { openMedia, sweepDeletedMedia, type MediaRecord } from '../../ingest/media/media-files.ts';
import type { RoleName } from '../../ingest/records.ts';
import { transcriptDelivery, type SpeechSegment, type Transcript } from '../../ingest/transcripts.ts';
import type { StepEffects, StepResult } from '../../step.ts';
import { modelSql } from '../sql.ts';
import { CAPTIONS, readCaptions } from './captions.ts';
import { openEndpoint } from './endpoint.ts';
import { openLocal } from './local.ts';
import type { TranscriptionEngine } from './engine.ts';
import { transcribeSpeakers } from './speakers.ts';

/** Between recordings those who wait for one of them can be served. */
const RECORDINGS_AT_ONCE = 1;
const MOST_ATTEMPTS = 5;
const FIRST_WAIT_MILLISECONDS = 60_000;

export interface TranscribeEffects extends StepEffects {
  readonly fetch: typeof fetch;
  /** Ends the recording under way, as if it had not been begun. */
  readonly signal?: AbortSignal;
}

export interface TranscribeRequest {
  /** Only these conversations; a person asked for them, so that the policy `on-request` allows to fetch. */
  readonly interactions?: readonly string[];
  readonly limit?: number;
}

interface Waiting extends MediaRecord {
  readonly native_id: string;
  readonly channel_roles: RoleName[] | null;
  readonly started_at: Date | null;
  readonly thread_source: string;
  readonly thread_native_id: string;
  readonly utterance_source: string | null;
  readonly utterance_native_id: string | null;
  readonly attempts: number;
}

/**
 * The step `transcribe`: recordings and voice notes without words are fetched as the policy allows, put into words, and
 * stored as deliveries of the source `transcription`, which the next step lands. `rows` are the recordings tried.
 */
export async function transcribe(
  store: Store,
  config: Config,
  effects: TranscribeEffects,
  request: TranscribeRequest = {},
): Promise<StepResult> {
  const none = { step: 'transcribe', rows: 0 };
  await sweepDeletedMedia(store, config);
  const waiting = await findWaiting(store, config, effects, request);
  if (waiting.length === 0) return none;
  const engine = config.transcription && (await openEngine(config.transcription, config, abortable(effects)));
  try {
    for (const media of waiting) await transcribeOne(store, config, { ...abortable(effects), engine }, media);
  } finally {
    await engine?.close();
  }
  return { step: 'transcribe', rows: waiting.length };
}

function findWaiting(
  store: Store,
  { media, transcription }: Config,
  { now }: TranscribeEffects,
  request: TranscribeRequest,
) {
  const isRequest = request.interactions !== undefined;
  return store.all<Waiting>(modelSql('media-waiting'), {
    kinds: media.kinds,
    can_hear: transcription !== undefined,
    can_fetch: media.fetch === 'automatic' || (isRequest && media.fetch === 'on-request'),
    interactions: request.interactions ?? null,
    now: now(),
    limit: request.limit ?? RECORDINGS_AT_ONCE,
  });
}

/** With a fetch that ends with the signal too. */
const abortable = (effects: TranscribeEffects): TranscribeEffects => ({
  ...effects,
  fetch: (input, init) =>
    effects.fetch(input, {
      ...init,
      signal: AbortSignal.any([init?.signal, effects.signal].filter((each) => !!each)),
    }),
});

const openEngine = async (
  given: NonNullable<Config['transcription']>,
  { transcriptionSecret }: Config,
  effects: TranscribeEffects,
): Promise<TranscriptionEngine> =>
  given.engine === 'local'
    ? openLocal({ ...given, signal: effects.signal })
    : openEndpoint(given, transcriptionSecret, effects);

type OneEffects = TranscribeEffects & { readonly engine: TranscriptionEngine | undefined };

async function transcribeOne(store: Store, config: Config, effects: OneEffects, media: Waiting): Promise<void> {
  const { engine, now, logger } = effects;
  try {
    const { bytes, mimeType = 'audio/wav' } = await openMedia(store, config, media, effects);
    const isCaptions = media.mime_type === CAPTIONS;
    const segments =
      isCaptions || !engine
        ? readCaptions(bytes)
        : await transcribeSpeakers({ bytes, mimeType }, rolesOf(media, config), engine);
    await keep(store, media, transcriptOf(media, segments, isCaptions ? media.source : engine!.model), now());
    logger.info(`transcribed ${media.native_id} of ${media.source}: ${segments.length} segments`);
  } catch (error) {
    if (!effects.signal?.aborted) await fail(store, media, error, effects);
  }
}

/** A voice note is the person's who sent it; its role stands in its message. */
const rolesOf = ({ channel_roles: stated, source, utterance_source: utterance }: Waiting, config: Config) =>
  utterance === null ? (stated ?? config.transcription?.channelRoles[source] ?? []) : [];

function transcriptOf(media: Waiting, segments: readonly SpeechSegment[], model: string): Transcript {
  const { utterance_source: source, utterance_native_id: nativeId, started_at: startedAt } = media;
  const isNote = source !== null && nativeId !== null;
  if (!isNote && startedAt === null)
    throw new MediaFailure('nothing tells when the recording began', true, { source: media.source });
  return {
    media: { source: media.source, nativeId: media.native_id },
    thread: { source: media.thread_source, nativeId: media.thread_native_id },
    ...(isNote && { utterance: { source, nativeId } }),
    ...(startedAt && { startedAt }),
    model,
    segments,
  };
}

/** Nothing is kept of a recording that was erased while it was put into words. */
const keep = (store: Store, media: Waiting, transcript: Transcript, now: Date): Promise<void> =>
  store.transaction(async (session) => {
    const rows = await session.all('select id from raw.media where id = ?', [media.id]);
    if (rows.length === 0) return;
    await insertDeliveries(session, [transcriptDelivery(transcript, now)]);
    await session.run('delete from ops.transcription where media_id = ?', [media.id]);
    await session.run('insert into ops.transcription values (?, ?, ?, null, null, ?, ?)', [
      media.id,
      'done',
      media.attempts + 1,
      transcript.model,
      now,
    ]);
  });

/** What may pass is tried again, after 1, 4, 16 and 64 minutes; then, or where it cannot pass, a person has to look. */
async function fail(store: Store, media: Waiting, error: unknown, { now, logger, engine }: OneEffects): Promise<void> {
  const attempts = media.attempts + 1;
  const isPassing = !(error instanceof MediaFailure) || error.isPassing;
  const isOver = !isPassing || attempts >= MOST_ATTEMPTS;
  // The message of anything else may repeat an address.
  const reason = error instanceof MediaFailure ? errorMessage(error) : `could not be transcribed (${nameOf(error)})`;
  const next = new Date(now().getTime() + FIRST_WAIT_MILLISECONDS * 4 ** (attempts - 1));
  await store.transaction(async (session) => {
    await session.run('delete from ops.transcription where media_id = ?', [media.id]);
    await session.run('insert into ops.transcription values (?, ?, ?, ?, ?, ?, ?)', [
      media.id,
      isOver ? 'quarantined' : 'failed',
      attempts,
      isOver ? null : next,
      reason,
      engine?.model ?? null,
      now(),
    ]);
  });
  const then = isOver ? 'it is set aside' : `trying again at ${next.toISOString()}`;
  logger.warn(`the recording ${media.native_id} of ${media.source} was not transcribed: ${reason}; ${then}`);
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

import { listMedia, retryQuarantined } from '../dashboards/api/media.ts';
import type { MediaItem } from '../dashboards/api/schemas/media.ts';
import { ConfigError } from '../errors.ts';
import { jsonBody, withStore } from './connection.ts';
import type { CommandEffects } from './io.ts';
import { formatRows } from './output.ts';
import { passOn } from './run.ts';
import { transcribeAll } from './transcribe-all.ts';

interface TranscribeOptions {
  readonly interaction?: string[];
  readonly retry?: boolean;
}

/** Puts waiting recordings into words and lands them. A running server does it in the background. */
export async function transcribe(
  { interaction, retry = false }: TranscribeOptions,
  effects: CommandEffects,
): Promise<void> {
  if (!effects.config.transcription)
    throw new ConfigError('invalid configuration: no transcription; expected `transcription` to be set');
  const request = interaction ? { interactions: interaction } : {};
  await withStore(effects, {
    remote: async (server) => {
      await server.call('/v1/transcriptions', jsonBody({ ...request, retry }));
      effects.logger.info('the running server transcribes now; `crosstalk transcribe --list` says how far it is');
    },
    local: async (store) => {
      if (retry) await retryQuarantined(store, interaction);
      await passOn(store, effects);
      if ((await transcribeAll(store, request, effects)) > 0) await passOn(store, effects);
    },
  });
}

/** Prints what was transcribed, and what could not be and why. */
export async function printTranscriptions(options: { json?: boolean }, effects: CommandEffects): Promise<void> {
  const media = await withStore(effects, {
    remote: async (server) =>
      ((await (await server.call('/v1/transcriptions?limit=1000')).json()) as { media: MediaItem[] }).media,
    local: (store) => listMedia(store, {}),
  });
  const names = ['source', 'nativeId', 'transcription', 'attempts', 'nextAttemptAt', 'reason', 'model'] as const;
  const rows = media.map((item) => names.map((name) => item[name]));
  for (const line of formatRows(names, rows, options.json ? 'json' : 'table')) effects.write(line);
}

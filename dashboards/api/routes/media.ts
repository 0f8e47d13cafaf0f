import { CrosstalkError } from '../../../errors.ts';
import { findMedia, openMedia, readKeptMedia } from '../../../ingest/media/media-files.ts';
import { audit } from '../audit.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { listMedia, missingMedia, retryQuarantined, servedType } from '../media.ts';
import { MediaList, TranscribeBody, TranscribeStarted, TranscriptionsQuery } from '../schemas/media.ts';
import { IdParams } from '../schemas/shared.ts';

/** Recordings and attached files: what there is, their bytes, and what becomes of their words. No answer has an address. */
export function mediaRoutes(app: App, dependencies: Dependencies): void {
  listRoutes(app, dependencies);
  byteRoutes(app, dependencies);
  transcribeRoute(app, dependencies);
}

function listRoutes(app: App, { store }: Dependencies): void {
  app.get(
    '/v1/interactions/:id/media',
    {
      config: { permission: 'conversations' },
      schema: { summary: 'Recordings and files of one conversation', params: IdParams, response: { 200: MediaList } },
    },
    async ({ params: { id } }) => ({ media: await listMedia(store, { id }) }),
  );
  app.get(
    '/v1/transcriptions',
    {
      config: { permission: 'sources' },
      schema: {
        summary: 'Recordings that were transcribed, or could not be',
        querystring: TranscriptionsQuery,
        response: { 200: MediaList },
      },
    },
    async ({ query }) => ({ media: await listMedia(store, query) }),
  );
}

/** Sound and pictures cannot be masked, so that only those who may see personal data get them. */
function byteRoutes(app: App, { store, config, now, fetch }: Dependencies): void {
  app.get(
    '/v1/media/:id',
    {
      config: { permission: 'personalData' },
      schema: { summary: 'The bytes of a recording or file that was fetched', params: IdParams },
    },
    async ({ params: { id } }, reply) => {
      const media = await readKeptMedia(store, config, id);
      if (!media) throw missingMedia(id);
      return reply
        .header('content-type', servedType(media.mimeType))
        .header('content-disposition', 'attachment')
        .send(Buffer.from(media.bytes));
    },
  );
  app.post(
    '/v1/media/:id/fetch',
    {
      config: { permission: 'personalData' },
      schema: { summary: 'Fetch a recording or file from its vendor', params: IdParams, response: { 200: MediaList } },
    },
    async ({ params: { id }, caller }) => {
      const found = await findMedia(store, id);
      if (!found) throw missingMedia(id);
      if (!fetch || config.media.fetch === 'never' || !config.media.kinds.some((kind) => kind === found.kind))
        throw new CrosstalkError(
          'conflict',
          `invalid fetch: a ${found.kind}; expected media.fetch and media.kinds to allow it`,
        );
      await openMedia(store, config, found, { fetch, now });
      await audit(store, caller, { action: 'fetch media', subject: id, at: now() });
      return { media: await listMedia(store, { mediaId: id }) };
    },
  );
}

function transcribeRoute(app: App, { store, config, now, transcriber }: Dependencies): void {
  app.post(
    '/v1/transcriptions',
    {
      config: { permission: 'operate' },
      schema: {
        summary: 'Begin to transcribe what waits, and do not wait for its end',
        body: TranscribeBody,
        response: { 202: TranscribeStarted },
      },
    },
    async ({ body: { interactions, retry }, caller }, reply) => {
      if (!transcriber || !config.transcription)
        throw new CrosstalkError(
          'conflict',
          'invalid transcription: none is configured; expected `transcription` to be set',
        );
      const retried = retry ? await retryQuarantined(store, interactions) : 0;
      transcriber.start(interactions && { interactions });
      await audit(store, caller, { action: 'transcribe', subject: interactions?.join(' ') ?? 'all', at: now() });
      return reply.code(202).send({ retried });
    },
  );
}

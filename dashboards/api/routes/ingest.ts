import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { WebhookRequest } from '../../../ingest/webhooks.ts';
import { CrosstalkError } from '../../../errors.ts';
import { bearerToken, findCaller } from '../auth.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { isKey } from '../keys.ts';
import { isAllowed } from '../permissions.ts';
import { SourceParams } from '../schemas/sources.ts';

/**
 * Where deliveries come in, every one as the bytes it came as. No key is asked for: the vendor's signature is the trust.
 * A caller who shows a key that may ingest sends a file of the source's format, and no signature.
 */
export function ingestRoutes(app: App, dependencies: Dependencies): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async ({ headers }) => {
    // A malformed content type is refused before any parser sees it; the bytes are welcome all the same.
    if (!/^[\w.+-]+\/[\w.+-]+/.test(headers['content-type'] ?? ''))
      headers['content-type'] = 'application/octet-stream';
  });
  for (const [path, params] of [
    ['/v1/ingest/:source', SourceParams],
    ['/v1/ingest/:source/:secret', SourceParams.extend({ secret: z.string().max(500) })],
  ] as const)
    app.route({
      method: ['GET', 'POST'],
      url: path,
      bodyLimit: dependencies.config.maximumDeliveryBytes,
      config: { permission: 'open' },
      schema: { summary: 'Deliver a webhook, or a file with an ingest key', params },
      handler: async (request, reply) => {
        const { status, contentType, body } = await dependencies.receiver.handle(
          await readRequest(request, dependencies),
        );
        return reply.status(status).type(contentType).send(body);
      },
    });
}

async function readRequest(request: FastifyRequest, dependencies: Dependencies): Promise<WebhookRequest> {
  const { source, secret } = request.params as { source: string; secret?: string };
  const isTrusted = await showsIngestKey(request, dependencies);
  const { authorization, cookie: _, ...headers } = request.headers;
  return {
    source,
    method: request.method,
    url: `${dependencies.config.publicUrl?.replace(/\/$/, '') ?? `${request.protocol}://${request.host}`}${request.raw.url}`,
    headers: flat({ ...headers, ...(!isTrusted && { authorization }) }),
    query: flat(request.query as Record<string, unknown>),
    body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
    ...(secret !== undefined && { pathSecret: secret }),
    ...(isTrusted && { isTrusted }),
  };
}

/** A bearer token that is not of our form is the vendor's own, and checked as such. */
async function showsIngestKey(request: FastifyRequest, dependencies: Dependencies): Promise<boolean> {
  const token = bearerToken(request);
  if (token === undefined || !isKey(token)) return false;
  const caller = await findCaller(request, dependencies);
  if (!caller) throw new CrosstalkError('unauthenticated', 'invalid API key; expected one that is in use');
  if (!isAllowed(caller.role, 'ingest'))
    throw new CrosstalkError('forbidden', 'not allowed: ingest; expected a key of role ingest');
  return true;
}

const flat = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]),
  );

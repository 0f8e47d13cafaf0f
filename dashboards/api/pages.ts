import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { basename, dirname } from 'node:path';
import { notFound } from './errors.ts';

/**
 * Serves the built pages, each file looked for when it is asked for, so that a build under a running server is seen. Any
 * other address a browser opens is a view of theirs: they read it and show it.
 */
export async function servePages(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  if (webRoot === undefined) return void app.setNotFoundHandler(notFound);
  await app.register(fastifyStatic, {
    root: webRoot,
    index: 'index.html',
    cacheControl: false,
    setHeaders: setCaching,
  });
  app.setNotFoundHandler((request, reply) => {
    const isView =
      request.method === 'GET' && !/^\/(v1|docs|assets)\//.test(request.url) && wantsPage(request.headers.accept);
    return isView ? reply.status(200).sendFile('index.html') : notFound(request, reply);
  });
}

/** Names of assets change with their content, so they may be kept; everything else is asked for again. */
const setCaching = (reply: FastifyReply, path: string): void =>
  void reply.header('cache-control', isAsset(path) ? 'public, max-age=31536000, immutable' : 'no-cache');

const isAsset = (path: string): boolean => basename(dirname(path)) === 'assets';

const wantsPage = (accept: string | undefined): boolean => accept?.includes('text/html') ?? false;

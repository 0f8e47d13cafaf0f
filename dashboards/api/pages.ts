import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { notFound } from './errors.ts';

/** Serves the built pages. Any other address a browser opens is a view of theirs: they read it and show it. */
export async function servePages(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  if (webRoot === undefined) return void app.setNotFoundHandler(notFound);
  await app.register(fastifyStatic, { root: webRoot, wildcard: false, index: 'index.html', cacheControl: false });
  app.addHook('onSend', async ({ url }, reply) => {
    if (url.startsWith('/assets/')) reply.header('cache-control', 'public, max-age=31536000, immutable');
  });
  app.setNotFoundHandler((request, reply) => {
    const isView =
      request.method === 'GET' && !/^\/(v1|docs|assets)\//.test(request.url) && wantsPage(request.headers.accept);
    return isView ? reply.header('cache-control', 'no-cache').sendFile('index.html') : notFound(request, reply);
  });
}

const wantsPage = (accept: string | undefined): boolean => accept?.includes('text/html') ?? false;

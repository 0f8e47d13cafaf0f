import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { Sandbox } from '../../data/sandbox.ts';
import { guard } from './auth.ts';
import type { App, AppOptions, Dependencies } from './dependencies.ts';
import { documentRoutes } from './documentation.ts';
import { answerErrors } from './errors.ts';
import { maskPersonalData } from './mask.ts';
import { servePages } from './pages.ts';
import { redactPath } from './redact.ts';
import { accountRoutes } from './routes/accounts.ts';
import { churnRoutes } from './routes/churn.ts';
import { customerRoutes } from './routes/customers.ts';
import { episodeRoutes } from './routes/episodes.ts';
import { eraseRoutes } from './routes/erase.ts';
import { filterRoutes } from './routes/filters.ts';
import { historyRoutes } from './routes/history.ts';
import { identityRoutes } from './routes/identity.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { intentRoutes } from './routes/intents.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { keyRoutes } from './routes/keys.ts';
import { liveRoutes } from './routes/live.ts';
import { mediaRoutes } from './routes/media.ts';
import { metricRoutes } from './routes/metrics.ts';
import { operationRoutes } from './routes/operations.ts';
import { queryRoutes } from './routes/query.ts';
import { reExplainingRoutes } from './routes/re-explaining.ts';
import { scoreRoutes } from './routes/score.ts';
import { sessionRoutes } from './routes/session.ts';
import { measureRoutes } from './routes/measures.ts';
import { sourceRoutes } from './routes/sources.ts';
import { sqlRoutes } from './routes/sql.ts';
import { statusRoutes } from './routes/status.ts';
import { topicRoutes } from './routes/topics.ts';
import { vconRoutes } from './routes/vcon.ts';
import { secureHeaders } from './security.ts';
import { Sessions } from './sessions.ts';

export type { AppOptions } from './dependencies.ts';

const resources = [
  metricRoutes,
  queryRoutes,
  filterRoutes,
  interactionRoutes,
  mediaRoutes,
  vconRoutes,
  customerRoutes,
  churnRoutes,
  accountRoutes,
  episodeRoutes,
  historyRoutes,
  identityRoutes,
  eraseRoutes,
  scoreRoutes,
  intentRoutes,
  topicRoutes,
  reExplainingRoutes,
  sqlRoutes,
  sourceRoutes,
  measureRoutes,
  ingestRoutes,
  statusRoutes,
  liveRoutes,
  sessionRoutes,
  keyRoutes,
  operationRoutes,
] satisfies ((app: App, dependencies: Dependencies) => void)[];

/**
 * The HTTP server, for `serve` and for tests alike; the caller listens, and closes it before the store. It owns nothing
 * of what it is given.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, trustProxy: false, bodyLimit: 1024 * 1024, forceCloseConnections: true });
  const sandbox = new Sandbox(options.store);
  const maskedSandbox = new Sandbox(options.store, { isMasked: true });
  const dependencies = { ...options, sandbox, maskedSandbox, sessions: new Sessions() };
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app, options);
  secureHeaders(app);
  await app.register(cookie);
  await app.register(compress, { global: true, threshold: 1024 });
  guard(app, dependencies);
  maskPersonalData(app, options.config);
  logRequests(app, options);
  await documentRoutes(app);
  for (const routes of resources)
    await app.register(async (scope) => routes(scope.withTypeProvider<ZodTypeProvider>() as App, dependencies));
  await servePages(app, options.webRoot);
  app.addHook('onClose', async () => void (await Promise.all([sandbox.close(), maskedSandbox.close()])));
  return app;
}

/** One line for what changes something or is refused; no query strings, headers, bodies or secrets. */
function logRequests(app: FastifyInstance, { logger }: AppOptions): void {
  app.addHook('onResponse', async ({ method, url, caller }, { statusCode, elapsedTime }) => {
    if (method === 'GET' && statusCode < 400) return;
    const detail = {
      status: statusCode,
      milliseconds: Math.round(elapsedTime),
      ...(caller && { actor: caller.actor }),
    };
    logger.info(`${method} ${redactPath(url)}`, detail);
  });
}

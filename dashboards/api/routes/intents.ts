import { z } from 'zod';
import { removeOwnIntents, saveOwnIntents } from '../../../models/own-intents/own-intent-store.ts';
import { applyOwnIntents } from '../../../models/own-intents/own-intents-step.ts';
import { audit } from '../audit.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { readOwnIntents } from '../own-intents.ts';
import { OwnIntents, OwnIntentsBody } from '../schemas/intents.ts';

const RemoveQuery = z.object({ intent: z.string().optional().describe('All of them where none is named') });

export function intentRoutes(app: App, dependencies: Dependencies): void {
  const { store, config, pipeline, now } = dependencies;
  /** Applied at once; the marts follow with the next pass, which starts now. */
  const apply = async (): Promise<OwnIntents> => {
    await applyOwnIntents(store, config, dependencies);
    pipeline.run().catch(() => undefined);
    return readOwnIntents(store);
  };
  app.get(
    '/v1/intents',
    {
      config: { permission: 'metrics' },
      schema: {
        summary: "The company's own intents, with their cross-validated report",
        response: { 200: OwnIntents },
      },
    },
    async () => readOwnIntents(store),
  );
  app.post(
    '/v1/intents',
    {
      config: { permission: 'intents' },
      schema: {
        summary: "Learn the company's own intents from examples, and read them in the whole history",
        body: OwnIntentsBody,
        response: { 201: OwnIntents },
      },
    },
    async ({ body, caller }, reply) => {
      const { version } = await saveOwnIntents(store, body.examples, dependencies);
      await audit(store, caller, { action: 'learn intents', subject: `version ${version}`, at: now() });
      return reply.status(201).send(await apply());
    },
  );
  app.delete(
    '/v1/intents',
    {
      config: { permission: 'intents' },
      schema: { summary: 'Remove one intent, or all', querystring: RemoveQuery, response: { 200: OwnIntents } },
    },
    async ({ query, caller }) => {
      const { version } = await removeOwnIntents(store, query.intent, dependencies);
      const subject = `version ${version}`;
      await audit(store, caller, { action: 'remove intents', subject, detail: query.intent ?? 'all', at: now() });
      return apply();
    },
  );
}

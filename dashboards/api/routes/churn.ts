import { importDepartures } from '../../../ingest/departures.ts';
import { fitChurnNow } from '../../../models/churn/churn-fit-step.ts';
import { buildMarts } from '../../../transforms/marts.ts';
import { audit } from '../audit.ts';
import { readChurn } from '../churn.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { ChurnOverview, OutcomesBody, OutcomesResult } from '../schemas/churn.ts';

export function churnRoutes(app: App, dependencies: Dependencies): void {
  const { store, config, pipeline, now } = dependencies;
  app.get(
    '/v1/churn',
    {
      config: { permission: 'metrics' },
      schema: {
        summary:
          'How the risk to leave is scored, how well, and which combinations of channels and matters go with leaving',
        response: { 200: ChurnOverview },
      },
    },
    async () => readChurn(store, config),
  );
  app.post(
    '/v1/churn/outcomes',
    {
      config: { permission: 'churn' },
      schema: {
        summary: 'Report who left and when; rows that cannot be read are told and kept with the reason',
        body: OutcomesBody,
        response: { 201: OutcomesResult },
      },
    },
    async ({ body, caller }, reply) => {
      const { file, offset, replace } = body;
      const result = await importDepartures(store, body.rows, { file, offset, replaces: replace }, { now });
      const detail = `${result.added} of ${result.rows} rows`;
      await audit(store, caller, { action: 'report departures', subject: file, detail, at: now() });
      pipeline.run().catch(() => undefined);
      return reply.status(201).send({ ...result, rejected: [...result.rejected] });
    },
  );
  app.post(
    '/v1/churn/fit',
    {
      config: { permission: 'churn' },
      schema: { summary: 'Learn now who leaves, from the departures that are known', response: { 201: ChurnOverview } },
    },
    async ({ caller }, reply) => {
      await buildMarts(store, config, dependencies);
      const { version, method } = await fitChurnNow(store, config, dependencies);
      await audit(store, caller, { action: 'learn churn', subject: `version ${version}`, detail: method, at: now() });
      pipeline.run().catch(() => undefined);
      return reply.status(201).send(await readChurn(store, config));
    },
  );
}

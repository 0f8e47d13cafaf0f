import { publish } from '../../../transforms/publish.ts';
import { audit } from '../audit.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { PassReport, Snapshot, SnapshotBody } from '../schemas/operations.ts';

/** What the command line asks of a running server, because only one process may write to the store. */
export function operationRoutes(app: App, { store, config, pipeline, logger, now }: Dependencies): void {
  app.post(
    '/v1/passes',
    {
      config: { permission: 'operate' },
      schema: { summary: 'Run a pass now, and wait for its end', response: { 200: PassReport } },
    },
    async () => pipeline.run(),
  );
  app.post(
    '/v1/snapshots',
    {
      config: { permission: 'operate' },
      schema: { summary: 'Publish a read-only copy', body: SnapshotBody, response: { 200: Snapshot } },
    },
    async ({ body: { folder, withPersonalData }, caller }) => {
      const detail = withPersonalData ? 'with personal data' : undefined;
      await audit(store, caller, { action: 'snapshot', subject: folder, ...(detail && { detail }), at: now() });
      return publish(store, config, { folder, withPersonalData }, { logger, now });
    },
  );
}

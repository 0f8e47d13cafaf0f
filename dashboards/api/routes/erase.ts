import { requestRewrite } from '../../../data/rewrite.ts';
import { eraseCustomer } from '../../../transforms/erase-customer.ts';
import { audit } from '../audit.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { EraseBody, Erasure } from '../schemas/customers.ts';
import { IdParams } from '../schemas/shared.ts';

/**
 * Erases a person. Nothing of them can be read from the answer on; their bytes leave the file when the server starts the
 * next time. The note of it names the anonymous customer only.
 */
export function eraseRoutes(app: App, { store, config, now, pipeline, logger }: Dependencies): void {
  app.post(
    '/v1/customers/:id/erase',
    {
      config: { permission: 'erase' },
      schema: {
        summary: 'Erases the words, addresses and deliveries of a customer, for good; counts stay',
        params: IdParams,
        body: EraseBody,
        response: { 200: Erasure },
      },
    },
    async ({ params: { id }, body: { reason }, caller }) => {
      const erasure = await eraseCustomer(store, config, id, { now });
      await requestRewrite(store.path);
      const { customerId, ...counts } = erasure;
      const detail = JSON.stringify({ reason, ...counts });
      await audit(store, caller, { action: 'erase customer', subject: customerId, detail, at: now() });
      pipeline.run().catch((error) => logger.error(`the pass after an erasure failed: ${String(error)}`));
      return erasure;
    },
  );
}

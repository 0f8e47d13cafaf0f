import { errorMessage } from '../../../errors.ts';
import { audit } from '../audit.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { mergeCustomers, splitCustomer } from '../identity.ts';
import { IdentityChange, MergeBody, SplitBody } from '../schemas/customers.ts';
import type { Session } from '../schemas/session.ts';
import { IdParams } from '../schemas/shared.ts';

/** People's word on who is who. The pages follow with the next pass, which is asked for at once. */
export function identityRoutes(app: App, dependencies: Dependencies): void {
  const { store, now, pipeline, logger } = dependencies;
  const note = async (caller: Session | null, action: string, subject: string, detail: string): Promise<void> => {
    await audit(store, caller, { action, subject, detail, at: now() });
    pipeline.run().catch((error) => logger.error(`the pass after "${action}" failed: ${errorMessage(error)}`));
  };
  app.post(
    '/v1/customers/:id/split',
    {
      config: { permission: 'identity' },
      schema: {
        summary: "Some addresses of this customer are somebody else's",
        params: IdParams,
        body: SplitBody,
        response: { 200: IdentityChange },
      },
    },
    async ({ params: { id }, body, caller }) => {
      const change = await splitCustomer({ ...body, id, decidedBy: caller!.actor }, dependencies);
      await note(caller, 'split customer', id, JSON.stringify(body));
      return change;
    },
  );
  app.post(
    '/v1/customers/merge',
    {
      config: { permission: 'identity' },
      schema: { summary: 'Two customers are one', body: MergeBody, response: { 200: IdentityChange } },
    },
    async ({ body, caller }) => {
      const change = await mergeCustomers({ ...body, decidedBy: caller!.actor }, dependencies);
      await note(caller, 'merge customers', body.customerId, JSON.stringify(body));
      return change;
    },
  );
}

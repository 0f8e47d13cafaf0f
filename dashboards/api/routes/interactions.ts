import type { App, Dependencies } from '../dependencies.ts';
import { getInteraction, listInteractions } from '../interactions.ts';
import { InteractionDetail, InteractionList, InteractionsQuery } from '../schemas/interactions.ts';
import { IdParams } from '../schemas/shared.ts';

export function interactionRoutes(app: App, { store }: Dependencies): void {
  app.get(
    '/v1/interactions',
    {
      config: { permission: 'conversations' },
      schema: {
        summary: 'Conversations that pass the filters, page by page',
        querystring: InteractionsQuery,
        response: { 200: InteractionList },
      },
    },
    async ({ query }) => listInteractions(store, query, query),
  );
  app.get(
    '/v1/interactions/:id',
    {
      config: { permission: 'conversations' },
      schema: {
        summary: 'One conversation: transcript with signals, events, measures, summary, customer',
        params: IdParams,
        response: { 200: InteractionDetail },
      },
    },
    async ({ params }) => getInteraction(store, params.id),
  );
}

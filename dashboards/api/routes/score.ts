import type { Config } from '../../../config.ts';
import type { Store } from '../../../data/store.ts';
import { normalizeHandle } from '../../../ingest/formats/handle.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { scoreContact, type ContactScore as Computed } from '../../../models/routing/score.ts';
import type { App, Dependencies } from '../dependencies.ts';
import { ContactScore, ScoreBody } from '../schemas/score.ts';
import { readSql } from '../sql.ts';

const ownerSql = readSql('handle-owner')();

export function scoreRoutes(app: App, { store, pool, config }: Dependencies): void {
  app.post(
    '/v1/score',
    {
      config: { permission: 'score' },
      schema: {
        summary: 'What a router needs to know about a contact that waits',
        body: ScoreBody,
        response: { 200: ContactScore },
      },
    },
    async ({ body: { text, channel, waitingSeconds, ...who } }) => {
      const customerId = who.customerId ?? findCustomerId(store, config, who.handle);
      return presentScore(channel, await scoreContact({ text, channel, waitingSeconds, customerId }, { store, pool }));
    },
  );
}

/** Whose address this is; undefined for one that is new, malformed, or shared by many. */
async function findCustomerId(store: Store, config: Config, handle: ScoreBody['handle']): Promise<string | undefined> {
  if (!handle) return undefined;
  const country = config.country as Parameters<typeof normalizeHandle>[3];
  const value = normalizeHandle(handle.type, handle.value, handle.source ?? '', country);
  if (value === undefined) return undefined;
  const [owner] = await store.all<{ customer_id: string }>(ownerSql, { id: recordId('handle', handle.type, value) });
  return owner?.customer_id;
}

const presentScore = (channel: ContactScore['channel'], score: Computed): ContactScore => ({
  ...score,
  channel,
  intents: [...score.intents],
  urgency: { ...score.urgency, reasons: [...score.urgency.reasons] },
  churn: { ...score.churn, reasons: [...score.churn.reasons] },
  customer: score.customer && { ...score.customer, lastSeenAt: score.customer.lastSeenAt?.toISOString() ?? null },
  agents: score.agents.map((agent) => ({ ...agent, why: [...agent.why] })),
  recentContacts: score.recentContacts.map((contact) =>
    Object.assign({}, contact, { startedAt: contact.startedAt.toISOString() }),
  ),
});

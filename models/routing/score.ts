import type { Store } from '../../data/store.ts';
import { channels } from '../../ingest/channel-list.ts';
import { rankAgents, type RankedAgent } from './agent-ranking.ts';
import { readAgents } from './agent-skills.ts';
import { analyzeTexts } from '../analyze.ts';
import type { Scored } from '../encoder/chunks.ts';
import type { ChurnReason } from '../churn/churn.ts';
import { isSupported } from '../text/language.ts';
import { readModelId } from '../encoder/model-id.ts';
import type { EncoderPool } from '../encoder/pool.ts';
import { modelSql } from '../sql.ts';
import { readThresholds } from '../thresholds.ts';
import { readUrgency, type Urgency } from './urgency.ts';

/** A contact that waits to be routed. */
export interface Contact {
  readonly text: string;
  readonly channel: string;
  /** May still be looked up: the text is read meanwhile. */
  readonly customerId?: string | undefined | Promise<string | undefined>;
  readonly waitingSeconds?: number | undefined;
}

export interface CustomerContext {
  readonly id: string;
  readonly displayName: string | null;
  readonly interactionCount: number;
  readonly openEpisodeCount: number;
  readonly lastChannel: string | null;
  readonly lastIntent: string | null;
  readonly lastSeenAt: Date | null;
  readonly sentimentRecent: number | null;
}

export interface RecentContact {
  readonly interactionId: string;
  readonly channel: string;
  readonly intent: string | null;
  readonly startedAt: Date;
  readonly isResolved: boolean;
  /** resolved, not_resolved, handed_over, gave_up or unknown; null where nothing was read. */
  readonly outcome: string | null;
  readonly sentiment: number | null;
  readonly summary: string | null;
}

/** What a router needs to know about one contact. Signals are null where the language is not supported. */
export interface ContactScore {
  readonly channel: string;
  readonly language: string | null;
  readonly isSupported: boolean;
  readonly intent: string | null;
  readonly intents: readonly Scored[];
  readonly sentiment: number | null;
  readonly frustration: number | null;
  readonly isFrustrated: boolean | null;
  readonly urgency: Urgency;
  readonly churn: {
    readonly risk: number | null;
    readonly method: string | null;
    readonly reasons: readonly ChurnReason[];
  };
  readonly customer: CustomerContext | null;
  readonly recentContacts: readonly RecentContact[];
  /** Who would settle it, best first. */
  readonly agents: readonly RankedAgent[];
  readonly model: string;
}

export interface ScoreEffects {
  readonly store: Store;
  readonly pool: EncoderPool;
}

/** Scores one contact: its text before all others in the pool, its customer from the marts, both at once. */
export async function scoreContact(contact: Contact, { store, pool }: ScoreEffects): Promise<ContactScore> {
  const input = { id: 'contact', text: contact.text };
  const [[text], [known, recentContacts], { skills, load }] = await Promise.all([
    analyzeTexts([input], { encoder: pool, urgent: true }),
    readHistory(store, contact.customerId),
    readAgents(store),
  ]);
  const { language, sentiment, frustration, intents } = text!;
  return {
    channel: contact.channel,
    language,
    isSupported: language === null || isSupported(language, pool.folder),
    intent: intents?.[0]?.name ?? null,
    intents: intents ?? [],
    sentiment: sentiment?.score ?? null,
    frustration,
    isFrustrated: frustration === null ? null : frustration >= readThresholds(pool.folder).frustration,
    urgency: readUrgency({
      sentiment: sentiment?.score ?? 0,
      frustration: frustration ?? 0,
      intents: (intents ?? []).map(({ name }) => name),
      waitingSeconds: contact.waitingSeconds ?? 0,
    }),
    churn: known?.churn ?? { risk: null, method: null, reasons: [] },
    customer: known?.customer ?? null,
    recentContacts,
    agents: rankAgents({ intent: intents?.[0]?.name ?? null, channelGroup: groupOf(contact.channel) }, skills, {
      load,
    }),
    model: readModelId(pool.folder),
  };
}

const groupOf = (channel: string): string => channels[channel as keyof typeof channels]?.group ?? channel;

interface CustomerRow {
  readonly customer_id: string;
  readonly display_name: string | null;
  readonly interaction_count: number;
  readonly open_episode_count: number;
  readonly last_seen_at: Date | null;
  readonly sentiment_recent: number | null;
  readonly churn_risk: number | null;
  readonly churn_method: string | null;
  readonly churn_reasons: string | null;
}

interface KnownCustomer {
  readonly churn: ContactScore['churn'];
  readonly customer: CustomerContext;
}

/** What is known of the customer, and the newest contacts; both in one go, because a caller waits. */
async function readHistory(
  store: Store,
  given: Contact['customerId'],
): Promise<[KnownCustomer | undefined, RecentContact[]]> {
  const customerId = await given;
  if (!customerId) return [undefined, []];
  const [[row], recentContacts] = await Promise.all([
    store.all<CustomerRow>(modelSql('customer-context'), { customer_id: customerId }),
    readRecentContacts(store, customerId),
  ]);
  return [row && knownCustomer(row, recentContacts[0]), recentContacts];
}

const knownCustomer = (row: CustomerRow, latest: RecentContact | undefined): KnownCustomer => ({
  churn: {
    risk: row.churn_risk,
    method: row.churn_method,
    reasons: row.churn_reasons ? (JSON.parse(row.churn_reasons) as ChurnReason[]) : [],
  },
  customer: {
    id: row.customer_id,
    displayName: row.display_name,
    interactionCount: row.interaction_count,
    openEpisodeCount: row.open_episode_count,
    lastChannel: latest?.channel ?? null,
    lastIntent: latest?.intent ?? null,
    lastSeenAt: row.last_seen_at,
    sentimentRecent: row.sentiment_recent,
  },
});

async function readRecentContacts(store: Store, customerId: string): Promise<RecentContact[]> {
  const rows = await store.all<Record<string, any>>(modelSql('recent-contacts'), { customer_id: customerId });
  return rows.map((row) => ({
    interactionId: row.interaction_id,
    channel: row.channel,
    intent: row.intent,
    startedAt: row.started_at,
    isResolved: row.is_resolved,
    outcome: row.outcome,
    sentiment: row.sentiment,
    summary: row.summary,
  }));
}

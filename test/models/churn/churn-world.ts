import type { Config } from '../../../config.ts';
import { Store } from '../../../data/store.ts';
import type { Channel } from '../../../ingest/channels.ts';
import type { Fact } from '../../../ingest/records.ts';
import { createRandom } from '../../../models/random.ts';
import { buildMarts } from '../../../transforms/marts.ts';
import { resolve } from '../../../transforms/resolve.ts';
import { stitch } from '../../../transforms/stitch.ts';
import { config, factsOf, land } from '../../transforms/land.ts';
import { silentLogger } from '../../../logger.ts';

export const DAY = 86_400_000;
export const endsAt = new Date('2026-06-01T00:00:00Z');
export const effects = { logger: silentLogger, now: () => endsAt };

export const daysBeforeEnd = (days: number): Date => new Date(endsAt.getTime() - days * DAY);

export interface PlantedContact {
  readonly customer: string;
  readonly at: Date;
  readonly channel: Channel;
  readonly intent: string;
  /** What the customer's last words do; thanks settle a matter. */
  readonly act: 'thanks' | 'complaint';
  readonly sentiment?: number;
  readonly isTransferred?: boolean;
}

/** Contacts of one utterance each, with what the models would read in them, up to the marts. */
export async function addContacts(
  store: Store,
  contacts: readonly PlantedContact[],
  settings: Config = config(),
): Promise<void> {
  await land(store, contacts.flatMap(factsOfContact));
  await stitch(store, settings, effects);
  await resolve(store, settings, effects);
  await store.run(
    `insert into signal.utterance
       (utterance_id, interaction_id, text_hash, model, is_supported, sentiment, is_frustrated, intent, intent_score, intents, act, utterance_revision, revision)
     select id, interaction_id, id, 'planted', true, split_part(text, ' ', 3)::float, false, split_part(text, ' ', 1), 0.9,
       '[{"name":"' || split_part(text, ' ', 1) || '"}]', split_part(text, ' ', 2), revision, nextval('core.revision')
     from core.utterance
     where id not in (select utterance_id from signal.utterance)`,
  );
  await buildMarts(store, settings, effects);
}

function factsOfContact({ customer, at, channel, intent, act, sentiment = 0, isTransferred }: PlantedContact): Fact[] {
  const facts = factsOf('desk', at.getTime());
  const nativeId = `${customer} ${at.getTime()} ${channel}`;
  const threadId = facts.thread({ nativeId, channel, direction: 'inbound', startedAt: at });
  facts.participant(threadId, 'customer', at, { type: 'email', value: `${customer}@example.com` });
  facts.utterance({ threadId, nativeId, role: 'customer', occurredAt: at, text: `${intent} ${act} ${sentiment}` });
  if (isTransferred) facts.event({ threadId, kind: 'transferred', occurredAt: at, nativeId });
  return facts.facts;
}

export interface PlantedWorld {
  readonly store: Store;
  readonly departures: readonly { customer: string; left_at: string }[];
}

/**
 * Eight months of customers who write once or twice a month. A late delivery that is taken from chat to the telephone and
 * left unsettled makes four in ten leave within a month; of all others, one in a hundred a month leaves. Invoices by
 * e-mail, transfers and how often somebody writes have nothing to do with it.
 */
export async function plantWorld(customers = 320): Promise<PlantedWorld> {
  const random = createRandom(7);
  const contacts: PlantedContact[] = [];
  const departures: { customer: string; left_at: string }[] = [];
  for (let index = 0; index < customers; index++) {
    const customer = `customer-${index}`;
    for (let month = 8; month >= 1; month--) {
      const at = daysBeforeEnd(month * 30 - random() * 25);
      const isHurt = random() < 0.1;
      contacts.push(...(isHurt ? hurt(customer, at, random) : ordinary(customer, at, random)));
      if (random() >= (isHurt ? 0.4 : 0.01)) continue;
      departures.push({ customer: `${customer}@example.com`, left_at: leftAfter(at, random) });
      break;
    }
  }
  const store = await Store.open();
  await addContacts(store, contacts);
  return { store, departures: departures.filter(({ left_at: leftAt }) => leftAt < endsAt.toISOString()) };
}

const leftAfter = (at: Date, random: () => number): string =>
  new Date(at.getTime() + (12 + random() * 30) * DAY).toISOString();

const hurt = (customer: string, at: Date, random: () => number): PlantedContact[] => {
  const late = { customer, intent: 'delivery.late', act: 'complaint' } as const;
  return [
    { ...late, at, channel: 'chat', sentiment: -0.4, isTransferred: random() < 0.3 },
    { ...late, at: new Date(at.getTime() + 2 * DAY), channel: 'voice', sentiment: -0.5, isTransferred: random() < 0.3 },
  ];
};

function ordinary(customer: string, at: Date, random: () => number): PlantedContact[] {
  const one = (days: number): PlantedContact => ({
    customer,
    at: new Date(at.getTime() + days * DAY),
    channel: random() < 0.5 ? 'email' : 'chat',
    intent: random() < 0.5 ? 'billing.invoice_copy' : 'order.status',
    act: random() < 0.8 ? 'thanks' : 'complaint',
    sentiment: random() - 0.5,
    isTransferred: random() < 0.3,
  });
  return random() < 0.5 ? [one(0)] : [one(0), one(2)];
}

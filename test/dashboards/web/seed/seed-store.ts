import type { Store } from '../../../../data/store.ts';
import { recordId } from '../../../../ingest/record-id.ts';
import { groupBy } from '../../../../group-by.ts';
import { accountRows } from './account-rows.ts';
import { drawContacts, seedEnd, type Contact } from './company.ts';
import { handleRows, martCustomer, martEpisode } from './customer-rows.ts';
import { insertFindings } from './findings.ts';
import { insertRows, type SeedRow } from './insert.ts';
import {
  coreAgents,
  coreInteraction,
  coreQueues,
  coreUtterances,
  martInteraction,
  signalInteraction,
  signalUtterances,
} from './store-rows.ts';

/** Fills an empty store with eight weeks of a small retailer's traffic, as the pipeline would leave it. */
export async function seedStore(store: Store): Promise<Contact[]> {
  const contacts = drawContacts().toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
  const { handles, owners, edges } = handleRows();
  await insertRows(store, 'core.agent', coreAgents());
  await insertRows(store, 'core.queue', coreQueues());
  await insertRows(store, 'core.handle', handles);
  await insertRows(store, 'identity.handle_customer', owners);
  await insertRows(store, 'identity.edge', edges);
  await insertRows(store, 'core.interaction', contacts.map(coreInteraction));
  await insertRows(store, 'core.utterance', contacts.flatMap(coreUtterances));
  await insertRows(store, 'core.event', contacts.flatMap(eventsOf));
  await insertRows(store, 'core.measure', contacts.flatMap(measuresOf));
  await insertRows(store, 'signal.utterance', contacts.flatMap(signalUtterances));
  await insertRows(store, 'signal.interaction', contacts.map(signalInteraction));
  await insertRows(store, 'mart.interaction_fact', contacts.map(martInteraction));
  await insertRows(
    store,
    'mart.episode',
    [...groupBy(contacts, (contact) => contact.episodeId).values()].map(martEpisode),
  );
  await insertRows(
    store,
    'mart.customer',
    [...groupBy(contacts, (contact) => contact.person.id).values()].map(martCustomer),
  );
  for (const [table, rows] of Object.entries(accountRows(contacts))) await insertRows(store, table, rows);
  await insertFindings(store, contacts);
  await insertDeliveries(store);
  return contacts;
}

const eventsOf = (contact: Contact): SeedRow[] =>
  contact.channel !== 'voice' && contact.channel !== 'chat'
    ? []
    : [
        { kind: 'queued', queue_id: contact.queue.id, agent_id: null },
        { kind: 'assigned', queue_id: null, agent_id: contact.agent.id },
      ].map((event, index) => ({
        id: recordId('seed', `event ${contact.id} ${index}`),
        thread_id: contact.id,
        source: `demo-${contact.channel}`,
        ...event,
        occurred_at: new Date(contact.startedAt.getTime() + index * 1000 - 1000),
        interaction_id: contact.id,
        revision: 1,
      }));

const measuresOf = (contact: Contact): SeedRow[] =>
  contact.channel !== 'voice'
    ? []
    : [
        {
          id: recordId('seed', `measure ${contact.id}`),
          thread_id: contact.id,
          source: 'demo-voice',
          name: 'call_duration',
          value: 184,
          unit: 'second',
          agent_id: contact.agent.id,
          version: 1,
          interaction_id: contact.id,
          revision: 1,
        },
      ];

const sources = ['twilio-voice', 'email', 'whatsapp', 'chatwoot'] as const;

async function insertDeliveries(store: Store): Promise<void> {
  const deliveries = sources.map((source, index) => ({
    id: recordId('seed', `delivery ${source}`),
    sequence: index + 1,
    source,
    via: 'webhook',
    format: 'json',
    received_at: new Date(seedEnd.getTime() - index * 5_400_000),
    headers: '{}',
    body: new TextEncoder().encode('{}'),
  }));
  await insertRows(store, 'raw.delivery', deliveries);
  await insertRows(
    store,
    'ops.delivery_outcome',
    deliveries.map(({ id, sequence, source, received_at }, index) => ({
      delivery_id: id,
      sequence,
      source,
      connector_version: 1,
      units: 1200,
      mapped: 1140 - index * 60,
      dropped: 40,
      ignored: 12,
      unknown: 8,
      rejected: index * 60,
      received_at,
      parsed_at: received_at,
    })),
  );
  await insertRows(
    store,
    'ops.unit_count',
    deliveries.flatMap(({ id, source }, index) => [
      {
        delivery_id: id,
        source,
        native_kind: 'message.status',
        outcome: 'drop',
        reason: 'receipt without a message',
        units: 40,
      },
      { delivery_id: id, source, native_kind: 'beta.event', outcome: 'unknown', reason: 'kind not known', units: 8 },
      {
        delivery_id: id,
        source,
        native_kind: 'message',
        outcome: 'reject',
        reason: 'no time of the message',
        units: index * 60,
      },
    ]),
  );
}

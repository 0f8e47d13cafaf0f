import type { Store } from '../../../../data/store.ts';
import { recordId } from '../../../../ingest/record-id.ts';
import { groupBy } from '../../../../group-by.ts';
import { seedEnd, type Contact } from './company.ts';
import { insertRows, type SeedRow } from './insert.ts';

const labels: Readonly<Record<string, string>> = {
  'delivery.late': 'parcel due, still not come',
  'refund.status': 'money back, sent back, weeks ago',
  'order.status': 'where is my order',
  'return.return_item': 'too small, send it back',
};

/** The topic that came up for the first time of late. */
const freshIntent = 'delivery.damaged_or_wrong';
const freshLabel = 'lamp broken, glass in the box';
const freshDays = 13;
const topicIdOf = (intent: string): string => recordId('seed', `topic ${intent}`);

const isFresh = ({ startedAt }: Contact): boolean => seedEnd.getTime() - startedAt.getTime() < freshDays * 86_400_000;

/** What the models find over the whole history: topics, the company's own intents, and what had to be said twice. */
export async function insertFindings(store: Store, contacts: readonly Contact[]): Promise<void> {
  await insertTopics(store, contacts);
  await insertOwnIntents(store, contacts);
  await insertReExplaining(store, contacts);
}

async function insertTopics(store: Store, contacts: readonly Contact[]): Promise<void> {
  const about = contacts.filter((contact) =>
    contact.script.intent === freshIntent ? isFresh(contact) : contact.script.intent in labels,
  );
  const said = about.flatMap(({ id, script, lines }) =>
    lines
      .filter(({ part, role }) => part === 'issue' && role === 'customer')
      .map((line) => ({
        utterance_id: line.id,
        interaction_id: id,
        topic_id: topicIdOf(script.intent),
        similarity: 0.8,
      })),
  );
  await insertRows(store, 'signal.topic_utterance', said);
  await insertRows(
    store,
    'signal.topic',
    [...Object.keys(labels), freshIntent].map((intent) => ({
      topic_id: topicIdOf(intent),
      model: 'test',
      label: labels[intent] ?? freshLabel,
      words: JSON.stringify((labels[intent] ?? freshLabel).split(', ')),
      example_utterance_ids: '[]',
      centroid: new Uint8Array(2),
      scale: 1,
      count_utterances: said.filter(({ topic_id: id }) => id === topicIdOf(intent)).length,
      weekly: '[]',
      first_found_at: new Date('2026-05-04T04:00:00Z'),
      made_at: seedEnd,
    })),
  );
}

export const ownIntents = ['Lost in the depot', 'Shoes sent back'] as const;
const ownIntentOf: Readonly<Record<string, string>> = {
  'delivery.late': ownIntents[0],
  'refund.status': ownIntents[1],
};

export const ownExamples = [
  ...['it is stuck at the depot', 'the depot has had it since Tuesday', 'still at your depot', 'depot lost it'].map(
    (text) => ({ intent: ownIntents[0], text }),
  ),
  ...[
    'I sent the shoes back',
    'the trainers went back',
    'boots returned',
    'shoes back, no money',
    'depot got my shoes',
  ].map((text) => ({ intent: ownIntents[1], text })),
];

const report = {
  method: 'least_squares',
  examples: ownExamples.length,
  accuracy: 0.89,
  accuracyWithUnknown: 0.78,
  unknownRefused: 0.94,
  threshold: 0.55,
  intents: [
    { intent: ownIntents[0], examples: 4, accuracy: 1, needsExamples: true },
    { intent: ownIntents[1], examples: 5, accuracy: 0.6, needsExamples: true },
  ],
  confusions: [{ intent: ownIntents[1], found: ownIntents[0], count: 1 }],
  confusing: [{ intent: ownIntents[1], text: 'depot got my shoes', found: ownIntents[0] }],
};

async function insertOwnIntents(store: Store, contacts: readonly Contact[]): Promise<void> {
  const versions = [ownExamples.slice(0, 6), ownExamples].map((examples, index) => ({
    version: index + 1,
    model: 'test',
    made_at: new Date(seedEnd.getTime() - (3 - index) * 86_400_000),
    examples: JSON.stringify(examples),
    head: 'null',
    report: JSON.stringify(report),
  }));
  await insertRows(store, 'signal.own_intent_version', versions);
  const seen = contacts.flatMap(({ id, script, lines, isSupported }) =>
    lines
      .filter(({ part }) => isSupported && part === 'issue' && script.intent in ownIntentOf)
      .map((line) => ({
        utterance_id: line.id,
        interaction_id: id,
        intent: ownIntentOf[script.intent],
        score: 0.8,
        version: 2,
      })),
  );
  await insertRows(store, 'signal.own_intent', seen);
  await store.run(
    `update mart.interaction_fact
     set own_intent = seen.intent
     from (select distinct cast(interaction_id as varchar) as id, intent from signal.own_intent) as seen
     where interaction_id = seen.id`,
  );
  await insertRows(store, 'ops.progress', [
    { step: 'own-intents', revision: 1, done_at: seedEnd },
    { step: 'own-intents-version', revision: 2, done_at: seedEnd },
  ]);
}

/** In every second matter that came back about a refund, its first sentence had to be said again. */
async function insertReExplaining(store: Store, contacts: readonly Contact[]): Promise<void> {
  const matters = [...groupBy(contacts, ({ episodeId }) => episodeId).values()];
  const found = matters
    .filter(([first, second]) => first?.script.intent === 'refund.status' && first.lines[0] && second?.lines[0])
    .filter((_, index) => index % 2 === 0)
    .map(([first, second]): SeedRow => repeated(first!, second!));
  await insertRows(store, 'signal.re_explaining', found);
  await store.run(
    `update mart.episode
     set
       was_passed_on = interaction_count > 1,
       is_re_explained = episode_id in (select cast(re_explaining.episode_id as varchar) from signal.re_explaining)`,
  );
}

const repeated = (first: Contact, second: Contact): SeedRow => ({
  episode_id: first.episodeId,
  customer_id: first.person.id,
  model: 'test',
  earlier_utterance_id: first.lines[0]!.id,
  earlier_interaction_id: first.id,
  earlier_start: 0,
  earlier_end: first.lines[0]!.text.length,
  later_utterance_id: second.lines[0]!.id,
  later_interaction_id: second.id,
  later_start: 0,
  later_end: second.lines[0]!.text.length,
  score: 0.9,
  cue: second.lines.length > 3 ? 'I have explained this' : null,
});

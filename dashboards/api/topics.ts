import type { Store } from '../../data/store.ts';
import type { Row } from '../../data/values.ts';
import { fromJson } from './present.ts';
import type { Topic, TopicList } from './schemas/topics.ts';
import { readSql } from './sql.ts';

const topicsSql = readSql('topics')();
const examplesSql = readSql('topic-examples')();

/** What customers talk about, as the last run found it. */
export async function listTopics(store: Store): Promise<TopicList> {
  const rows = await store.all(topicsSql);
  const ids = rows.flatMap((row) => fromJson<string[]>(row.example_utterance_ids, []));
  const examples = ids.length > 0 ? await store.all(examplesSql, { ids }) : [];
  const byId = new Map(examples.map((row) => [row.id as string, row]));
  return {
    topics: rows.map((row) => presentTopic(row, byId)),
    madeAt: rows[0] ? (rows[0].made_at as Date).toISOString() : null,
    model: rows[0]?.model ?? null,
  };
}

const presentTopic = (row: Row, examples: ReadonlyMap<string, Row>): Topic => ({
  id: row.id,
  label: row.label,
  words: fromJson(row.words, []),
  utterances: row.utterances,
  weekly: fromJson<[string, number][]>(row.weekly, []).map(([from, utterances]) => ({ from, utterances })),
  growth: row.growth,
  isGrowing: row.is_growing,
  isNew: row.is_new,
  examples: fromJson<string[]>(row.example_utterance_ids, []).flatMap((id) => {
    const said = examples.get(id);
    return said ? [{ utteranceId: id, interactionId: said.interaction_id, text: said.text }] : [];
  }),
  firstFoundAt: (row.first_found_at as Date).toISOString(),
});

import type { Store } from '../../data/store.ts';
import type { Row } from '../../data/values.ts';
import { groupBy } from '../../group-by.ts';
import { topicCourses, type TopicWeek } from '../../models/topics/topic-weeks.ts';
import { readTrends } from '../../models/topics/topics.ts';
import { compileInteractionFilters } from './interaction-filters.ts';
import { fromJson, instant } from './present.ts';
import type { InteractionFilters } from './schemas/interactions.ts';
import type { Topic, TopicList } from './schemas/topics.ts';
import { readSql } from './sql.ts';

const topicsSql = readSql<'where'>('topics');
const weeksSql = readSql<'where'>('topic-weeks');
const examplesSql = readSql<'where'>('topic-examples');

/**
 * What customers talk about, as the last run found it, in the conversations that pass the filters. Size and examples are
 * of the period; the weekly course, and what follows from it, runs up to the newest word whatever the period.
 */
export async function listTopics(store: Store, filters: InteractionFilters = {}): Promise<TopicList> {
  const { sql: where, parameters } = compileInteractionFilters(filters);
  const { from: _from, to: _to, ...always } = filters;
  const course = compileInteractionFilters(always);
  const [rows, weeks, examples] = await Promise.all([
    store.all(topicsSql({ where }), parameters),
    store.all<TopicWeek>(weeksSql({ where: course.sql }), course.parameters),
    store.all(examplesSql({ where }), parameters),
  ]);
  const courses = topicCourses(
    rows.map(({ id }) => id as string),
    weeks,
  );
  const trends = readTrends(courses);
  const examplesOf = groupBy(examples, (row) => row.topic_id as string);
  return {
    topics: rows.map((row, index) => ({
      ...presentTopic(row, examplesOf.get(row.id) ?? []),
      ...trends[index]!,
      weekly: courses[index]!.weeks.map((utterances, place) => ({ from: courses[index]!.starts[place]!, utterances })),
    })),
    conversations: rows[0]?.total ?? 0,
    madeAt: rows[0] ? instant(rows[0].made_at) : null,
    model: rows[0]?.model ?? null,
  };
}

const presentTopic = (
  row: Row,
  examples: readonly Row[],
): Omit<Topic, 'weekly' | 'growth' | 'isGrowing' | 'isNew'> => ({
  id: row.id,
  label: row.label,
  words: fromJson(row.words, []),
  utterances: row.utterances,
  conversations: row.conversations,
  share: row.total > 0 ? row.conversations / row.total : null,
  examples: examples.map((said) => ({
    utteranceId: said.utterance_id,
    interactionId: said.interaction_id,
    text: said.text,
  })),
  firstFoundAt: (row.first_found_at as Date).toISOString(),
});

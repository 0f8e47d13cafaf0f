import { groupBy } from '../../group-by.ts';
import type { TopicCourse } from './topics.ts';

/** How often a topic came up in the seven days that end `weeks_back` weeks before the newest one. */
export interface TopicWeek {
  readonly topic_id: string;
  /** Null for what was said at no known time. */
  readonly weeks_back: number | null;
  readonly newest_day: Date;
  readonly utterances: number;
}

export interface DatedCourse extends TopicCourse {
  /** The first day of each week, `yyyy-mm-dd`. */
  readonly starts: readonly string[];
}

const mostWeeks = 26;
const dayMilliseconds = 86_400_000;

/** The course of each topic, in the order of `ids`; all are as long as the longest, half a year at most. */
export function topicCourses(ids: readonly string[], rows: readonly TopicWeek[]): DatedCourse[] {
  const span = Math.min(mostWeeks, 1 + Math.max(0, ...rows.map(({ weeks_back: back }) => back ?? 0)));
  const newest = rows[0]?.newest_day;
  const starts = newest ? Array.from({ length: span }, (_, place) => weekStart(newest, span - 1 - place)) : [];
  const byTopic = groupBy(rows, ({ topic_id: id }) => id);
  return ids.map((id) => ({ ...courseOf(byTopic.get(id) ?? [], starts.length), starts }));
}

function courseOf(rows: readonly TopicWeek[], span: number): TopicCourse {
  const weeks = Array.from({ length: span }, () => 0);
  for (const { weeks_back: back, utterances } of rows)
    if (back !== null && back < span) weeks[span - 1 - back] = utterances;
  return { weeks, total: rows.reduce((sum, { utterances }) => sum + utterances, 0) };
}

/** The first day of the seven that end so many weeks before the newest day. */
const weekStart = (newest: Date, weeksBack: number): string =>
  new Date(newest.getTime() - (weeksBack * 7 + 6) * dayMilliseconds).toISOString().slice(0, 10);

import { jsonIn } from './json.ts';
import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from './value.ts';

/** Other names that logs of sites and what they are collected with (Segment, PostHog, Amplitude, …) have for a column. */
const otherNames = tableOf<readonly string[]>({
  session: ['session_id', 'visit_id', '$session_id', 'ga_session_id'],
  time: [
    'timestamp',
    'created_at',
    'occurred_at',
    'event_time',
    'search_timestamp',
    'datetime',
    'date_time',
    'ts',
    'event_timestamp',
  ],
  user: ['user_id', 'customer_id', 'contact_id', 'distinct_id'],
  email: ['user_email', 'customer_email', 'email_address'],
  phone: ['phone_number'],
  cookie: ['anonymous_id', 'visitor_id', 'device_id', 'client_id', 'user_token', 'user_pseudo_id'],
  event: ['event_name', 'event_type'],
  page: ['$current_url', 'page_url', 'page_path', 'page_location', 'url', 'path'],
  ticket: ['ticket_id'],
  query: ['search_query', 'search_term', 'search_text', 'keywords', 'q'],
  results: ['result_count', 'results_count', 'search_result_count', 'num_results', 'total_results', 'nb_hits', 'hits'],
  article: ['article_id'],
  title: ['article_title', 'page_title'],
  position: ['clicked_position', 'rank'],
  helpful: ['was_helpful', 'is_helpful', 'vote'],
  comment: ['feedback'],
});

/** Names differ in case and in what stands between words: `Session ID`, `session_id`, `sessionId`. */
export const plainName = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/** What an event is about stands in an object of its own, and who it is about in another. */
function flat(row: Loose): Loose {
  const context = objectOf(row.context);
  const parts = [context.page, context.traits, row.event_properties, row.properties, keyed(row.event_params)]
    .map(jsonIn)
    .filter(isLoose);
  return parts.length === 0 ? row : Object.assign({}, ...parts, row);
}

/** Google Analytics lists what belongs to an event, each with the one of its values that is set. */
const keyed = (list: unknown): Loose =>
  Object.fromEntries(
    objectsOf(list).map(({ key, value }) => [
      textOf(key) ?? '',
      Object.values(objectOf(value)).find((each) => (each ?? null) !== null),
    ]),
  );

const wordOf = (value: unknown): string | undefined => (typeof value === 'boolean' ? String(value) : textOf(value));

/** Reads columns of a row by their usual names: by the name that is stated for one, else by one it often has. */
export function namedColumns(row: Loose, stated: Readonly<Record<string, string>>) {
  const columns = flat(row);
  const byName = new Map(Object.entries(columns).map(([name, value]) => [plainName(name), value]));
  return (name: string): string | undefined => {
    const own = stated[name];
    if (own !== undefined) return wordOf(columns[own]);
    return [name, ...(otherNames[name] ?? [])].map((each) => wordOf(byName.get(each))).find(Boolean);
  };
}

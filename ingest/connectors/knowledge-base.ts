import { z } from 'zod';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import {
  activitySettings,
  activitySource,
  addWords,
  columnReader,
  openVisit,
  rowsOf,
  type Visit,
} from '../formats/activity.ts';
import { numberOf, type Loose } from '../formats/value.ts';

const Settings = z.strictObject(
  activitySettings(['query', 'results', 'article', 'title', 'position', 'helpful', 'comment']),
);
type Settings = z.infer<typeof Settings>;

/**
 * One row of a help centre's log: a search (`query`, `results`), an article that was opened (`article`, `title`, and its
 * `position` among the results), or a vote on one (`helpful`, `comment`).
 */
function* split(document: unknown, { settings }: SplitContext<Settings>): Generator<Unit<Loose>> {
  for (const row of rowsOf(document, 'a help centre’s log')) {
    const native = fromZendesk(row);
    const read = columnReader(native, settings);
    const nativeKind = read('helpful') ? 'vote' : read('query') ? 'search' : read('article') ? 'view' : 'row';
    yield { kind: nativeKind === 'row' ? 'unknown' : nativeKind === 'vote' ? 'survey' : 'event', nativeKind, native };
  }
}

/** Zendesk's API has votes on articles as 1 and -1, beside those on posts of its community. */
const fromZendesk = (row: Loose): Loose =>
  row.item_type === 'Article' && 'value' in row ? { ...row, article: row.item_id, helpful: row.value } : row;

/** Words for yes and no, as votes are logged. */
const voteOf = (value: string | undefined): 0 | 1 | undefined =>
  /^(1|true|yes|up|y|helpful)$/i.test(value ?? '')
    ? 1
    : /^(0|false|no|down|n|-1|unhelpful)$/i.test(value ?? '')
      ? 0
      : undefined;

/** A query is what the customer says here; how many results it had is an event, for none is the help centre's silence. */
function map({ nativeKind, native }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  const visit = openVisit(native, 'knowledge_base', context);
  if ('reason' in visit) return reject(visit.reason);
  const [query, article] = [visit.read('query'), visit.read('article')];
  const nativeId = `${visit.threadId}:${visit.at.getTime()}:${query ?? article}`;
  if (nativeKind === 'vote') return mapVote(visit, nativeId);
  if (query) addSearch(visit, nativeId, query);
  const { facts, read, timing } = visit;
  const position = read('position');
  const value = position ? `${article} at ${position}` : article;
  if (article) facts.event({ ...timing, kind: 'viewed', value, nativeId: article });
  return ok(facts.facts);
}

/** The number of results is the value of its event. */
function addSearch(visit: Visit, nativeId: string, query: string): void {
  const utteranceId = addWords(visit, nativeId, query);
  const results = numberOf(visit.read('results'));
  const value = results === undefined ? undefined : String(results);
  visit.facts.event({ ...visit.timing, kind: 'searched', utteranceId, value });
}

function mapVote(visit: Visit, nativeId: string): Outcome {
  const { facts, read, threadId, handleId, at } = visit;
  const score = voteOf(read('helpful'));
  if (score === undefined) return reject(`invalid helpful: ${read('helpful')}; expected yes or no`);
  const [question, comment] = [read('title') ?? read('article'), read('comment')];
  facts.survey({
    threadId,
    ...(handleId && { handleId }),
    nativeId,
    kind: 'other',
    occurredAt: at,
    score,
    scaleMin: 0,
    scaleMax: 1,
    isHigherBetter: true,
    ...(question && { question }),
    ...(comment && { comment }),
  });
  if (comment) addWords(visit, nativeId, comment);
  return ok(facts.facts);
}

export const knowledgeBase = defineConnector<Loose, Settings>({
  ...activitySource,
  name: 'knowledge-base',
  title: 'Help centre articles and searches',
  version: 2,
  channels: ['knowledge_base'],
  settings: Settings,
  split,
  map,
});

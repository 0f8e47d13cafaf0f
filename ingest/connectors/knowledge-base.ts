import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { activitySettings, activityTime, addVisit, columnReader } from '../formats/activity.ts';
import { isLoose, numberOf, objectsOf, type Loose } from '../formats/value.ts';

const Settings = z.strictObject(
  activitySettings(['query', 'results', 'article', 'title', 'position', 'helpful', 'comment']),
);
type Settings = z.infer<typeof Settings>;

/**
 * One row of a help centre's log: a search (`query`, `results`), an article that was opened (`article`, `title`, and its
 * `position` among the results), or a vote on one (`helpful`, `comment`).
 */
function* split(document: unknown, { settings }: SplitContext<Settings>): Generator<Unit<Loose>> {
  if (!isLoose(document) && !Array.isArray(document))
    throw new SourceError('invalid document; expected rows of a help centre’s log');
  for (const native of Array.isArray(document) ? objectsOf(document) : [document]) {
    const read = columnReader(native, settings);
    const nativeKind = read('helpful') ? 'vote' : read('query') ? 'search' : read('article') ? 'view' : 'row';
    yield { kind: nativeKind === 'row' ? 'unknown' : nativeKind === 'vote' ? 'survey' : 'event', nativeKind, native };
  }
}

/** Words for yes and no, as votes are logged. */
const voteOf = (value: string | undefined): 0 | 1 | undefined =>
  /^(1|true|yes|up|y|helpful)$/i.test(value ?? '')
    ? 1
    : /^(0|false|no|down|n|-1|unhelpful)$/i.test(value ?? '')
      ? 0
      : undefined;

/** A query is what the customer says here; how many results it had is an event, for none is the help centre's silence. */
function map({ nativeKind, native }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  const read = columnReader(native, context.settings);
  const time = activityTime(read, context.settings);
  if (!time) return reject(`invalid time: ${read('time')}; expected ISO 8601, epoch, or yyyy-mm-dd hh:mm:ss`);
  const { at, isZoneKnown } = time;
  const facts = new FactList(context, at.getTime());
  const visit = addVisit(facts, read, 'knowledge_base', at);
  if (!visit) return reject('missing session and user of the row; one of them makes a visit');
  const { threadId, handleId } = visit;
  const by = { threadId, ...(handleId && { handleId }) };
  const [query, article] = [read('query'), read('article')];
  const nativeId = `${threadId}:${at.getTime()}:${query ?? article}`;
  const timing = { timePrecision: 'second', isZoneKnown } as const;
  if (nativeKind === 'vote') {
    const score = voteOf(read('helpful'));
    if (score === undefined) return reject(`invalid helpful: ${read('helpful')}; expected yes or no`);
    const [question, comment] = [read('title') ?? article, read('comment')];
    facts.survey({
      ...by,
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
    if (comment) facts.utterance({ ...by, ...timing, nativeId, role: 'customer', text: comment, occurredAt: at });
    return ok(facts.facts);
  }
  if (query) {
    facts.utterance({ ...by, ...timing, nativeId, role: 'customer', text: query, occurredAt: at });
    const results = numberOf(read('results'));
    if (results !== undefined)
      facts.event({
        ...timing,
        threadId,
        kind: 'status_changed',
        occurredAt: at,
        value: `search results ${results}`,
        nativeId: query,
      });
  }
  const position = read('position');
  if (article)
    facts.event({
      ...timing,
      threadId,
      kind: 'status_changed',
      occurredAt: at,
      value: `article ${article}${position ? ` at ${position}` : ''}`,
      nativeId: article,
    });
  return ok(facts.facts);
}

export const knowledgeBase = defineConnector<Loose, Settings>({
  name: 'knowledge-base',
  title: 'Help centre articles and searches',
  version: 1,
  channels: ['knowledge_base'],
  docs: [],
  formats: ['csv', 'ndjson', 'json'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: 'session, else the visitor, cut at half an hour of silence',
  split,
  map,
});

import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { latestOf, recordsIn } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { mapMessage } from './message.ts';
import { mapNotice, noticeTicket } from './notice.ts';
import { mapCompany, mapContact } from './people.ts';
import { freshdeskPull } from './pull.ts';
import { mapTicket } from './ticket.ts';
import { ofVersionOne } from './version-one.ts';

/** What an automation rule posts. */
const NOTICE = 'rule webhook';
/** Answers from extremely unhappy to extremely happy; 100 is neutral. */
const RATINGS = [-103, -102, -101, 100, 101, 102, 103];

/** Fields that only settings have, or the time somebody wrote down for a ticket. */
const SETTINGS =
  'time_spent timespent label_for_customers customers_can_edit primary_email reply_email sla_target business_hours questions content_html'.split(
    ' ',
  );

/** Tickets (with conversations, requester and stats inside, where asked for), conversations, contacts, agents, ratings. */
function* split(document: unknown): Generator<Unit<Loose>> {
  for (const item of recordsIn(document, 'results').flatMap(ofEvent)) {
    const native = ofVersionOne(objectOf(item));
    if (!textOf(native.id) && noticeTicket(native)) {
      yield { kind: 'thread', nativeKind: NOTICE, native };
      continue;
    }
    if (!textOf(native.id)) throw new SourceError('invalid document; expected Freshdesk records, each with an id');
    yield { ...kindOf(native), native };
    for (const message of objectsOf(native.conversations))
      yield { kind: 'message', nativeKind: 'conversation', native: { ticket_id: native.id, ...message } };
  }
}

/** What the app platform sends: the record that an event, e.g. `onTicketCreate`, is about. */
function ofEvent(item: unknown): unknown[] {
  const { event, data } = objectOf(item);
  const { ticket, conversation, requester } = objectOf(data);
  if (!textOf(event)?.startsWith('on')) return [item];
  return [ticket && { requester, ...objectOf(ticket) }, conversation].filter(isLoose);
}

function kindOf(record: Loose): Pick<Unit, 'kind' | 'nativeKind'> {
  if (record.requester_id !== undefined && record.status !== undefined) return { kind: 'thread', nativeKind: 'ticket' };
  if (record.ratings !== undefined) return { kind: 'survey', nativeKind: 'satisfaction_rating' };
  if (record.incoming !== undefined || record.body_text !== undefined)
    return { kind: 'message', nativeKind: 'conversation' };
  if (record.ticket_scope !== undefined || isLoose(record.contact)) return { kind: 'profile', nativeKind: 'agent' };
  if (
    record.view_all_tickets !== undefined ||
    record.unique_external_id !== undefined ||
    (record.mobile !== undefined && record.email !== undefined)
  )
    return { kind: 'profile', nativeKind: 'contact' };
  if (Array.isArray(record.domains) || record.account_tier !== undefined || record.health_score !== undefined)
    return { kind: 'profile', nativeKind: 'company' };
  if (record.unassigned_for !== undefined || Array.isArray(record.agent_ids))
    return { kind: 'profile', nativeKind: 'group' };
  if (SETTINGS.some((name) => record[name] !== undefined)) return { kind: 'ignored', nativeKind: 'setting' };
  const isLibrary = record.articles_count !== undefined || record.folder_id !== undefined || record.icon !== undefined;
  return { kind: isLibrary ? 'ignored' : 'unknown', nativeKind: isLibrary ? 'solution' : 'record' };
}

function mapProfile({ nativeKind, native: record }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === 'company') return mapCompany(record, context);
  if (nativeKind === 'contact') return mapContact(record, context);
  const facts = new FactList(context, latestOf(record.updated_at, record.created_at));
  const nativeId = textOf(record.id)!;
  if (nativeKind === 'group') facts.queue({ nativeId, name: textOf(record.name) });
  else facts.agent({ nativeId, name: textOf(objectOf(record.contact).name) });
  return ok(facts.facts);
}

function mapRating(rating: Loose, context: SplitContext): Outcome {
  const [id, occurredAt] = [textOf(rating.id), fromIso(rating.created_at)];
  const score = numberOf(objectOf(rating.ratings).default_question);
  if (!id || !occurredAt || score === undefined)
    return reject('the rating has no id, no time or no answer to the default question');
  const step = RATINGS.indexOf(score) + 1;
  if (step === 0) return reject(`invalid rating: ${score}; expected one of ${RATINGS.join(', ')}`);
  const facts = new FactList(context, latestOf(rating.updated_at, occurredAt));
  facts.survey({
    nativeId: `rating/${id}`,
    kind: 'csat',
    occurredAt,
    score: step,
    scaleMin: 1,
    scaleMax: 7,
    isHigherBetter: true,
    comment: textOf(rating.feedback),
    threadId: textOf(rating.ticket_id) && facts.threadId(`ticket/${textOf(rating.ticket_id)}`),
    handleId: facts.handle({ type: 'contact_id', value: textOf(rating.user_id) }),
  });
  return ok(facts.facts);
}

export const freshdesk = defineConnector<Loose, Record<string, never>>({
  name: 'freshdesk',
  title: 'Freshdesk',
  version: 1,
  channels: ['ticket', 'email', 'portal', 'voice', 'forum', 'social', 'chat', 'in_app', 'form', 'bot', 'whatsapp'],
  docs: ['https://developers.freshdesk.com/api/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  pull: freshdeskPull,
  threadKey: 'id of the ticket',
  echoRule: 'incoming is false',
  split,
  map: (unit, context) => {
    if (unit.nativeKind === NOTICE) return mapNotice(unit.native, context);
    if (unit.kind === 'thread') return mapTicket(unit.native, context);
    if (unit.kind === 'survey') return mapRating(unit.native, context);
    return unit.kind === 'message' ? mapMessage(unit.native, context) : mapProfile(unit, context);
  },
});

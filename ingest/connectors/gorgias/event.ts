import { drop, ok, reject, type Outcome, type SplitContext, type UnitKind } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn } from '../../formats/helpdesk.ts';
import { fromIsoAsUtc } from '../../formats/time.ts';
import { numberOf, objectOf, textOf, type Loose } from '../../formats/value.ts';

/** Events that tell more than that a record has changed, which comes with the record itself. */
const KINDS = {
  'ticket-assigned': 'event',
  'ticket-team-assigned': 'event',
  'ticket-closed': 'event',
  'ticket-reopened': 'event',
  'ticket-snoozed': 'event',
  'ticket-self-unsnoozed': 'event',
  'ticket-deleted': 'delete',
  'ticket-message-deleted': 'delete',
  'customer-deleted': 'profile',
  'satisfaction-survey-responded': 'survey',
} as const;

export const kindOfEvent = ({ type }: Loose): UnitKind => nameIn(KINDS, type) ?? 'ignored';

/** When a ticket was closed last stands in the ticket, as the moment that it was solved. */
const CHANGES = {
  'ticket-closed': { kind: 'status_changed', value: 'closed' },
  'ticket-reopened': { kind: 'reopened' },
  'ticket-snoozed': { kind: 'held' },
  'ticket-self-unsnoozed': { kind: 'resumed' },
} as const;

export function mapEvent(event: Loose, context: SplitContext): Outcome {
  const [objectId, at, type] = [textOf(event.object_id), fromIsoAsUtc(event.created_datetime), textOf(event.type)!];
  if (!objectId || !at) return reject('the event has no object_id or no created_datetime');
  if (type === 'ticket-message-deleted') return reject('the event names a message and not the ticket that it is of');
  const facts = new FactList(context, at.getTime());
  const nativeId = `ticket/${objectId}`;
  if (type === 'ticket-deleted') facts.thread({ nativeId, channel: 'ticket', status: 'closed', deletedAt: at });
  else if (type === 'customer-deleted') {
    const handleId = facts.handle({ type: 'contact_id', value: objectId });
    facts.person({ nativeId: objectId, handleId, state: 'deleted' });
  } else if (type === 'satisfaction-survey-responded') addAnswer(facts, objectId, objectOf(event.data), at);
  else addChange(facts, event, nativeId, at);
  return facts.facts.length > 0 ? ok(facts.facts) : drop(`the event ${type} names nobody and no score`);
}

function addAnswer(facts: FactList, id: string, { score, body_text }: Loose, occurredAt: Date): void {
  if (numberOf(score) === undefined) return;
  facts.survey({
    nativeId: `survey/${id}`,
    kind: 'csat',
    occurredAt,
    score: numberOf(score),
    scaleMin: 1,
    scaleMax: 5,
    isHigherBetter: true,
    comment: textOf(body_text),
  });
}

function addChange(facts: FactList, { id, type, data }: Loose, nativeId: string, occurredAt: Date): void {
  const [user, team] = [textOf(objectOf(data).assignee_user_id), textOf(objectOf(data).assignee_team_id)];
  const when = { threadId: facts.threadId(nativeId), occurredAt, nativeId: textOf(id) ?? '' };
  const change = nameIn(CHANGES, type);
  if (change) facts.event({ ...when, ...change });
  else if (type === 'ticket-assigned' && user) {
    const agentId = facts.agent({ nativeId: user });
    facts.thread({ nativeId, channel: 'ticket', agentId });
    facts.event({ ...when, kind: 'assigned', agentId });
  } else if (type === 'ticket-team-assigned' && team) {
    const queueId = facts.queue({ nativeId: team });
    facts.thread({ nativeId, channel: 'ticket', queueId });
    facts.event({ ...when, kind: 'queued', queueId });
  }
}

import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { externalIds } from '../../formats/crm.ts';
import { addPerson, latestOf, nameIn, recordsIn } from '../../formats/helpdesk.ts';
import { fromIsoAsUtc } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { mapCall } from './call.ts';
import { mapEvent } from './event.ts';
import { CHANNELS, kindOf } from './kinds.ts';
import { mapMessage } from './message.ts';
import { customerHandles, says } from './people.ts';
import { gorgiasPull } from './pull.ts';

const PRIORITIES = { low: 'low', normal: 'normal', high: 'high', urgent: 'urgent', critical: 'urgent' } as const;

/** Tickets with their messages inside, pages of either, and customers. */
function* split(document: unknown): Generator<Unit<Loose>> {
  const record = objectOf(document);
  const page = isLoose(record.ticket)
    ? [record.ticket, ...(isLoose(record.message) ? [{ ticket_id: record.ticket.id, ...record.message }] : [])]
    : recordsIn(document, 'data');
  for (const item of page) {
    const native = objectOf(item);
    if (!textOf(native.id)) throw new SourceError('invalid document; expected Gorgias records, each with an id');
    yield { ...kindOf(native), native };
    for (const message of objectsOf(native.messages))
      yield { kind: 'message', nativeKind: 'message', native: { ticket_id: native.id, ...message } };
  }
}

function mapTicket(ticket: Loose, context: SplitContext): Outcome {
  const id = textOf(ticket.id)!;
  const messages = objectsOf(ticket.messages);
  const startedAt = fromIsoAsUtc(ticket.created_datetime) ?? fromIsoAsUtc(messages[0]?.created_datetime);
  if (!startedAt) return reject('the ticket has no created_datetime');
  const updatedAt = fromIsoAsUtc(ticket.updated_datetime) ?? fromIsoAsUtc(messages.at(-1)?.created_datetime);
  const facts = new FactList(context, latestOf(updatedAt, startedAt));
  const [agent, team] = [objectOf(ticket.assignee_user), objectOf(ticket.assignee_team)];
  const threadId = facts.thread({
    nativeId: `ticket/${id}`,
    channel: nameIn(CHANNELS, ticket.channel) ?? 'ticket',
    startedAt,
    ...((ticket.from_agent ?? undefined) !== undefined && {
      direction: says(ticket.from_agent, 'true') ? 'outbound' : 'inbound',
    }),
    subject: textOf(ticket.subject),
    // What lies in the trash or is spam keeps its status and is done with.
    status:
      ticket.status === 'closed' || textOf(ticket.trashed_datetime) || says(ticket.spam, 'true') ? 'closed' : 'open',
    priority: nameIn(PRIORITIES, ticket.priority),
    agentId: textOf(agent.id) ? facts.agent({ nativeId: textOf(agent.id)!, name: textOf(agent.name) }) : undefined,
    queueId: textOf(team.id) ? facts.queue({ nativeId: textOf(team.id)!, name: textOf(team.name) }) : undefined,
    ...(Array.isArray(ticket.tags) && { tags: objectsOf(ticket.tags).flatMap(({ name }) => textOf(name) ?? []) }),
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'millisecond' });
  const closedAt = fromIsoAsUtc(ticket.closed_datetime);
  if (closedAt) facts.event({ threadId, kind: 'solved', occurredAt: closedAt, timePrecision: 'millisecond' });
  addPerson(
    facts,
    { threadId, at: startedAt, evidence: 'gorgias_customer' },
    customerHandles(objectOf(ticket.customer)),
  );
  if (isLoose(ticket.satisfaction_survey)) addSurvey(facts, { ticket_id: id, ...ticket.satisfaction_survey });
  return ok(facts.facts);
}

function addSurvey(facts: FactList, survey: Loose): boolean {
  const [id, occurredAt, score] = [textOf(survey.id), fromIsoAsUtc(survey.scored_datetime), numberOf(survey.score)];
  if (!id || !occurredAt || score === undefined) return false;
  const ticketId = textOf(survey.ticket_id);
  facts.survey({
    nativeId: `survey/${id}`,
    kind: 'csat',
    occurredAt,
    score,
    scaleMin: 1,
    scaleMax: 5,
    isHigherBetter: true,
    comment: textOf(survey.body_text),
    threadId: ticketId && facts.threadId(`ticket/${ticketId}`),
    handleId: facts.handle({ type: 'contact_id', value: textOf(survey.customer_id) }),
  });
  return true;
}

function mapOther({ kind, nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const at =
    fromIsoAsUtc(native.updated_datetime) ?? fromIsoAsUtc(native.created_datetime) ?? context.delivery.receivedAt;
  const facts = new FactList(
    context,
    latestOf(fromIsoAsUtc(native.updated_datetime), fromIsoAsUtc(native.scored_datetime)),
  );
  if (kind === 'survey')
    return addSurvey(facts, native)
      ? ok(facts.facts)
      : { status: 'drop', reason: 'a survey that nobody has answered yet' };
  if (nativeKind === 'user') facts.agent({ nativeId: textOf(native.id)!, name: textOf(native.name) });
  else
    facts.person({
      nativeId: textOf(native.id)!,
      handleId: addPerson(facts, { at, evidence: 'gorgias_customer' }, customerHandles(native)),
      name: textOf(native.name),
      language: textOf(native.language),
      sinceAt: fromIsoAsUtc(native.created_datetime),
      externalIds: native.external_id === undefined ? undefined : externalIds(['', native.external_id]),
      state: 'active',
    });
  return ok(facts.facts);
}

export const gorgias = defineConnector<Loose, Record<string, never>>({
  name: 'gorgias',
  title: 'Gorgias',
  version: 1,
  channels: [
    'email',
    'chat',
    'voice',
    'voicemail',
    'sms',
    'whatsapp',
    'messenger',
    'instagram',
    'x_dm',
    'social',
    'review',
    'form',
    'ticket',
  ],
  docs: [
    'https://developers.gorgias.com/reference/the-ticket-object',
    'https://developers.gorgias.com/reference/the-ticketmessage-object',
  ],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  pull: gorgiasPull,
  threadKey: 'id of the ticket',
  echoRule: 'from_agent is true',
  split,
  map: (unit, context) => {
    if (unit.nativeKind.startsWith('event.')) return mapEvent(unit.native, context);
    if (unit.kind === 'thread') return mapTicket(unit.native, context);
    if (unit.kind === 'message') return mapMessage(unit.native, context);
    return unit.kind === 'call' ? mapCall(unit.native, context) : mapOther(unit, context);
  },
});

import { fromIsoOrEpoch } from '../../formats/time.ts';
import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn, wordsOf } from '../../formats/helpdesk.ts';
import { objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { addContact, changedAt } from './people.ts';

export const STATES = {
  submitted: 'new',
  in_progress: 'open',
  waiting_on_customer: 'pending',
  resolved: 'solved',
} as const;

/** What a ticket or a conversation is known by. */
export const threadOf = ({ type, id }: Loose): string =>
  type === 'ticket' ? `ticket/${textOf(id)}` : `conversation/${textOf(id)}`;

/** A ticket: what was asked for stands in its attributes, and nothing tells who wrote it. */
export function mapTicket(ticket: Loose, context: SplitContext): Outcome {
  const startedAt = fromIsoOrEpoch(ticket.created_at);
  if (!textOf(ticket.id) || !startedAt)
    return reject('the ticket has no id, or no created_at of the form 2026-01-31T10:00:00Z');
  const facts = new FactList(context, changedAt(ticket));
  const attributes = objectOf(ticket.ticket_attributes);
  const [agent, team] = [textOf(ticket.admin_assignee_id), textOf(ticket.team_assignee_id)];
  const state = nameIn(STATES, objectOf(ticket.ticket_state).category ?? ticket.ticket_state);
  const threadId = facts.thread({
    nativeId: threadOf(ticket),
    channel: 'ticket',
    startedAt,
    subject: textOf(attributes._default_title_),
    status: ticket.open === false ? 'closed' : state,
    agentId: agent && agent !== '0' ? facts.agent({ nativeId: agent }) : undefined,
    queueId: team && team !== '0' ? facts.queue({ nativeId: team }) : undefined,
  });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt, timePrecision: 'second' });
  const contacts = objectsOf(objectOf(ticket.contacts).contacts);
  if (contacts.length === 1) addContact(facts, contacts[0]!, startedAt, threadId);
  const isInside = ticket.category === 'Back-office' || ticket.category === 'Tracker';
  const words = wordsOf({ text: attributes._default_description_ });
  if (words.text)
    facts.utterance({
      nativeId: `${threadOf(ticket)}/description`,
      threadId,
      role: isInside ? 'agent' : undefined,
      occurredAt: startedAt,
      timePrecision: 'second',
      isZoneKnown: true,
      ...words,
      visibility: isInside ? 'internal' : 'public',
    });
  for (const { type, id, category } of objectsOf(objectOf(ticket.linked_objects).data))
    // A tracker gathers the tickets of many customers.
    if (ticket.category !== 'Tracker' && category !== 'Tracker' && /^(conversation|ticket)$/.test(textOf(type) ?? ''))
      facts.link(threadId, facts.threadId(`${String(type)}/${textOf(id)}`), 'intercom ticket');
  return ok(facts.facts);
}

import { ok, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { Channel } from '../../channels.ts';
import { addPerson, nameIn, wordsOf } from '../../formats/helpdesk.ts';
import { tableOf, textOf, type Loose } from '../../formats/value.ts';

/** What an automation rule posts: fields of a ticket under names of their own, with words for what the API numbers. */

const CHANNELS = tableOf<Channel>({
  email: 'email',
  'outbound email': 'email',
  portal: 'portal',
  phone: 'voice',
  chat: 'chat',
  'feedback widget': 'form',
  twitter: 'social',
  facebook: 'social',
  whatsapp: 'whatsapp',
});
const STATUSES = {
  open: 'open',
  pending: 'pending',
  'waiting on customer': 'pending',
  'waiting on third party': 'on_hold',
  resolved: 'solved',
  closed: 'closed',
} as const;
const PRIORITIES = { low: 'low', medium: 'normal', high: 'high', urgent: 'urgent' } as const;

/** Some accounts write the number of a ticket with letters before it. */
export const noticeTicket = (notice: Loose): string | undefined => /\d+$/.exec(textOf(notice.ticket_id) ?? '')?.[0];

/** It has no time, and its latest comment no id: that and the comments come with the conversations of the ticket. */
export function mapNotice(notice: Loose, context: SplitContext): Outcome {
  const { receivedAt } = context.delivery;
  const facts = new FactList(context, receivedAt.getTime());
  const nativeId = `ticket/${noticeTicket(notice)}`;
  const channel = nameIn(CHANNELS, notice.ticket_source) ?? 'ticket';
  const threadId = facts.thread({
    nativeId,
    channel,
    subject: textOf(notice.ticket_subject),
    status: nameIn(STATUSES, notice.ticket_status),
    priority: nameIn(PRIORITIES, notice.ticket_priority),
    url: textOf(notice.ticket_url),
  });
  const display = textOf(notice.ticket_requester_name);
  const handleId = addPerson(facts, { threadId, at: receivedAt, evidence: 'freshdesk_requester' }, [
    { type: 'email', value: textOf(notice.ticket_requester_email), display },
    { type: 'phone', value: textOf(notice.ticket_requester_phone), display },
    { type: 'crm_id', value: textOf(notice.ticket_requester_unique_external_id), display },
  ]);
  const words = wordsOf({ html: notice.ticket_description }, channel === 'email');
  const isByCustomer = channel !== 'voice' && !/outbound/i.test(textOf(notice.ticket_source) ?? '');
  if (words.text && /ticket_action:created/.test(textOf(notice.triggered_event) ?? ''))
    facts.utterance({
      nativeId: `${nativeId}/description`,
      threadId,
      version: 0,
      role: isByCustomer ? 'customer' : 'agent',
      occurredAt: receivedAt,
      timePrecision: 'receipt',
      isZoneKnown: true,
      ...words,
      visibility: channel === 'voice' ? 'internal' : 'public',
      handleId: isByCustomer ? handleId : undefined,
    });
  return ok(facts.facts);
}

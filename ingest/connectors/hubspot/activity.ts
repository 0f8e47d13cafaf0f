import type { Channel } from '../../channels.ts';
import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { latestOf, directionOf, nameIn, wordsOf, type Words } from '../../formats/helpdesk.ts';
import { looksLikeHtml } from '../../formats/html.ts';
import { after, fromIso, fromIsoOrEpoch } from '../../formats/time.ts';
import { numberOf, objectOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

/** E-mails and calls that stand on a contact as activities: CRM objects, whose values are text. */

const CALL_ENDS = {
  completed: 'ended',
  no_answer: 'missed',
  missed: 'missed',
  busy: 'failed',
  failed: 'failed',
  canceled: 'failed',
} as const;

export const versionOf = (record: Loose, properties: Loose): number =>
  latestOf(record.updatedAt, properties.hs_lastmodifieddate, properties.lastmodifieddate, record.createdAt);

/** When a record was deleted: archived ones come only where they are asked for. */
export const deletedAt = ({ archived, archivedAt }: Loose, version: number): Date | undefined =>
  archived === true ? (fromIso(archivedAt) ?? new Date(version)) : undefined;

/** Texts of CRM objects are HTML where people wrote them in HubSpot, and plain where something else did. */
export function wordsOfText(value: unknown): Words {
  const text = textOf(value) ?? '';
  return wordsOf(looksLikeHtml(text) || /<br\s*\/?>/i.test(text) ? { html: text } : { text });
}

/** An e-mail logged on a contact. Of a forwarded one nothing tells who wrote it. */
export function mapEmail(record: Loose, context: SplitContext): Outcome {
  const properties = objectOf(record.properties);
  const at = fromIsoOrEpoch(properties.hs_timestamp) ?? fromIso(record.createdAt);
  if (!at) return reject('the e-mail has no hs_timestamp');
  const status = textOf(properties.hs_email_status);
  if (status === 'SCHEDULED' || properties.hs_email_direction === 'DRAFT_EMAIL')
    return drop('an e-mail that nobody has sent yet');
  const facts = new FactList(context, versionOf(record, properties));
  const isInbound = properties.hs_email_direction === 'INCOMING_EMAIL';
  const isOutbound = properties.hs_email_direction === 'EMAIL';
  const nativeId = `email/${textOf(record.id)}`;
  const threadId = facts.thread({
    nativeId: textOf(properties.hs_email_thread_id) ?? nativeId,
    channel: 'email',
    subject: textOf(properties.hs_email_subject),
  });
  const customer = isInbound ? properties.hs_email_from_email : isOutbound ? properties.hs_email_to_email : undefined;
  const value = textOf(customer);
  const handleId = facts.participant(threadId, 'customer', at, {
    type: 'email',
    value: value?.includes(';') ? undefined : value,
  });
  const owner = textOf(properties.hubspot_owner_id);
  const utteranceId = facts.utterance({
    nativeId,
    threadId,
    deletedAt: deletedAt(record, versionOf(record, properties)),
    role: isInbound ? 'customer' : isOutbound ? 'agent' : undefined,
    occurredAt: at,
    isZoneKnown: true,
    ...wordsOf(
      textOf(properties.hs_email_text) ? { text: properties.hs_email_text } : { html: properties.hs_email_html },
      true,
    ),
    visibility: 'public',
    handleId: isInbound ? handleId : undefined,
    agentId: isOutbound && owner ? facts.agent({ nativeId: owner }) : undefined,
  });
  if (status === 'BOUNCED' || status === 'FAILED')
    facts.event({ threadId, kind: 'failed', occurredAt: at, utteranceId, value: status.toLowerCase() });
  return ok(facts.facts);
}

export function mapCall(record: Loose, context: SplitContext): Outcome {
  const properties = objectOf(record.properties);
  const startedAt = fromIsoOrEpoch(properties.hs_timestamp) ?? fromIso(record.createdAt);
  if (!startedAt) return reject('the call has no hs_timestamp');
  const facts = new FactList(context, versionOf(record, properties));
  const direction = directionOf(properties.hs_call_direction);
  const owner = textOf(properties.hubspot_owner_id);
  const threadId = facts.thread({
    nativeId: `call/${textOf(record.id)}`,
    channel: 'voice',
    startedAt,
    direction,
    subject: textOf(properties.hs_call_title),
    agentId: owner ? facts.agent({ nativeId: owner }) : undefined,
    deletedAt: deletedAt(record, versionOf(record, properties)),
  });
  const numbers = { inbound: properties.hs_call_from_number, outbound: properties.hs_call_to_number };
  const value = textOf(direction && numbers[direction]);
  facts.participant(threadId, 'customer', startedAt, { type: 'phone', value });
  const duration = numberOf(properties.hs_call_duration);
  facts.measure({ threadId, name: 'call_duration', value: duration, unit: 'millisecond' });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt });
  const kind = nameIn(CALL_ENDS, properties.hs_call_status);
  if (kind) facts.event({ threadId, kind, occurredAt: after(startedAt, duration ?? 0) ?? startedAt });
  const address = textOf(properties.hs_call_recording_url);
  if (address?.startsWith('https:'))
    facts.media({ nativeId: `call/${textOf(record.id)}/recording`, threadId, kind: 'recording', address });
  const words = wordsOfText(properties.hs_call_body);
  if (words.text)
    facts.utterance({
      nativeId: `call/${textOf(record.id)}/note`,
      threadId,
      role: 'agent',
      ...words,
      occurredAt: startedAt,
      visibility: 'internal',
    });
  return ok(facts.facts);
}

const COMMUNICATIONS = tableOf<Channel>({ WHATS_APP: 'whatsapp', SMS: 'sms', LINKEDIN_MESSAGE: 'social' });

/** A message of another channel that somebody logged on a contact; who wrote it is not said. */
export function mapCommunication(record: Loose, context: SplitContext): Outcome {
  const properties = objectOf(record.properties);
  const at = fromIsoOrEpoch(properties.hs_timestamp) ?? fromIso(record.createdAt);
  const words = wordsOfText(properties.hs_communication_body);
  if (!at || words.text === undefined) return reject('the communication has no words or no hs_timestamp');
  const facts = new FactList(context, versionOf(record, properties));
  const nativeId = `communication/${textOf(record.id)}`;
  const channel = COMMUNICATIONS[textOf(properties.hs_communication_channel_type) ?? ''] ?? 'ticket';
  facts.utterance({
    nativeId,
    threadId: facts.thread({ nativeId, channel, deletedAt: deletedAt(record, versionOf(record, properties)) }),
    ...words,
    occurredAt: at,
    isZoneKnown: true,
  });
  return ok(facts.facts);
}

import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { latestOf, nameIn, wordsOf } from '../../formats/helpdesk.ts';
import { after, fromIso } from '../../formats/time.ts';
import { numberOf, objectOf, textOf, type Loose } from '../../formats/value.ts';

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

/** An e-mail logged on a contact. */
export function mapEmail(record: Loose, context: SplitContext): Outcome {
  const properties = objectOf(record.properties);
  const at = fromIso(properties.hs_timestamp) ?? fromIso(record.createdAt);
  if (!at) return reject('the e-mail has no hs_timestamp');
  const facts = new FactList(context, versionOf(record, properties));
  const isInbound = properties.hs_email_direction === 'INCOMING_EMAIL';
  const nativeId = `email/${textOf(record.id)}`;
  const threadId = facts.thread({
    nativeId: textOf(properties.hs_email_thread_id) ?? nativeId,
    channel: 'email',
    subject: textOf(properties.hs_email_subject),
  });
  const value = textOf(isInbound ? properties.hs_email_from_email : properties.hs_email_to_email);
  const handleId = facts.participant(threadId, 'customer', at, {
    type: 'email',
    value: value?.includes(';') ? undefined : value,
  });
  const owner = textOf(properties.hubspot_owner_id);
  facts.utterance({
    nativeId,
    threadId,
    role: isInbound ? 'customer' : 'agent',
    occurredAt: at,
    isZoneKnown: true,
    ...wordsOf(
      textOf(properties.hs_email_text) ? { text: properties.hs_email_text } : { html: properties.hs_email_html },
      true,
    ),
    visibility: 'public',
    handleId: isInbound ? handleId : undefined,
    agentId: !isInbound && owner ? facts.agent({ nativeId: owner }) : undefined,
  });
  return ok(facts.facts);
}

export function mapCall(record: Loose, context: SplitContext): Outcome {
  const properties = objectOf(record.properties);
  const startedAt = fromIso(properties.hs_timestamp) ?? fromIso(record.createdAt);
  if (!startedAt) return reject('the call has no hs_timestamp');
  const facts = new FactList(context, versionOf(record, properties));
  const isInbound = properties.hs_call_direction === 'INBOUND';
  const owner = textOf(properties.hubspot_owner_id);
  const threadId = facts.thread({
    nativeId: `call/${textOf(record.id)}`,
    channel: 'voice',
    startedAt,
    direction: isInbound ? 'inbound' : 'outbound',
    subject: textOf(properties.hs_call_title),
    agentId: owner ? facts.agent({ nativeId: owner }) : undefined,
  });
  const value = textOf(isInbound ? properties.hs_call_from_number : properties.hs_call_to_number);
  facts.participant(threadId, 'customer', startedAt, { type: 'phone', value });
  const duration = numberOf(properties.hs_call_duration);
  facts.measure({ threadId, name: 'call_duration', value: duration, unit: 'millisecond' });
  facts.event({ threadId, kind: 'started', occurredAt: startedAt });
  const kind = nameIn(CALL_ENDS, properties.hs_call_status);
  if (kind) facts.event({ threadId, kind, occurredAt: after(startedAt, duration ?? 0) ?? startedAt });
  const words = wordsOf({ html: properties.hs_call_body });
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

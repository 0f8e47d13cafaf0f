import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson, latestOf, nameIn, wordsOf } from '../../formats/helpdesk.ts';
import { fromIso, fromIsoAsUtc } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { CHANNELS } from './kinds.ts';
import { customerHandles, says } from './people.ts';

/** Rules and campaigns write in the name of an agent; Gorgias itself says what happened. */
function isMachine(message: Loose): boolean {
  const meta = objectOf(message.meta);
  const sent = message.rule_id ?? meta.campaign_id ?? meta.ai_campaign_id;
  const isOfRule = textOf(sent) !== undefined || message.via === 'rule';
  return (isOfRule && says(message.from_agent, 'true')) || objectOf(message.source).type === 'system-message';
}

const isInside = (message: Loose): boolean =>
  says(message.public, 'false') || [message.channel, objectOf(message.source).type].includes('internal-note');

/** Comments on a network are taken away there. */
const deletedAtOf = (message: Loose): Date | undefined =>
  fromIsoAsUtc(message.deleted_datetime) ?? fromIsoAsUtc(objectOf(message.meta).deleted_datetime);

const mediaOf = (message: Loose) =>
  objectsOf(message.attachments).map((file) => ({
    name: textOf(file.name),
    mimeType: textOf(file.content_type),
    byteSize: numberOf(file.size),
  }));

export function mapMessage(message: Loose, context: SplitContext): Outcome {
  const [id, ticketId, at] = [textOf(message.id), textOf(message.ticket_id), fromIsoAsUtc(message.created_datetime)];
  if (!id || !ticketId || !at) return reject('the message has no id, no ticket_id or no created_datetime');
  if (objectOf(message.meta).type === 'signal') return drop('a signal of the chat, which nobody sees');
  const channel = nameIn(CHANNELS, message.channel) ?? 'ticket';
  const facts = new FactList(context, latestOf(fromIsoAsUtc(message.sent_datetime), at));
  const threadId = facts.thread({ nativeId: `ticket/${ticketId}`, channel, version: 0 });
  const deletedAt = deletedAtOf(message);
  const isAutomatic = isMachine(message);
  const role = isAutomatic ? 'system' : says(message.from_agent, 'true') ? 'agent' : 'customer';
  const sender = objectOf(message.sender);
  const senderId = textOf(sender.id);
  const { body_text: text, body_html: html } = message;
  const utteranceId = facts.utterance({
    nativeId: `message/${id}`,
    threadId,
    role,
    occurredAt: at,
    nativeTime: textOf(message.created_datetime),
    timePrecision: 'millisecond',
    isZoneKnown: fromIso(message.created_datetime) !== undefined,
    ...(deletedAt ? { deletedAt } : wordsOf(textOf(text) ? { text } : { html }, channel === 'email')),
    visibility: isInside(message) ? 'internal' : 'public',
    isAutomatic,
    agentId: role === 'agent' && senderId ? facts.agent({ nativeId: senderId, name: textOf(sender.name) }) : undefined,
    handleId:
      role === 'customer'
        ? addPerson(facts, { threadId, at, evidence: 'gorgias_customer' }, customerHandles(sender))
        : undefined,
    media: deletedAt ? undefined : mediaOf(message),
  });
  const error = textOf(objectOf(message.last_sending_error).error);
  const failedAt = fromIsoAsUtc(message.failed_datetime);
  if (failedAt) facts.event({ threadId, kind: 'failed', occurredAt: failedAt, utteranceId, value: error });
  const openedAt = fromIsoAsUtc(message.opened_datetime);
  if (openedAt) facts.event({ threadId, kind: 'read', occurredAt: openedAt, utteranceId });
  return ok(facts.facts);
}

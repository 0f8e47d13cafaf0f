import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addPerson, fullName, nameIn, precisionOf, wordsOf } from '../formats/helpdesk.ts';
import { fromIso } from '../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, tableOf, type Loose } from '../formats/value.ts';
import type { RoleName } from '../records.ts';

const ROLES = tableOf<RoleName>({ user: 'customer', agent: 'agent', bot: 'bot', system: 'system' });
const CHANGES = {
  conversation_assignment: 'assigned',
  conversation_resolution: 'solved',
  conversation_reopen: 'reopened',
} as const;

/** A webhook: who did what, when, and the record it was done to. A page of the API holds messages alone. */
function* split(document: unknown): Generator<Unit<Loose>> {
  const native = objectOf(document);
  if (Array.isArray(native.messages)) {
    for (const message of objectsOf(native.messages))
      yield {
        kind: 'message',
        nativeKind: 'message',
        native: { action_time: message.created_time, data: { message } },
      };
    return;
  }
  const action = textOf(native.action);
  if (!action || !isLoose(native.data)) throw new SourceError('invalid webhook body; expected action and data');
  const kind =
    action === 'message_create'
      ? 'message'
      : nameIn(CHANGES, action)
        ? 'event'
        : action.startsWith('user_')
          ? 'profile'
          : 'unknown';
  yield { kind, nativeKind: action, native };
}

function map({ kind, nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const data = objectOf(native.data);
  const changedAt = fromIso(native.action_time);
  if (!changedAt) return reject(`invalid action_time: ${String(native.action_time)}; expected ISO 8601 with a zone`);
  const facts = new FactList(context, changedAt.getTime());
  if (kind === 'message') return mapMessage(objectOf(data.message), changedAt, facts);
  if (kind === 'profile') {
    const user = objectOf(data.user);
    const display = fullName(user.first_name, user.last_name);
    addPerson(facts, { at: changedAt, evidence: 'freshchat_user' }, [
      { type: 'contact_id', value: textOf(user.id), display },
      { type: 'email', value: textOf(user.email), display },
      { type: 'phone', value: textOf(user.phone), display },
      { type: 'crm_id', value: textOf(user.reference_id), display },
    ]);
    return facts.facts.length > 0 ? ok(facts.facts) : reject('the user has no id');
  }
  const change = objectOf(Object.values(data)[0]);
  const conversation = isLoose(change.conversation) ? change.conversation : change;
  const nativeId = textOf(conversation.conversation_id) ?? textOf(conversation.id);
  if (!nativeId) return reject('the change names no conversation');
  const [agent, group] = [textOf(conversation.assigned_agent_id), textOf(conversation.assigned_group_id)];
  const place = {
    agentId: agent && facts.agent({ nativeId: agent }),
    queueId: group && facts.queue({ nativeId: group }),
  };
  const status =
    nativeKind === 'conversation_resolution' ? 'solved' : nativeKind === 'conversation_reopen' ? 'open' : undefined;
  const threadId = facts.thread({ nativeId, channel: 'chat', status, ...place });
  facts.event({
    threadId,
    kind: nameIn(CHANGES, nativeKind)!,
    occurredAt: changedAt,
    timePrecision: 'millisecond',
    ...place,
  });
  return ok(facts.facts);
}

/** Older webhooks write a part as its type and its properties. */
const partsOf = (message: Loose): Loose[] => [
  ...objectsOf(message.message_parts),
  ...objectsOf(message.msg_parts).map(({ part_type: type, properties }) =>
    type === 'text'
      ? { text: { content: objectOf(properties).text } }
      : { [textOf(type)?.replace(/^(url|quick_reply)$/, '$1_button') ?? 'part']: properties },
  ),
];

function mapMessage(message: Loose, changedAt: Date, facts: FactList): Outcome {
  const [id, conversation] = [textOf(message.id), textOf(message.conversation_id)];
  if (!id || !conversation) return reject('the message has no id or no conversation_id');
  const occurredAt = fromIso(message.created_time) ?? changedAt;
  const role = nameIn(ROLES, message.actor_type);
  // Whoever speaks, the user is the customer of the conversation.
  const user = textOf(message.user_id);
  const actor = textOf(message.actor_id) ?? (role === 'customer' ? user : undefined);
  const threadId = facts.thread({ nativeId: conversation, channel: 'chat', account: textOf(message.channel_id) });
  if (role !== 'customer') facts.participant(threadId, 'customer', occurredAt, { type: 'contact_id', value: user });
  const parts = partsOf(message);
  const text = parts.flatMap((part) => {
    const button = objectOf(part.url_button ?? part.quick_reply_button);
    return textOf(objectOf(part.text).content) ?? textOf(button.label) ?? [];
  });
  const media = parts.flatMap((part) => {
    const file = objectOf(part.image ?? part.file ?? part.video ?? part.audio);
    const name = textOf(file.name);
    return Object.keys(file).length > 0
      ? [{ name, mimeType: textOf(file.content_type) ?? textOf(file.contentType) }]
      : [];
  });
  facts.utterance({
    nativeId: id,
    threadId,
    role,
    occurredAt,
    nativeTime: textOf(message.created_time),
    timePrecision: precisionOf(message.created_time),
    isZoneKnown: true,
    ...wordsOf({ text: text.join('\n') }),
    visibility: message.message_type === 'private' || message.botsPrivateNote === true ? 'internal' : 'public',
    isAutomatic: role === 'system',
    agentId: role === 'agent' && actor ? facts.agent({ nativeId: actor }) : undefined,
    handleId:
      role === 'customer'
        ? facts.participant(threadId, role, occurredAt, { type: 'contact_id', value: actor })
        : undefined,
    ...(media.length > 0 && { media }),
  });
  return ok(facts.facts);
}

export const freshchat = defineConnector<Loose, Record<string, never>>({
  name: 'freshchat',
  title: 'Freshchat',
  version: 1,
  channels: ['chat'],
  docs: ['https://developers.freshchat.com/api/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'rsa-sha256', header: 'X-Freshchat-Signature', encoding: 'base64' },
  threadKey: 'conversation_id',
  echoRule: 'actor_type is agent, bot or system',
  split,
  map,
});

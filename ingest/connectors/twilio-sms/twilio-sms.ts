import { z } from 'zod';
import { defineConnector, ok, reject, type SplitContext, type Unit } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { callbackParameters, handlesOf, twilioPull, twilioTime, twilioTrust } from '../../formats/twilio.ts';
import { conversationResource, conversationUnit, mapConversations, streamedName } from './conversations.ts';
import { addMessage, addReceipt, channelOf, isInboundMessage, messageReceipts, messageStatus } from './message.ts';
import { objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

export const twilioSms = defineConnector<Loose, Record<string, never>>({
  name: 'twilio-sms',
  title: 'Twilio Messaging',
  version: 1,
  channels: ['sms', 'whatsapp', 'rcs', 'messenger', 'chat'],
  docs: [
    'https://www.twilio.com/docs/messaging/guides/webhook-request',
    'https://www.twilio.com/docs/messaging/api/message-resource',
    'https://www.twilio.com/docs/conversations/conversations-webhooks',
  ],
  formats: ['form', 'json'],
  settings: z.object({}),
  trust: twilioTrust,
  // Each number and service says whether it is called by POST or GET.
  takesQuery: true,
  pull: {
    ...twilioPull,
    streams: [
      {
        name: 'messages',
        path: '/Messages.json',
        query: { PageSize: '1000' },
        rows: 'messages',
        cursor: {
          kind: 'time',
          at: 'row',
          path: 'date_sent',
          read: 'rfc2822',
          parameter: 'DateSent>',
          write: 'iso',
          // What becomes of a message shows later, on the message itself.
          overlapSeconds: 24 * 3600,
        },
        paging: { kind: 'next-url', path: 'next_page_uri' },
      },
    ],
  },
  threadKey: '(our number, or MessagingServiceSid while none is chosen; customer address); in Conversations their id',
  statusLadder: ['queued', 'sent', 'delivered', 'read'],
  echoRule: 'Direction outbound-*: sent by us, whichever tool sent it; the MessageSid is the same everywhere.',
  *split(document: unknown) {
    if (typeof document !== 'object' || document === null)
      throw new Error('invalid document: expected Twilio parameters or message resources');
    for (const record of objectsOf([document].flat())) for (const resource of listed(record)) yield unitOf(resource);
  },
  map(unit, context) {
    if (unit.nativeKind.startsWith('conversations.')) return mapConversations(unit, context);
    const { native } = unit;
    const sid = textOf(native.MessageSid) ?? textOf(native.SmsSid);
    const status = messageStatus(native);
    if (!sid) return reject('the message has no MessageSid');
    const [from, to] = [textOf(native.From), textOf(native.To)];
    const isInbound = isInboundMessage(native);
    const customer = isInbound ? from : to;
    const line = (isInbound ? to : from) ?? textOf(native.MessagingServiceSid);
    if (status && status in messageReceipts && (!customer || !line))
      return mapLoneReceipt(native, sid, status, context);
    if (!customer) return reject('the address of the customer is not given: the conversation is not known');
    if (!line) return reject('neither our number nor a MessagingServiceSid is given: the conversation is not known');
    return ok(factsOf(native, sid, customer, line, context));
  },
});

/** An event stream has the parameters of a callback under other names, and a time. */
function streamedParameters({ type, data: given }: Loose): Loose {
  const data = objectOf(given);
  const named = callbackParameters(data, { Timestamp: 'DateUpdated' });
  const status = /^com\.twilio\.messaging\.message\.(\w+)$/.exec(textOf(type) ?? '')?.[1];
  if (status) return { ...named, MessageStatus: status };
  return { ...named, DateSent: named.DateUpdated };
}

const isStreamed = (resource: Loose): boolean =>
  resource.specversion !== undefined &&
  /^com\.twilio\.messaging\.(message\.\w+|inbound-message\.received)$/.test(textOf(resource.type) ?? '');

/** A page of the API. */
function listed(record: Loose): Loose[] {
  const list = ['messages', 'conversations', 'participants'].find((name) => Array.isArray(record[name]));
  return list ? objectsOf(record[list]) : [record];
}

function unitOf(given: Loose): Unit<Loose> {
  const [name, id] = conversationResource(given) ?? [];
  if (name && id) return conversationUnit(name, callbackParameters(given, { Sid: id }));
  const streamed = given.specversion === undefined ? undefined : streamedName(given.type);
  if (streamed) return conversationUnit(streamed, objectOf(given.data));
  if ('ConversationSid' in given || /^on(Conversation|Participant|Message|User)/.test(textOf(given.EventType) ?? ''))
    return conversationUnit(textOf(given.EventType) ?? 'unnamed', given);
  const resource = isStreamed(given) ? streamedParameters(given) : given;
  const isRest = 'sid' in resource;
  const native = isRest ? callbackParameters(resource, { Sid: 'MessageSid', Status: 'MessageStatus' }) : resource;
  if (isRest) return { kind: 'message', nativeKind: `resource.${textOf(native.Direction) ?? 'unnamed'}`, native };
  const status = messageStatus(native);
  if (status)
    return { kind: status in messageReceipts ? 'receipt' : 'unknown', nativeKind: `status.${status}`, native };
  if ('MessageSid' in native || 'SmsSid' in native) return { kind: 'message', nativeKind: 'received', native };
  return { kind: 'unknown', nativeKind: textOf(native.type) ?? textOf(native.EventType) ?? 'unnamed', native };
}

/** A webhook has no time of its own, so it has that of its receipt, until the resource tells the true one. */
function factsOf(native: Loose, sid: string, customer: string, line: string, context: SplitContext) {
  const { receivedAt } = context.delivery;
  const changedAt = twilioTime(native.DateUpdated);
  const sentAt = twilioTime(native.DateSent) ?? twilioTime(native.DateCreated);
  const facts = new FactList(context, (changedAt ?? receivedAt).getTime());
  const threadId = facts.thread({
    nativeId: `${line}|${customer}`,
    channel: channelOf(customer),
    account: line,
    sessionGapHours: 24,
  });
  const occurredAt = sentAt ?? receivedAt;
  const place = {
    threadId,
    utteranceId: facts.utteranceId(sid),
    occurredAt,
    timePrecision: sentAt ? ('second' as const) : ('receipt' as const),
  };
  const handles: HandleInput[] = [
    ...handlesOf(customer, textOf(native.ProfileName)),
    ...handlesOf(textOf(native.ExternalUserId)),
    // In Brazil and Mexico it may differ from the number in a digit.
    { type: 'whatsapp_id', value: textOf(native.WaId) },
    { type: 'messenger_id', value: /^messenger:(.+)$/i.exec(customer)?.[1] },
  ];
  const handleId = handles
    .map((handle) => facts.participant(threadId, 'customer', occurredAt, handle))
    .find((handle) => handle !== undefined);
  const status = messageStatus(native);
  // Taken back before its time came: it was never said.
  if (status === 'canceled') facts.utterance({ threadId, nativeId: sid, deletedAt: changedAt ?? receivedAt });
  else if (status === undefined || 'Direction' in native) addMessage(facts, native, sid, place, handleId);
  if (status && status in messageReceipts)
    addReceipt(facts, native, status, {
      ...place,
      ...(changedAt && { occurredAt: changedAt, timePrecision: 'second' }),
    });
  return facts.facts;
}

/** A report that names only its message: it finds its conversation when the message comes. */
function mapLoneReceipt(native: Loose, sid: string, status: string, context: SplitContext) {
  const changedAt = twilioTime(native.DateUpdated);
  const occurredAt = changedAt ?? context.delivery.receivedAt;
  const facts = new FactList(context, occurredAt.getTime());
  addReceipt(facts, native, status, {
    threadId: facts.threadId(`message/${sid}`),
    utteranceId: facts.utteranceId(sid),
    occurredAt,
    timePrecision: changedAt ? 'second' : 'receipt',
  });
  return ok(facts.facts);
}

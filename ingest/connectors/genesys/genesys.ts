import { z } from 'zod';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { directionOf } from '../../formats/helpdesk.ts';
import { isLoose, joinedTexts, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { isConversation, mapConversation } from './conversation.ts';
import { addEvents } from './events.ts';
import { addMeasures } from './measures.ts';
import { channelOf, channelsByMedia, customerOf } from './media.ts';
import { latestTime, timeOf } from './time.ts';
import { isMessage, mapMessage } from './message.ts';
import { genesysPull } from './pull.ts';
import { addSurveys } from './survey.ts';
import { isTranscript, mapTranscript } from './transcript.ts';

/** A query answers with `conversations`, one conversation or transcript stands alone, a file holds a list of them. */
function* split(document: unknown): Generator<Unit<Loose>> {
  const listed = isLoose(document) ? [document.conversations, document.entities].find(Array.isArray) : undefined;
  const list = listed ?? [document].flat();
  for (const native of objectsOf(list))
    if (isTranscript(native)) yield { kind: 'message', nativeKind: 'transcript', native };
    else if (isMessage(native)) yield { kind: 'message', nativeKind: 'message', native };
    else if (isConversation(native)) yield { kind: 'call', nativeKind: 'live conversation', native };
    else
      yield typeof native.conversationId === 'string' && Array.isArray(native.participants)
        ? { kind: 'call', nativeKind: 'conversation', native }
        : notice(native);
}

/** A notification of a socket or an event bus, by its topic without ids; a socket's own sign of life is nothing. */
function notice(native: Loose): Unit<Loose> {
  const topic = textOf(native.topicName) ?? textOf(objectOf(native.detail).topicName) ?? 'object';
  const nativeKind = topic.replace(/\.(\{id\}|[0-9a-f]{8}-[0-9a-f-]{27})(?=\.|$)/gi, '');
  return { kind: topic === 'channel.metadata' ? 'ignored' : 'unknown', nativeKind, native };
}

function map({ nativeKind, native: conversation }: Unit<Loose>, context: SplitContext): Outcome {
  if (nativeKind === 'transcript') return mapTranscript(conversation, context);
  if (nativeKind === 'message') return mapMessage(conversation, context);
  if (nativeKind === 'live conversation') return mapConversation(conversation, context);
  const nativeId = textOf(conversation.conversationId);
  const startedAt = timeOf(conversation.conversationStart);
  if (!nativeId || !startedAt) return reject('missing conversationId or conversationStart of the conversation');
  const participants = objectsOf(conversation.participants);
  const [customerSession] = objectsOf(customerOf(participants)?.sessions);
  const anySession = customerSession ?? participants.flatMap(({ sessions }) => objectsOf(sessions))[0];
  const channel = channelOf(anySession);
  if (!channel) {
    const media = joinedTexts(' ', [anySession?.mediaType, anySession?.messageType]) ?? 'none';
    return reject(`invalid mediaType: ${media}; expected a medium of a contact`);
  }
  // Conversations are re-read until they end, and have no time of change: the latest time in them orders the readings.
  const facts = new FactList(context, (latestTime(conversation) ?? startedAt).getTime());
  const direction = directionOf(conversation.originatingDirection);
  const endedAt = timeOf(conversation.conversationEnd);
  const isAbandoned = participants
    .flatMap(({ sessions }) => objectsOf(sessions))
    .some(({ metrics }) => objectsOf(metrics).some(({ name }) => name === 'tAbandon'));
  const threadId = facts.thread({
    nativeId,
    channel,
    startedAt,
    direction,
    ...(endedAt && { endedAt }),
    status: isAbandoned ? 'abandoned' : endedAt ? 'closed' : 'open',
  });
  addCustomer(facts, threadId, participants, direction, startedAt);
  addEvents(facts, threadId, conversation, participants);
  addMeasures(facts, threadId, participants);
  addSurveys(facts, threadId, conversation);
  return ok(facts.facts);
}

/** Only the first customer identifies the contact: a second outside party of a conference is someone else. */
function addCustomer(
  facts: FactList,
  threadId: string,
  participants: Loose[],
  direction: string | undefined,
  at: Date,
): void {
  const customer = customerOf(participants);
  if (!customer) return;
  const display = textOf(customer.participantName);
  const handles: HandleInput[] = [{ type: 'crm_id', value: textOf(customer.externalContactId), display }];
  for (const session of objectsOf(customer.sessions)) {
    // Who asked to be called back is called in a session that goes out, in a conversation that came in.
    const towards = textOf(session.direction) ?? direction;
    const address = textOf(
      towards === 'outbound' ? (session.dnis ?? session.addressTo) : (session.ani ?? session.addressFrom),
    );
    const numbers = Array.isArray(session.callbackNumbers) ? session.callbackNumbers.map(textOf) : [];
    for (const number of [address, ...numbers])
      handles.push({ type: 'phone', value: number?.replace(/^sips?:(\+?\d+)@.*$/i, '$1'), display });
    // `sip:anonymous@anonymous.invalid` looks like one, and is everybody who hides.
    if (!/^(sips?|tel):/i.test(address ?? '')) handles.push({ type: 'email', value: address, display });
  }
  for (const handle of handles) facts.participant(threadId, 'customer', at, handle);
}

export const genesys = defineConnector<Loose, object>({
  name: 'genesys',
  title: 'Genesys Cloud conversations',
  version: 1,
  channels: [...new Set(Object.values(channelsByMedia))],
  docs: ['https://developer.genesys.cloud/analyticsdatamanagement/analytics/detail/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'path-secret' },
  pull: genesysPull,
  threadKey: 'conversationId',
  split,
  map,
});

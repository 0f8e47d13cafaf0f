import { z } from 'zod';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { directionOf } from '../../formats/helpdesk.ts';
import { isLoose, joinedTexts, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { isConversation, mapConversation } from './conversation.ts';
import { addCustomer, customerOf } from './customer.ts';
import { addEvents } from './events.ts';
import { addMeasures } from './measures.ts';
import { channelOf, channelsByMedia } from './media.ts';
import { latestTime, timeOf } from './time.ts';
import { isMessage, mapMessage } from './message.ts';
import { mapNotice, noticeOf } from './notice.ts';
import { genesysPull } from './pull.ts';
import { addSurveys } from './survey.ts';
import { isTranscript, mapTranscript } from './transcript.ts';

/**
 * A query answers with `conversations`, one conversation or transcript stands alone, a file holds a list of them; the rest
 * are notifications of a socket or an event bus.
 */
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
        : noticeOf(native);
}

function map(unit: Unit<Loose>, context: SplitContext): Outcome {
  const { nativeKind, native: conversation } = unit;
  if (nativeKind === 'transcript') return mapTranscript(conversation, context);
  if (nativeKind === 'message') return mapMessage(conversation, context);
  if (nativeKind === 'live conversation') return mapConversation(conversation, context);
  return nativeKind === 'conversation' ? mapDetail(conversation, context) : mapNotice(unit, context);
}

/** A conversation as analytics tells it, whole and segment by segment. */
function mapDetail(conversation: Loose, context: SplitContext): Outcome {
  const nativeId = textOf(conversation.conversationId);
  const startedAt = timeOf(conversation.conversationStart);
  if (!nativeId || !startedAt) return reject('missing conversationId or conversationStart of the conversation');
  const participants = objectsOf(conversation.participants);
  const own = objectsOf(customerOf(participants)?.sessions);
  const sessions = own.length > 0 ? own : participants.flatMap((each) => objectsOf(each.sessions));
  // A shared screen or page is seldom a contact of its own; the call or chat beside it is.
  const session = sessions.find((each) => channelOf(each) && each.mediaType !== 'cobrowse') ?? sessions[0];
  const channel = channelOf(session);
  if (!channel) {
    const media = joinedTexts(' ', [session?.mediaType, session?.messageType]) ?? 'none';
    return reject(`invalid mediaType: ${media}; expected a medium of a contact`);
  }
  // Conversations are re-read until they end, and have no time of change: the latest time in them orders the readings.
  const facts = new FactList(context, (latestTime(conversation) ?? startedAt).getTime());
  const direction = directionOf(conversation.originatingDirection);
  const endedAt = timeOf(conversation.conversationEnd);
  const isAbandoned = participants
    .flatMap((each) => objectsOf(each.sessions))
    .some(({ metrics }) => objectsOf(metrics).some(({ name }) => name === 'tAbandon'));
  const subject = own
    .flatMap((each) => objectsOf(each.segments).map((segment) => textOf(segment.subject)))
    .find(Boolean);
  const threadId = facts.thread({
    nativeId,
    channel,
    startedAt,
    direction,
    ...(endedAt && { endedAt }),
    ...(subject && { subject }),
    status: isAbandoned ? 'abandoned' : endedAt ? 'closed' : 'open',
  });
  addCustomer(facts, threadId, participants, direction, startedAt);
  addEvents(facts, threadId, conversation, participants);
  addMeasures(facts, threadId, participants);
  addSurveys(facts, threadId, conversation);
  return ok(facts.facts);
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

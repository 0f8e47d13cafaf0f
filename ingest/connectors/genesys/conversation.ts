import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { directionOf } from '../../formats/helpdesk.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { customerOf } from './customer.ts';
import { addAgent, addNote, isListening, isOurs } from './events.ts';
import { channelOf } from './media.ts';
import { latestTime, timeOf } from './time.ts';

/** The lists of media that a participant of a conversation has, and the name that analytics gives each. */
const lists = {
  calls: 'voice',
  callbacks: 'callback',
  chats: 'chat',
  emails: 'email',
  messages: 'message',
  videos: 'video',
} as const;

/** A conversation as the API of conversations answers it; analytics calls its id `conversationId`, and knows segments. */
export const isConversation = (native: Loose): boolean =>
  typeof native.id === 'string' &&
  typeof native.startTime === 'string' &&
  objectsOf(native.participants).some(({ purpose }) => typeof purpose === 'string');

/** The media of one participant under the names of an analytics session. */
const mediaOf = (participant: Loose | undefined): Loose[] =>
  Object.entries(lists).flatMap(([list, mediaType]) =>
    objectsOf(participant?.[list]).map((medium): Loose => ({ ...medium, mediaType, messageType: medium.type })),
  );

export const hasMedia = (participant: Loose): boolean => mediaOf(participant).length > 0;

/**
 * Who took part, when it began and ended, and when an agent answered. Who waited and who gave up only analytics tells, so
 * that nothing is said of a conversation that ended without an agent.
 */
export function mapConversation(conversation: Loose, context: SplitContext): Outcome {
  const participants = objectsOf(conversation.participants);
  const [nativeId, told] = [textOf(conversation.id), timeOf(conversation.startTime)];
  const startedAt = told ?? firstTime(participants);
  if (!nativeId || !startedAt) return reject('missing id or startTime of the conversation');
  const customer = customerOf(participants);
  const [medium] = [...mediaOf(customer), ...participants.flatMap(mediaOf)];
  const channel = channelOf(medium);
  if (!channel) return reject(`invalid medium: ${textOf(medium?.mediaType) ?? 'none'}; expected a medium of a contact`);
  const facts = new FactList(context, (latestTime(conversation) ?? startedAt).getTime());
  const endedAt = timeOf(conversation.endTime);
  const direction = directionOf(medium?.direction);
  const isAnswered = participants.some((each) => isOurs(each) && !isListening(each) && mediaOf(each).some(isConnected));
  const threadId = facts.thread({
    nativeId,
    channel,
    startedAt,
    direction,
    ...(endedAt && { endedAt }),
    ...(!endedAt ? { status: 'open' } : isAnswered && { status: 'closed' }),
  });
  for (const handle of handlesOf(customer)) facts.participant(threadId, 'customer', startedAt, handle);
  const at = { threadId, timePrecision: 'millisecond' } as const;
  if (told) facts.event({ ...at, kind: 'started', occurredAt: startedAt });
  if (endedAt) facts.event({ ...at, kind: 'ended', occurredAt: endedAt });
  for (const participant of participants) addPart(facts, threadId, participant);
  return ok(facts.facts);
}

/** What one of ours did in the conversation: took it, and noted something. */
function addPart(facts: FactList, threadId: string, participant: Loose): void {
  const agentId = addAgent(facts, { ...participant, participantName: participant.name });
  for (const medium of agentId ? mediaOf(participant) : []) {
    const answeredAt = isListening(participant) ? undefined : timeOf(medium.connectedTime);
    if (answeredAt)
      facts.event({
        threadId,
        kind: 'answered',
        occurredAt: answeredAt,
        timePrecision: 'millisecond',
        ...(agentId && { agentId }),
      });
    const wrapUp = objectOf(medium.wrapup ?? participant.wrapup);
    const notedAt = timeOf(wrapUp.endTime) ?? timeOf(medium.disconnectedTime);
    addNote(facts, { threadId, sessionId: medium.id, agentId }, wrapUp.notes, notedAt);
  }
}

/** Notifications do not say when the conversation began: whoever was there first tells. */
const firstTime = (participants: readonly Loose[]): Date | undefined =>
  participants.flatMap(({ connectedTime }) => timeOf(connectedTime) ?? []).sort((a, b) => a.getTime() - b.getTime())[0];

/** A conversation as a notification brings it: the customer's part lasts as long as it does. */
export function mapNotified(conversation: Loose, context: SplitContext): Outcome {
  const customer = customerOf(objectsOf(conversation.participants));
  return mapConversation({ ...conversation, endTime: conversation.endTime ?? customer?.endTime }, context);
}

const isConnected = ({ connectedTime }: Loose): boolean => timeOf(connectedTime) !== undefined;

function handlesOf(customer: Loose | undefined) {
  if (!isLoose(customer)) return [];
  const [address, display] = [textOf(customer.address), textOf(customer.name)];
  return [
    {
      type: 'crm_id' as const,
      value: textOf(objectOf(customer.externalContact).id ?? customer.externalContactId),
      display,
    },
    { type: 'phone' as const, value: address?.replace(/^sips?:(\+?\d+)@.*$/i, '$1'), display },
    { type: 'email' as const, value: /^(sips?|tel):/i.test(address ?? '') ? undefined : address, display },
  ];
}

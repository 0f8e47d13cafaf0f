import type { Channel } from '../../channels.ts';
import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn } from '../../formats/helpdesk.ts';
import { after, fromEpochMilliseconds } from '../../formats/time.ts';
import { integerOf, numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';

/** The transcript of one communication of a conversation (speech and text analytics): phrases with their speaker's side. */
export const isTranscript = (native: Loose): boolean =>
  typeof native.conversationId === 'string' &&
  objectsOf(native.transcripts).some(({ phrases }) => Array.isArray(phrases));

const channels = tableOf<Channel>({ call: 'voice', voice: 'voice', callback: 'voice', chat: 'chat', email: 'email' });

export function mapTranscript(document: Loose, context: SplitContext): Outcome {
  const nativeId = textOf(document.conversationId);
  if (!nativeId) return reject('missing conversationId of the transcript');
  const startedAt = fromEpochMilliseconds(document.conversationStartTime);
  const facts = new FactList(context, startedAt?.getTime() ?? 0);
  const channel = nameIn(channels, document.mediaType);
  // It may come before its conversation, or alone; what the conversation says of itself goes before this.
  const threadId = channel
    ? facts.thread({ nativeId, channel, version: 0, ...(startedAt && { startedAt }) })
    : facts.threadId(nativeId);
  const participants = objectsOf(document.participants);
  for (const transcript of objectsOf(document.transcripts)) {
    const transcriptId = textOf(transcript.transcriptId) ?? textOf(document.communicationId) ?? '';
    const start = fromEpochMilliseconds(transcript.startTime) ?? fromEpochMilliseconds(document.startTime) ?? startedAt;
    for (const [index, phrase] of objectsOf(transcript.phrases).entries()) {
      const text = textOf(phrase.decoratedText) ?? textOf(phrase.text);
      if (text === undefined) continue;
      const at = timeIn(phrase, start);
      const occurredAt = at ?? context.delivery.receivedAt;
      const length = numberOf(objectOf(phrase.duration).milliseconds);
      const sequence = integerOf(phrase.phraseIndex) ?? index;
      facts.utterance({
        threadId,
        nativeId: `${transcriptId}:${sequence}`,
        ...speakerOf(facts, phrase, at, participants),
        text,
        sequence,
        occurredAt,
        timePrecision: at ? 'millisecond' : 'receipt',
        ...(at && length !== undefined && { endAt: after(at, length) }),
      });
    }
  }
  return facts.facts.some(({ fact }) => fact === 'utterance')
    ? ok(facts.facts)
    : drop('nobody speaks in the transcript');
}

/** Milliseconds since 1970; small ones count from the start of the transcript. */
function timeIn({ startTimeMs }: Loose, start: Date | undefined): Date | undefined {
  const milliseconds = numberOf(startTimeMs);
  if (milliseconds === undefined) return undefined;
  return milliseconds >= 1e11 ? fromEpochMilliseconds(milliseconds) : start && after(start, milliseconds);
}

const sides = tableOf<'inside' | 'outside'>({
  internal: 'inside',
  agent: 'inside',
  user: 'inside',
  external: 'outside',
  customer: 'outside',
});

/** `internal` says neither: a flow is a bot, whoever has a user's id is an agent. */
const isAgent = ({ userId, flowId, participantPurpose }: Loose): boolean =>
  textOf(userId) !== undefined ||
  /^(agent|user)$/.test(textOf(participantPurpose) ?? '') ||
  (participantPurpose === 'internal' && textOf(flowId) === undefined);

/** Inside is whoever of ours is there at that time: an agent, else the menu or the bot. Nobody known is an agent. */
function speakerOf(
  facts: FactList,
  { participantPurpose }: Loose,
  at: Date | undefined,
  participants: readonly Loose[],
): { role?: RoleName; agentId?: string } {
  const side = sides[textOf(participantPurpose) ?? ''];
  if (side === undefined) return {};
  if (side === 'outside') return { role: 'customer' };
  const isThere = ({ startTimeMs, endTimeMs }: Loose): boolean =>
    at !== undefined &&
    (numberOf(startTimeMs) ?? 0) <= at.getTime() &&
    at.getTime() <= (numberOf(endTimeMs) ?? Infinity);
  const ours = participants.filter(
    (each) => sides[textOf(each.participantPurpose) ?? ''] !== 'outside' && isThere(each),
  );
  const agents = ours.filter(isAgent);
  if (ours.length > 0 && agents.length === 0) return { role: 'bot' };
  const nativeId = agents.length === 1 ? textOf(agents[0]!.userId) : undefined;
  return { role: 'agent', ...(nativeId && { agentId: facts.agent({ nativeId }) }) };
}

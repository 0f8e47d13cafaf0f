import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fromEpoch, fromIso } from '../../formats/time.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';

export const isChatMessage = (event: string): boolean => event === 'meeting.chat_message_sent';

/** What somebody wrote beside a meeting. Who is neither host nor known by a company's domain may be either side's. */
export function mapChatMessage(meeting: Loose, ownDomains: readonly string[], context: SplitContext): Outcome {
  const message = objectOf(meeting.chat_message);
  const [meetingId, nativeId, text] = [meeting.uuid, message.message_id, message.message_content].map(textOf);
  const occurredAt = fromIso(message.date_time) ?? fromEpoch(meeting.event_ts);
  if (!meetingId || !nativeId || !occurredAt) return reject('missing uuid, message_id or date_time of the message');
  const facts = new FactList(context, (fromEpoch(meeting.event_ts) ?? occurredAt).getTime());
  // What the meeting says of itself goes before this.
  const threadId = facts.thread({ nativeId: meetingId, channel: 'video', version: 0 });
  const role = roleOf(message, ownDomains);
  const files = Array.isArray(message.file_ids) ? message.file_ids.map(textOf) : [];
  const media = files.flatMap((mediaId) => (mediaId ? [{ mediaId }] : []));
  facts.utterance({
    threadId,
    nativeId,
    occurredAt,
    timePrecision: 'second',
    ...(text && { text }),
    ...(role && { role }),
    ...(media.length > 0 && { media }),
  });
  return ok(facts.facts);
}

function roleOf(message: Loose, ownDomains: readonly string[]): RoleName | undefined {
  if (textOf(message.sender_type) === 'host') return 'agent';
  const domain = textOf(message.sender_email)?.split('@')[1]?.toLowerCase();
  if (!domain || ownDomains.length === 0) return undefined;
  return ownDomains.some((own) => own.toLowerCase() === domain) ? 'agent' : 'customer';
}

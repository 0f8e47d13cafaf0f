import { ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { precisionOf } from '../../formats/helpdesk.ts';
import { mentionOf } from '../../formats/mention.ts';
import { addPost } from '../../formats/post.ts';
import { fromIso } from '../../formats/time.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';

/** What is written beside a broadcast: words, also those that go with money or a membership. */
const wordsIn = (snippet: Loose): string | undefined =>
  textOf(objectOf(snippet.textMessageDetails).messageText) ??
  [snippet.superChatDetails, snippet.memberMilestoneChatDetails, snippet.fanFundingEventDetails]
    .map((details) => textOf(objectOf(details).userComment))
    .find((words) => words !== undefined);

/** A moderator takes a message away, or its author takes it back. */
const goneIn = ({ messageDeletedDetails, messageRetractedDetails }: Loose): string | undefined =>
  textOf(objectOf(messageDeletedDetails).deletedMessageId) ??
  textOf(objectOf(messageRetractedDetails).retractedMessageId);

/** Money, memberships and polls without words, and what becomes of the chat and its people. */
const UNSAID =
  /^(superChat|superSticker|fanFunding|memberMilestoneChat|newSponsor|membershipGifting|giftMembershipReceived|gift|poll|userBanned|chatEnded|sponsorOnlyMode(Started|Ended))Event$/;

export function liveChatUnit(native: Loose): Unit<Loose> {
  const snippet = objectOf(native.snippet);
  const type = textOf(snippet.type) ?? 'none';
  const nativeKind = `liveChat.${type}`;
  if (goneIn(snippet) ?? type === 'tombstone') return { kind: 'delete', nativeKind, native };
  if (wordsIn(snippet)) return { kind: 'message', nativeKind, native };
  return { kind: UNSAID.test(type) ? 'ignored' : 'unknown', nativeKind, native };
}

interface Settings {
  readonly ownChannels: readonly string[];
  readonly ownNames: readonly string[];
}

/** Each message is a post of its own, as a chat names no message that another one answers. */
export function mapLiveChat({ kind, native }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  const snippet = objectOf(native.snippet);
  const [nativeId, at] = [goneIn(snippet) ?? textOf(native.id), fromIso(snippet.publishedAt)];
  if (!nativeId || !at) return reject('missing id or publishedAt of the message');
  if (kind === 'delete') {
    // What is left of a message has its own time, and not that at which it was deleted.
    const deletedAt = goneIn(snippet) ? at : context.delivery.receivedAt;
    const facts = new FactList(context, deletedAt.getTime());
    facts.utterance({ nativeId, threadId: facts.threadId(nativeId), deletedAt });
    return ok(facts.facts);
  }
  const author = objectOf(native.authorDetails);
  const authorId = textOf(snippet.authorChannelId) ?? textOf(author.channelId);
  if (!authorId) return reject('missing author of the message');
  const { ownChannels } = context.settings;
  const isOwn = ownChannels.length > 0 ? ownChannels.includes(authorId) : author.isChatOwner === true;
  const text = wordsIn(snippet);
  const facts = new FactList(context, at.getTime());
  addPost(facts, {
    nativeId,
    channel: 'social',
    at,
    timePrecision: precisionOf(snippet.publishedAt),
    author: { type: 'social_id', value: authorId, display: textOf(author.displayName) },
    isOwn,
    text,
    mention: mentionOf({ isOurs: isOwn, text, isOnOurs: ownChannels.length === 0 }, context.settings),
  });
  return ok(facts.facts);
}

import type { FactList, HandleInput } from '../fact-list.ts';
import type { FactOf } from '../records.ts';

/** A public post or comment, as forums and social sites have them. */
export interface Post {
  readonly nativeId: string;
  readonly channel: 'social' | 'forum';
  readonly at: Date;
  /** The post it answers, by the native id of that one's thread. */
  readonly parentId?: string | undefined;
  readonly author: HandleInput;
  /** Written by the company. */
  readonly isOwn: boolean;
  readonly isAutomatic?: boolean | undefined;
  readonly text?: string | undefined;
  /** As sent, where it differs. */
  readonly sourceText?: string | undefined;
  readonly subject?: string | undefined;
  readonly account?: string | undefined;
  readonly url?: string | undefined;
  /** How it concerns the company; see `mentionOf`. */
  readonly mention?: FactOf<'thread'>['mention'];
  readonly editedAt?: Date | undefined;
  readonly deletedAt?: Date | undefined;
  readonly visibility?: FactOf<'utterance'>['visibility'];
  readonly timePrecision: 'second' | 'millisecond';
}

/**
 * Adds a post. Each has a thread of its own, linked to the one it answers, so that a discussion is one conversation and
 * still only its author takes part in each: who answers whom does not make them one person.
 */
export function addPost(facts: FactList, post: Post): string {
  const { nativeId, at, isOwn, parentId } = post;
  const threadId = facts.thread({
    nativeId,
    channel: post.channel,
    direction: isOwn ? 'outbound' : 'inbound',
    startedAt: at,
    ...(post.account && { account: post.account }),
    ...(post.subject && { subject: post.subject }),
    ...(post.url && { url: post.url }),
    ...(post.mention && { mention: post.mention }),
  });
  if (parentId) facts.link(threadId, facts.threadId(parentId), 'reply');
  const role = post.isAutomatic ? 'bot' : isOwn ? 'agent' : 'customer';
  const agentName = post.author.display;
  const agentId =
    role === 'agent' && post.author.value
      ? facts.agent({ nativeId: String(post.author.value), ...(agentName && { name: agentName }) })
      : undefined;
  const handleId = post.deletedAt ? undefined : facts.participant(threadId, role, at, post.author);
  facts.utterance({
    nativeId,
    threadId,
    role,
    occurredAt: at,
    timePrecision: post.timePrecision,
    isZoneKnown: true,
    visibility: post.visibility ?? 'public',
    ...(agentId && { agentId }),
    ...(handleId && { handleId }),
    ...(post.isAutomatic && { isAutomatic: true }),
    ...(parentId && { replyToId: facts.utteranceId(parentId) }),
    ...(post.editedAt && { editedAt: post.editedAt }),
    ...(post.deletedAt ? { deletedAt: post.deletedAt } : wordsOf(post)),
  });
  return threadId;
}

const wordsOf = ({ text, sourceText }: Post) => ({
  ...(text && { text }),
  ...(sourceText && sourceText !== text && { sourceText }),
});

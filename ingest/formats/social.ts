import type { z } from 'zod';
import type { FactList, HandleInput } from '../fact-list.ts';
import type { FactOf, Media, TimePrecision } from '../records.ts';

/** A public post, comment or reply, as far as its source tells. */
export interface Post {
  readonly nativeId: string;
  /** What it answers; a comment under a post of ours answers nothing but the comment above it. */
  readonly parentId?: string | undefined;
  readonly at: Date;
  readonly timePrecision: z.infer<typeof TimePrecision>;
  readonly nativeTime?: string | undefined;
  /** Whether the company wrote it; undefined where the source does not tell who did. */
  readonly isOurs?: boolean | undefined;
  readonly author?: HandleInput | undefined;
  readonly account?: string | undefined;
  readonly url?: string | undefined;
  /** How it concerns the company; see `mentionOf`. */
  readonly mention?: FactOf<'thread'>['mention'];
  readonly text?: string | undefined;
  readonly sourceText?: string | undefined;
  readonly media?: z.infer<typeof Media>[];
  readonly editedAt?: Date | undefined;
}

/**
 * Adds a post. Each has a thread of its own, linked to that of the post it answers, so that a chain of replies is one
 * conversation, in which only authors take part: people who comment on the same thing are not one customer.
 */
export function addPost(facts: FactList, post: Post): string {
  const { nativeId, parentId, at, isOurs, author, account, url } = post;
  const role = isOurs === undefined ? undefined : isOurs ? ('agent' as const) : ('customer' as const);
  const threadId = facts.thread({
    nativeId,
    channel: 'social',
    startedAt: at,
    ...(role && { direction: isOurs ? 'outbound' : 'inbound' }),
    ...(account && { account }),
    ...(url && { url }),
    ...(post.mention && { mention: post.mention }),
  });
  if (parentId) facts.link(threadId, facts.threadId(parentId), 'reply');
  const handleId = role && author && facts.participant(threadId, role, at, author);
  facts.utterance({
    nativeId,
    threadId,
    role,
    occurredAt: at,
    nativeTime: post.nativeTime,
    timePrecision: post.timePrecision,
    isZoneKnown: true,
    visibility: 'public',
    ...(post.text && { text: post.text }),
    ...(post.sourceText && { sourceText: post.sourceText }),
    ...(post.media && post.media.length > 0 && { media: post.media }),
    ...(handleId && { handleId }),
    ...(parentId && { replyToId: facts.utteranceId(parentId) }),
    ...(post.editedAt && { editedAt: post.editedAt }),
  });
  return threadId;
}

import { z } from 'zod';
import type { PublicMention } from '../records.ts';

/** What sources of public posts may be told of the company's names. */
export const mentionSettings = {
  /** Names of the company, its brands and its products: a post by others that has one of them speaks of us. */
  ownNames: z.array(z.string().trim().min(1)).default([]),
};

export interface PublicPost {
  readonly isOurs: boolean | undefined;
  readonly text: string | undefined;
  /** It turns to the company: it answers its words, or stands where people ask it. */
  readonly isToUs?: boolean;
  /** It stands under something that the company published. */
  readonly isOnOurs?: boolean;
  /** It names one of the company's accounts. */
  readonly isTagged?: boolean;
}

/**
 * How a post by somebody else concerns the company, as far as the post tells by itself; undefined where it does not. That
 * it belongs to a conversation in which the company wrote is seen when the conversation is put together.
 */
export function mentionOf(
  { isOurs, text = '', isToUs, isOnOurs, isTagged }: PublicPost,
  { ownNames }: { readonly ownNames: readonly string[] },
): z.infer<typeof PublicMention> | undefined {
  if (isOurs) return undefined;
  if (isToUs) return 'addressed';
  if (isOnOurs) return 'reply';
  return isTagged || ownNames.some((name) => hasName(text, name)) ? 'mention' : undefined;
}

/** Whether a text has a name as words of their own, in any case: `Acme` is in `@acme!`, and not in `acmeology`. */
export function hasName(text: string, name: string): boolean {
  const [whole, wanted] = [text.toLowerCase(), name.toLowerCase()];
  for (let start = whole.indexOf(wanted); start >= 0; start = whole.indexOf(wanted, start + 1))
    if (!isLetter(whole[start - 1]) && !isLetter(whole[start + wanted.length])) return true;
  return false;
}

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_]/u.test(character);

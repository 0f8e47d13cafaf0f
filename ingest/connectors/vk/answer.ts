import type { Unit } from '../../connector.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import type { VkNative } from './content.ts';

/** What an event of the community would call a record of the API; undefined where it is neither a message nor a post. */
function eventOf({ from_id, peer_id, owner_id, post_id, post_type, out }: Loose): string | undefined {
  if (textOf(from_id) === undefined) return undefined;
  if (textOf(peer_id)) return numberOf(out) === 1 ? 'message_reply' : 'message_new';
  if (textOf(owner_id) === undefined) return undefined;
  return textOf(post_id) ? 'wall_reply_new' : textOf(post_type) ? 'wall_post_new' : undefined;
}

/** A conversation stands for its last message; answers to a comment come inside it. */
const recordsIn = (item: Loose): Loose[] => [
  isLoose(item.last_message) ? item.last_message : item,
  ...objectsOf(objectOf(item.thread).items),
];

/** The community whose wall it is, or who wrote the messages that go out. */
function groupOf(records: Loose[]): string | undefined {
  const own = records.flatMap(({ owner_id, from_id, out }) => [owner_id, numberOf(out) === 1 && from_id]);
  return own
    .map(textOf)
    .find((id) => id?.startsWith('-'))
    ?.slice(1);
}

/**
 * The messages, posts or comments of an answer of the API: a page of a conversation, of conversations, of a wall or of the
 * comments under a post. Undefined where the document is none.
 */
export function answerUnits(document: unknown): Unit<VkNative>[] | undefined {
  const { items } = objectOf(objectOf(document).response);
  if (!Array.isArray(items)) return undefined;
  const records = objectsOf(items).flatMap(recordsIn);
  if (records.some((record) => eventOf(record) === undefined)) return undefined;
  const group = groupOf(records);
  return records.map((object) => ({ kind: 'message', nativeKind: eventOf(object)!, native: { object, group } }));
}

import type { SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import type { RoleName } from '../../records.ts';
import { isLoose, objectOf, textOf, type Loose } from '../../formats/value.ts';
import { fullName } from './message.ts';

/** A unit whose chat, author and time are known. */
export interface Scene {
  readonly native: Loose;
  readonly chat: Loose;
  readonly chatKey: string;
  readonly facts: FactList;
  readonly threadId: string;
  readonly handleId: string | undefined;
  readonly at: Date;
  readonly role: RoleName;
}

/**
 * Who acts: whoever joins or leaves, not who lets them; and people may write in the name of a chat, by a service
 * account.
 */
const authorOf = ({ from, user, sender_chat, new_chat_member }: Loose): Loose =>
  objectOf(objectOf(new_chat_member).user ?? sender_chat ?? from ?? user);

export const isPrivateChat = ({ type }: Loose): boolean => type === 'private' || type === undefined;

/** The bot is called into a chat of other people. */
const isGuest = ({ guest_query_id }: Loose): boolean => guest_query_id !== undefined;

/** The one person on the other side: of a private chat, or of a topic among the direct messages to a channel. */
function personOf(native: Loose, chat: Loose): Loose | undefined {
  const { user } = objectOf(native.direct_messages_topic);
  if (isLoose(user)) return user;
  return isPrivateChat(chat) && !isGuest(native) ? chat : undefined;
}

/**
 * Who writes: bots are bots; a channel's posts, also where Telegram repeats them in its group, and what is written in
 * the name of a group itself, by an administrator, are the business's own; in a business account's private chats and
 * in the direct messages to a channel one person is the customer, and others answer.
 */
function roleOf(native: Loose, chat: Loose, person: Loose | undefined): RoleName {
  const { sender_business_bot, business_connection_id, direct_messages_topic, is_automatic_forward } = native;
  const author = authorOf(native);
  if (author.is_bot === true || sender_business_bot !== undefined) return 'bot';
  if (isGuest(native)) return 'customer';
  if (chat.type === 'channel' || is_automatic_forward === true) return 'agent';
  const isAnswered = business_connection_id !== undefined || direct_messages_topic !== undefined;
  if (person && isAnswered) return textOf(author.id) === textOf(person.id) ? 'customer' : 'agent';
  return !isPrivateChat(chat) && textOf(author.id) === textOf(chat.id) ? 'agent' : 'customer';
}

/** A chat of a business account has the id of the person, as has the person's chat with the bot, which is another one. */
export const chatKeyOf = ({ business_connection_id, message }: Loose, chat: Loose): string =>
  (business_connection_id ?? objectOf(message).business_connection_id) === undefined
    ? textOf(chat.id)!
    : `business/${textOf(chat.id)}`;

/** Messages that one member of a group alone sees are numbered apart, and have nought for the other number. */
export function messageIdOf(chatKey: string, { message_id, ephemeral_message_id }: Loose): string | undefined {
  const [id, ephemeral] = [textOf(message_id), textOf(ephemeral_message_id)];
  return ephemeral ? `${chatKey}/ephemeral/${ephemeral}` : id && `${chatKey}/${id}`;
}

export function sceneOf(native: Loose, chat: Loose, at: Date, context: SplitContext): Scene {
  // An edit within the second of the message comes after it.
  const facts = new FactList(context, at.getTime() + (native.edit_date === undefined ? 0 : 1));
  const [chatKey, person] = [chatKeyOf(native, chat), personOf(native, chat)];
  const role = roleOf(native, chat, person);
  const author = authorOf(native);
  const thread = (nativeId: string) => facts.thread({ nativeId, channel: 'telegram', sessionGapHours: 24 });
  // In a group every person has a thread of their own: the handles of one thread must be one person's.
  const isMember = !person && role === 'customer' && textOf(author.id) !== undefined;
  const customer = person ?? (isMember ? author : undefined);
  const threadId = thread(customer && customer !== chat ? `${chatKey}:${textOf(customer.id)}` : chatKey);
  if (isMember) facts.link(threadId, thread(chatKey), 'Telegram group');
  const display = customer && (fullName(customer) ?? textOf(customer.title) ?? textOf(customer.username));
  const handleId =
    customer &&
    facts.participant(threadId, 'customer', at, { type: 'telegram_id', value: textOf(customer.id), display });
  return { native, chat, chatKey, facts, threadId, handleId, at, role };
}

import type { FactList } from '../../fact-list.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';

/** The id of a message is unique only within its chat, or its channel; their own ids are unique anywhere. */
export function placeOf(message: Loose): string | undefined {
  return textOf(message.chatId) ?? textOf(objectOf(message.channelIdentity).channelId);
}

/** A chat is endless; in a channel every post with its replies is a conversation. */
const threadKeyOf = (message: Loose, place: string): string =>
  textOf(message.chatId) === undefined ? `${place}:${textOf(message.replyToId) ?? textOf(message.id)}` : place;

export function addThread(facts: FactList, message: Loose, place: string): string {
  const isChat = textOf(message.chatId) !== undefined;
  return facts.thread({
    nativeId: threadKeyOf(message, place),
    channel: 'work_chat',
    account: place,
    subject: textOf(message.subject),
    url: textOf(message.webUrl),
    ...(isChat && { sessionGapHours: 24 }),
  });
}

import { isLoose, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

/** The file that DiscordChatExporter writes of a channel, put into the shape of the API. */

/** Types of messages that have a name there; others stand as their numbers. */
const TYPES = tableOf<number>({
  Default: 0,
  RecipientAdd: 1,
  RecipientRemove: 2,
  Call: 3,
  ChannelNameChange: 4,
  ChannelIconChange: 5,
  ChannelPinnedMessage: 6,
  GuildMemberJoin: 7,
  ThreadCreated: 18,
  Reply: 19,
});

export const isExport = (document: Loose): boolean =>
  isLoose(document.channel) && Array.isArray(document.messages) && document.exportedAt !== undefined;

/** The channel, where it is a thread, and its messages. */
export function recordsOfExport(document: Loose): Loose[] {
  const { id, name, type } = objectOf(document.channel);
  const { id: guild_id } = objectOf(document.guild);
  const isThread = /thread$/i.test(textOf(type) ?? '');
  const messages = objectsOf(document.messages).map((message) => messageOf(message, { channel_id: id, guild_id }));
  return [...(isThread ? [{ id, name, guild_id, type: 11 }] : []), ...messages];
}

function messageOf(message: Loose, place: Loose): Loose {
  const { id, type, content, timestamp, timestampEdited, embeds, attachments } = message;
  const author = objectOf(message.author);
  const { type: kind, messageId } = objectOf(message.reference);
  const forwarded = isLoose(message.forwardedMessage) ? message.forwardedMessage : undefined;
  return {
    ...place,
    id,
    type: TYPES[textOf(type) ?? ''] ?? type,
    content,
    timestamp,
    edited_timestamp: timestampEdited,
    author: personOf(author),
    member: { roles: objectsOf(author.roles).map((role) => role.id) },
    mentions: objectsOf(message.mentions).map(personOf),
    attachments: filesOf(attachments),
    embeds,
    ...(textOf(messageId) && { message_reference: { type: kind === 'Forward' ? 1 : 0, message_id: messageId } }),
    ...(forwarded && {
      message_snapshots: [{ message: { content: forwarded.content, attachments: filesOf(forwarded.attachments) } }],
    }),
  };
}

const personOf = ({ id, name, nickname, isBot }: Loose): Loose => ({
  id,
  username: name,
  global_name: nickname,
  bot: isBot,
});

const filesOf = (attachments: unknown): Loose[] =>
  objectsOf(attachments).map(({ id, fileName, fileSizeBytes }) => ({ id, filename: fileName, size: fileSizeBytes }));

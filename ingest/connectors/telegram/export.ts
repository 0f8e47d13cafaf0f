import type { Unit } from '../../connector.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** Text comes whole, or in runs of which some are links or names. */
const textIn = (text: unknown): string | undefined =>
  Array.isArray(text)
    ? textOf(
        text
          .map((run: unknown) => (isLoose(run) ? run.text : run))
          .filter((run) => typeof run === 'string')
          .join(''),
      )
    : textOf(text);

const digitsOf = (id: unknown): string | undefined => /\d+$/.exec(textOf(id) ?? '')?.[0];

const fileOf = ({ file, photo, media_type, mime_type, file_size, file_name, sticker_emoji }: Loose): Loose => {
  const file_id = textOf(file) ?? textOf(photo);
  if (!file_id) return {};
  if (media_type === 'sticker') return { sticker: { file_id, emoji: sticker_emoji } };
  return {
    document: { file_id, mime_type, file_size, file_name: file_name ?? media_type ?? (photo ? 'photo' : undefined) },
  };
};

/** A message of an exported chat as the Bot API of a business account would give it. */
function messageOf(chat: Loose, message: Loose): Loose {
  const author = digitsOf(message.from_id);
  const replied = message.reply_to_message_id;
  return {
    chat: { id: chat.id, type: 'private', first_name: chat.name },
    business_connection_id: 'export',
    message_id: message.id,
    from: { id: author, first_name: message.from },
    date: message.date_unixtime,
    ...(message.edited_unixtime !== undefined && { edit_date: message.edited_unixtime }),
    text: textIn(message.text),
    ...fileOf(message),
    ...(replied !== undefined && { reply_to_message: { message_id: replied } }),
  };
}

function* chatUnits(chat: Loose): Generator<Unit<Loose>> {
  for (const message of objectsOf(chat.messages)) {
    // In a private chat the id is the other person's; who else is ours, groups and channels do not tell.
    const isRead =
      chat.type === 'personal_chat' && message.type === 'message' && digitsOf(message.from_id) !== undefined;
    const kind = isRead ? 'message' : message.type === 'service' ? 'ignored' : 'unknown';
    yield { kind, nativeKind: isRead ? 'message' : `export.${textOf(chat.type)}`, native: messageOf(chat, message) };
  }
}

/** The messages of an export by Telegram Desktop, of one chat or of all; undefined where the document is none. */
export function exportUnits(document: Loose): Unit<Loose>[] | undefined {
  const listed = objectsOf(objectOf(document.chats).list);
  const chats = listed.length > 0 ? listed : [document];
  if (!chats.every(({ type, messages }) => textOf(type) && Array.isArray(messages))) return undefined;
  return chats.flatMap((chat) => [...chatUnits(chat)]);
}

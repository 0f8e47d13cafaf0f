import type { z } from 'zod';
import type { Media } from '../records.ts';
import { placeText } from './place.ts';
import { numberOf, objectOf, objectsOf, textOf, type Loose } from './value.ts';

/** The large thumb under the text box of Messenger, in three sizes. */
const THUMBS = new Set(['369239263222822', '369239343222814', '369239383222810']);

/** For a while a sticker comes twice: as one, and as the image that it was sent as before. */
function attachmentsOf(message: Loose): Loose[] {
  const attachments = objectsOf(message.attachments);
  const isSticker = attachments.some(({ type }) => type === 'sticker');
  return attachments.filter(
    ({ type, payload }) => !isSticker || type !== 'image' || objectOf(payload).sticker_id === undefined,
  );
}

/**
 * What a message of Messenger or Instagram says: its text, and what attachments put in words. The title of a link, a
 * post or a reel that is shared is somebody else's.
 */
export function metaText(message: Loose): string | undefined {
  const spoken = attachmentsOf(message).flatMap((attachment) => attachmentText(attachment) ?? []);
  return textOf(message.text) ?? textOf(spoken.join('\n'));
}

function attachmentText({ type, title, payload: given }: Loose): string | undefined {
  const payload = objectOf(given);
  if (THUMBS.has(textOf(payload.sticker_id) ?? '')) return '👍';
  switch (type) {
    case 'like_heart':
      return '❤️';
    case 'location': {
      const { lat, long } = objectOf(payload.coordinates);
      return placeText([], lat, long);
    }
    case 'template': {
      const elements = objectsOf(payload.elements ?? objectOf(payload.generic).elements);
      const titles = elements.flatMap((element) => textOf(element.title) ?? []);
      return textOf(payload.text) ?? textOf(titles.join('\n')) ?? textOf(title);
    }
    default:
      return undefined;
  }
}

/** Files by kind and id. Their addresses expire and open the file to whoever has them, so they stay out. */
export const metaMedia = (message: Loose): z.infer<typeof Media>[] =>
  attachmentsOf(message)
    .filter(({ type }) => !/^(location|template|like_heart)$/.test(textOf(type) ?? ''))
    .map(({ type, payload: given, ...file }) => {
      // The API's own record of a file.
      if (file.mime_type !== undefined) return fileOf(file);
      const payload = objectOf(given);
      const mediaId = textOf(payload.attachment_id) ?? textOf(payload.sticker_id) ?? textOf(payload.reel_video_id);
      return { name: textOf(type) ?? 'file', ...(mediaId && { mediaId }) };
    });

const fileOf = ({ id, mime_type, name, size }: Loose): z.infer<typeof Media> => ({
  mediaId: textOf(id),
  mimeType: textOf(mime_type),
  name: textOf(name) ?? 'file',
  byteSize: numberOf(size),
});

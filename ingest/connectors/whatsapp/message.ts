import type { z } from 'zod';
import type { FactList } from '../../fact-list.ts';
import type { Media } from '../../records.ts';
import { cartLine } from '../../formats/cart.ts';
import { jsonIn } from '../../formats/json.ts';
import { placeText } from '../../formats/place.ts';
import { isLoose, joinedTexts, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

const MEDIA_TYPES = ['image', 'video', 'audio', 'voice', 'document', 'sticker'];

/**
 * The types of message that say something; others change an earlier message, or are not known yet. In the history a
 * file stands as `media_placeholder` until it comes by itself.
 */
export const SPOKEN_TYPES: ReadonlySet<string> = new Set(
  MEDIA_TYPES.concat(
    'text',
    'button',
    'interactive',
    'location',
    'contacts',
    'order',
    'unsupported',
    'unknown',
    'errors',
    'template',
    'media_placeholder',
  ),
);

/** What somebody did to another message, of which WhatsApp passes on no more than that; undefined for what is said. */
export const unsaidOf = ({ unsupported }: Loose): string | undefined =>
  /^(edit|reaction|pin|keep_in_chat|poll_update)$/.exec(textOf(objectOf(unsupported).type) ?? '')?.[0];

/**
 * What a person said with a message of the WhatsApp Cloud API: typed words, the title of what they chose, the caption
 * of what they sent. Undefined where there are no words (a photo without a caption, a type WhatsApp does not pass on).
 */
export function whatsAppText(message: Loose): string | undefined {
  const type = textOf(message.type) ?? '';
  const content = objectOf(message[type]);
  switch (type) {
    case 'text':
      return textOf(content.body);
    case 'button':
      return textOf(content.text);
    case 'interactive':
      return interactiveText(content);
    case 'location':
      return placeText([content.name, content.address], content.latitude, content.longitude);
    case 'contacts':
      return joinedTexts(
        ', ',
        objectsOf(message.contacts).map((contact) => objectOf(contact.name).formatted_name),
      );
    case 'order':
      return joinedTexts('\n', [
        content.text,
        ...objectsOf(content.product_items).map((item) => cartLine(item.quantity, item.product_retailer_id)),
      ]);
    default:
      return textOf(content.caption);
  }
}

function interactiveText(interactive: Loose): string | undefined {
  const form = objectOf(interactive.nfm_reply);
  if (textOf(interactive.type) === 'nfm_reply') return formText(form.response_json) ?? textOf(form.body);
  const choice = objectOf(interactive.list_reply ?? interactive.button_reply);
  // A business's own buttons and lists (echoes) have a body in place of a choice.
  return joinedTexts('\n', [choice.title, choice.description]) ?? textOf(objectOf(interactive.body).text);
}

/** The answers of a form inside WhatsApp, one per line, without the token that only the business understands. */
function formText(json: unknown): string | undefined {
  const answers = jsonIn(json);
  if (!isLoose(answers)) return undefined;
  const lines = Object.entries(answers).filter(([name]) => name !== 'flow_token');
  return textOf(
    lines
      .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
      .join('\n'),
  );
}

/** The file of a message. Its address is left out: it expires and opens the file to whoever has it. */
export function whatsAppMedia(message: Loose): z.infer<typeof Media>[] | undefined {
  const type = textOf(message.type) ?? '';
  if (!MEDIA_TYPES.includes(type)) return undefined;
  const { id, mime_type, sha256, filename } = objectOf(message[type]);
  return [{ mediaId: textOf(id), mimeType: textOf(mime_type), sha256: textOf(sha256), name: textOf(filename) }];
}

const fileKinds = tableOf({
  audio: 'voice_note',
  voice: 'voice_note',
  image: 'image',
  video: 'video',
  document: 'file',
} as const);

/** The id of a file leads to its address for a few minutes (Graph API), below the `baseUrl` of the source. */
export function addWhatsAppFile(
  facts: FactList,
  message: Loose,
  place: { threadId: string; utteranceId: string; startedAt: Date },
): void {
  const kind = fileKinds[textOf(message.type) ?? ''];
  const [file] = whatsAppMedia(message) ?? [];
  if (!kind || !file?.mediaId) return;
  const mimeType = file.mimeType?.split(';')[0]?.trim();
  const address = `path:/${encodeURIComponent(file.mediaId)}`;
  facts.media({ ...place, nativeId: file.mediaId, kind, address, ...(mimeType && { mimeType }) });
}

/** e.g. `131014 Request for url … failed` */
export const whatsAppErrors = (errors: unknown): string | undefined =>
  joinedTexts(
    '; ',
    objectsOf(errors).map((error) => joinedTexts(' ', [error.code, error.title ?? error.message])),
  );

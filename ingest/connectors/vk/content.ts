import type { FactOf } from '../../records.ts';
import { decodeEntities } from '../../formats/html.ts';
import { placeText } from '../../formats/place.ts';
import { numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

export interface VkNative {
  readonly object: Loose;
  /** The community that received it. */
  readonly group?: string | undefined;
}

/** Ids of communities are negative; one without the name of its own is taken for ours. */
export const isOwn = (from: string | undefined, group: string | undefined): boolean =>
  from !== undefined && (group === undefined ? from.startsWith('-') : from === `-${group}`);

/** The text, or the place that was shared. A name stands in it as `[id1|Mina]` or `[club77|@shop]`, and `"` as `&quot;`. */
export function wordsOf(message: Loose): { text?: string | undefined; sourceText?: string | undefined } {
  const { latitude, longitude } = objectOf(objectOf(message.geo).coordinates);
  const sent = textOf(message.text) ?? textOf(message.body);
  if (sent === undefined) return { text: placeText([], latitude, longitude) ?? spokenIn(message) };
  const text = decodeEntities(sent.replaceAll(/\[(?:id|club|public|event)\d+(?::[^|\]]*)?\|([^\]]+)\]/g, '$1'));
  return { text, ...(text !== sent && { sourceText: sent }) };
}

/** What VK heard in a voice message. */
const spokenIn = ({ attachments }: Loose): string | undefined =>
  objectsOf(attachments).flatMap(({ audio_message }) => textOf(objectOf(audio_message).transcript) ?? [])[0];

/** Files as VK names them, `<owner>_<id>`; their addresses open them to whoever has them and stay out. */
export const mediaOf = (message: Loose): NonNullable<FactOf<'utterance'>['media']> =>
  objectsOf(message.attachments).map((attachment) => {
    const type = textOf(attachment.type) ?? 'file';
    const file = objectOf(attachment[type]);
    const mediaId = [file.owner_id, file.id ?? file.sticker_id].flatMap((part) => textOf(part) ?? []).join('_');
    const byteSize = numberOf(file.size);
    return {
      name: textOf(file.title) ?? type,
      ...(mediaId && { mediaId }),
      ...(byteSize !== undefined && { byteSize }),
    };
  });

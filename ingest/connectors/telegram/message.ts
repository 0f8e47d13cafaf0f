import type { Unit } from '../../connector.ts';
import type { FactOf } from '../../records.ts';
import { placeText } from '../../formats/place.ts';
import { joinedTexts, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { richText } from './rich-text.ts';

/** What a bot sends comes back as the answer to its call, an album as a list; undefined where the document is no such answer. */
export function sentUnits({ result }: Loose): Unit<Loose>[] | undefined {
  const sent = objectsOf([result].flat());
  if (sent.length === 0 || !sent.every(({ message_id }) => message_id !== undefined)) return undefined;
  return sent.map((native) => ({ kind: 'message', nativeKind: 'message', native }));
}

const when = (given: unknown, read: () => string | undefined): string | undefined =>
  given === undefined ? undefined : read();

/** What a message says: its text or caption, else what its attachment says in words. */
export function telegramText(message: Loose): string | undefined {
  const { contact, venue, location, poll, checklist, dice, sticker, web_app_data } = message;
  const place = objectOf(venue);
  const point = objectOf(location);
  return (
    textOf(message.text) ??
    textOf(message.caption) ??
    richText(message.rich_message) ??
    when(contact, () => joinedTexts(', ', [fullName(objectOf(contact)), objectOf(contact).phone_number])) ??
    placeText([place.title, place.address], point.latitude, point.longitude) ??
    when(poll, () =>
      joinedTexts('\n', [objectOf(poll).question, ...objectsOf(objectOf(poll).options).map((option) => option.text)]),
    ) ??
    when(checklist, () =>
      joinedTexts('\n', [objectOf(checklist).title, ...objectsOf(objectOf(checklist).tasks).map((task) => task.text)]),
    ) ??
    when(web_app_data, () => joinedTexts('\n', [objectOf(web_app_data).button_text, objectOf(web_app_data).data])) ??
    textOf(objectOf(dice).emoji) ??
    textOf(objectOf(sticker).emoji)
  );
}

export const fullName = (person: Loose): string | undefined => joinedTexts(' ', [person.first_name, person.last_name]);

const FILES = ['document', 'audio', 'voice', 'video', 'video_note', 'animation', 'sticker', 'live_photo'];

/** Files by id; of a photo the largest size. An animation comes as a document too. */
export function telegramMedia(message: Loose): FactOf<'utterance'>['media'] {
  const photo = objectsOf(message.photo).at(-1);
  const name = photo ? 'photo' : FILES.findLast((each) => message[each] !== undefined);
  const file = photo ?? objectOf(message[name ?? '']);
  const mediaId = textOf(file.file_id);
  if (!name || !mediaId) return undefined;
  const [mimeType, byteSize] = [textOf(file.mime_type), numberOf(file.file_size)];
  return [
    {
      mediaId,
      name: textOf(file.file_name) ?? textOf(file.title) ?? name,
      ...(mimeType && { mimeType }),
      ...(byteSize !== undefined && { byteSize }),
    },
  ];
}

/** Updates of searches, counts, votes, boosts, payments under way, subscriptions, and who may do what: nothing anyone says in a chat. */
export const UNSAID =
  /^(inline_query|chosen_inline_result|business_connection|message_reaction_count|poll|poll_answer|chat_join_request|(removed_)?chat_boost|shipping_query|pre_checkout_query|purchased_paid_media|managed_bot|subscription)$/;

/** Whether a message only tells of the chat itself: a pinned message, a new title, a voice chat that began. */
export const isServiceMessage = (message: Loose): boolean =>
  telegramText(message) === undefined &&
  telegramMedia(message) === undefined &&
  Object.keys(message).some((key) =>
    /^(pinned_message|new_chat_(title|photo)|delete_chat_photo|(super)?group_chat_created|channel_chat_created|message_auto_delete_timer_changed|forum_topic_\w+|general_forum_topic_\w+|(video|voice)_chat_\w+|boost_added|chat_background_set|chat_shared|users?_shared|chat_owner_\w+|managed_bot_created|poll_option_\w+|community_chat_\w+|(unique_)?gift|gift_upgrade_sent|giveaway\w*|(successful|refunded)_payment|passport_data|\w+_message_price_changed|checklist_tasks_\w+|suggested_post_\w+|write_access_allowed|connected_website|proximity_alert_triggered)$/.test(
      key,
    ),
  );

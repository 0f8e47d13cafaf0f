import type { HandleInput } from '../../fact-list.ts';
import { decodeEntities } from '../../formats/html.ts';
import { fromEpochMilliseconds, fromIso, fromRfc2822, fromSnowflake } from '../../formats/time.ts';
import { objectOf, objectsOf, textOf, textsOf, type Loose } from '../../formats/value.ts';

/** One record with the people that came beside it. */
export interface XNative {
  readonly record: Loose;
  readonly users: readonly Loose[];
  /** The account the webhook is for. */
  readonly own?: string | undefined;
  /** Posts beside the record, which it answers or quotes. */
  readonly posts?: readonly Loose[];
}

/** The version 1 API writes ids twice, as a number and as `id_str`; only the second is exact everywhere. */
export const idOf = (record: Loose, name = 'id'): string | undefined =>
  textOf(record[`${name}_str`]) ?? textOf(record[name]);

/** The ids of all versions of a post, the first being the post's own; the version 1 API of enterprises nests them. */
export function versionsOf(record: Loose): string[] {
  const ids = record.edit_history_tweet_ids ?? objectOf(record.edit_history).edit_tweet_ids;
  return textsOf(ids);
}

/** The millisecond in which X gave out an id: its upper bits; ids from before November 2010 have none. */
export const timeOfId = (id: string): Date | undefined => fromSnowflake(id, 1_288_834_974_657);

export interface XTime {
  readonly at: Date;
  readonly timePrecision: 'millisecond' | 'second';
}

/** `2020-01-01T00:00:00.000Z`, `Fri Dec 05 15:55:44 +0000 2014`, epoch milliseconds as text, or what the id says. */
export function timeOf(record: Loose): XTime | undefined {
  const milliseconds = fromEpochMilliseconds(record.created_timestamp) ?? fromIso(record.created_at);
  const id = idOf(record);
  const at = milliseconds ?? fromRfc2822(record.created_at) ?? (id ? timeOfId(id) : undefined);
  const isToTheSecond = milliseconds === undefined && record.created_at !== undefined;
  return at && { at, timePrecision: isToTheSecond ? 'second' : 'millisecond' };
}

/** The words without character references; long posts have the whole text beside the short one. */
export function wordsOf(record: Loose): { text?: string; sourceText?: string } {
  const sent =
    textOf(objectOf(record.note_tweet).text) ??
    textOf(objectOf(record.extended_tweet).full_text) ??
    textOf(record.full_text) ??
    textOf(record.text);
  if (!sent) return {};
  const text = decodeEntities(sent);
  return { text, ...(text !== sent && { sourceText: sent }) };
}

export function mediaOf(record: Loose): { mediaId: string; name: string }[] {
  const keys = objectOf(record.attachments).media_keys;
  const attached = objectOf(objectOf(record.attachment).media);
  const entities = objectOf(objectOf(record.extended_tweet).extended_entities ?? record.extended_entities);
  const files = [...objectsOf(entities.media), attached].flatMap((file) => {
    const mediaId = idOf(file);
    return mediaId ? [{ mediaId, name: textOf(file.type) ?? 'media' }] : [];
  });
  const named = textsOf(keys);
  return [...files, ...named.map((mediaId) => ({ mediaId, name: 'media' }))];
}

/** A person under their id, shown by name; the name on X may change hands, so it is no handle. */
export function personOf(id: string | undefined, users: readonly Loose[]): HandleInput {
  const user = users.find((each) => idOf(each) === id) ?? {};
  const screenName = textOf(user.username) ?? textOf(user.screen_name);
  return { type: 'x_id', value: id, display: textOf(user.name) ?? screenName };
}

/** Whether an id is one of the company's: that of the webhook, or one of the settings, by id or by name. */
export function isOwn(id: string | undefined, { users, own }: XNative, ownAccounts: readonly string[]): boolean {
  if (id === undefined) return false;
  if (id === own) return true;
  const user = users.find((each) => idOf(each) === id) ?? {};
  const name = (textOf(user.username) ?? textOf(user.screen_name))?.toLowerCase();
  return ownAccounts.some((account) => account === id || account.replace(/^@/, '').toLowerCase() === name);
}

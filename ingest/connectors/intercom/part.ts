import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import type { Channel } from '../../channels.ts';
import { FactList } from '../../fact-list.ts';
import { nameIn, wordsOf } from '../../formats/helpdesk.ts';
import { fromIsoOrEpoch } from '../../formats/time.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { addChange } from './change.ts';
import { addContact, changedAt, isShowing, roleOf, wordsOfBody } from './people.ts';
import { threadOf } from './ticket.ts';

/** A record with the conversation that it stands in. */
export interface Native {
  readonly conversation: Loose;
  readonly record: Loose;
}

export const CHANNELS = tableOf<Channel>({
  conversation: 'chat',
  email: 'email',
  facebook: 'messenger',
  instagram: 'instagram',
  whatsapp: 'whatsapp',
  sms: 'sms',
  twitter: 'x_dm',
  push: 'in_app',
  phone_call: 'voice',
  // A caller goes on in the messenger.
  phone_switch: 'chat',
});
/** Who took part in words or in a change, as far as it is one of ours. */
function agentOf(author: Loose, facts: FactList): string | undefined {
  const id = textOf(author.id);
  if (!id || author.type === 'team' || roleOf(author) !== 'agent') return undefined;
  return facts.agent({ nativeId: id, name: wordsOf({ html: author.name }).text });
}

export function mapPart({ conversation, record }: Native, context: SplitContext): Outcome {
  const [partId, at] = [textOf(record.id), fromIsoOrEpoch(record.created_at)];
  if (!partId || !at || !textOf(conversation.id)) return reject('the part has no id, no time or no conversation');
  const facts = new FactList(context, changedAt(record));
  const partType = textOf(record.part_type) ?? '';
  const source = objectOf(conversation.source);
  const channel = nameIn(CHANNELS, source.type) ?? 'ticket';
  const threadId = facts.thread({ nativeId: threadOf(conversation), channel, version: 0 });
  // One message can open many conversations.
  const nativeId = partType === 'source' ? `source/${threadOf(conversation)}` : `part/${partId}`;
  if (record.redacted === true) {
    facts.utterance({ nativeId, threadId, deletedAt: fromIsoOrEpoch(record.updated_at) ?? at });
    return ok(facts.facts);
  }
  const author = objectOf(record.author);
  const agentId = agentOf(author, facts);
  const said = saidIn(record, channel === 'email');
  const role = roleOf(author);
  if (said)
    facts.utterance({
      nativeId,
      threadId,
      role,
      agentId,
      occurredAt: at,
      timePrecision: 'second',
      isZoneKnown: true,
      ...said,
      nativeTime: textOf(record.created_at),
      visibility: partType.startsWith('note') ? 'internal' : 'public',
      isAutomatic: partType === 'source' && /^(automated|campaigns_initiated)$/.test(textOf(source.delivered_as) ?? ''),
      handleId: role === 'customer' ? addContact(facts, author, at, threadId) : undefined,
    });
  addChange(facts, threadId, partType, record, at, agentId);
  return ok(facts.facts);
}

/** Words and files of a part, if it has any: a picture alone was sent, too. */
function saidIn(record: Loose, isMail: boolean) {
  const words = wordsOfBody(record.body, isMail);
  const media = objectsOf(record.attachments).map((file) => ({
    name: textOf(file.name),
    mimeType: textOf(file.content_type),
    byteSize: numberOf(file.filesize),
  }));
  return words.text !== undefined || media.length > 0 || isShowing(record.body) ? { ...words, media } : undefined;
}

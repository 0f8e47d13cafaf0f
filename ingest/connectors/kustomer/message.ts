import type { Channel } from '../../channels.ts';
import { ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { addPerson, latestOf, nameIn, wordsOf, type Words } from '../../formats/helpdesk.ts';
import { hasMarkup } from '../../formats/html.ts';
import { fromIso } from '../../formats/time.ts';
import { objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';
import { related } from './survey.ts';

export const CHANNELS = tableOf<Channel>({
  email: 'email',
  chat: 'chat',
  sms: 'sms',
  voice: 'voice',
  facebook: 'messenger',
  instagram: 'instagram',
  'twitter-dm': 'x_dm',
  'twitter-tweet': 'social',
  'instagram-comment': 'social',
  whatsapp: 'whatsapp',
  form: 'form',
});

export const relatedAll = (record: Loose, name: string): string[] =>
  objectsOf(objectOf(objectOf(record.relationships)[name]).data).flatMap(({ id }) => textOf(id) ?? []);

/** The customer, and the address that an incoming message is from. */
function writersOf(record: Loose, channel: Channel): HandleInput[] {
  const meta = objectOf(objectOf(record.attributes).meta);
  const address = textOf(objectOf(meta.from).email) ?? textOf(meta.from);
  const customer: HandleInput = { type: 'contact_id', value: related(record, 'customer') };
  if (channel === 'sms') return [customer, { type: 'phone', value: address }];
  return channel === 'email' ? [customer, { type: 'email', value: address }] : [customer];
}

function bodyOf({ body, meta, preview }: Loose, isMail: boolean): Words {
  const whole = textOf(body) ?? textOf(objectOf(meta).body);
  return wordsOf(whole && hasMarkup(whole) ? { html: whole } : { text: whole ?? preview }, isMail);
}

/** A message has a direction; a note has none, and only agents see it. */
export function mapMessage({ nativeKind, native: record }: Unit<Loose>, context: SplitContext): Outcome {
  const attributes = objectOf(record.attributes);
  const [id, conversation] = [textOf(record.id), related(record, 'conversation')];
  const at = fromIso(attributes.sentAt) ?? fromIso(attributes.createdAt);
  if (!id || !conversation || !at) return reject('the message has no id, names no conversation or has no time');
  const isNote = nativeKind === 'note';
  const channel = nameIn(CHANNELS, attributes.channel) ?? 'ticket';
  const facts = new FactList(context, latestOf(attributes.modifiedAt, attributes.updatedAt, at));
  const threadId = facts.thread({ nativeId: `conversation/${conversation}`, channel, version: 0 });
  const isCustomer = !isNote && attributes.direction === 'in';
  const isOurs = isNote || attributes.direction === 'out';
  const isAutomatic = attributes.auto === true;
  const author = related(record, 'createdBy');
  const deletedAt = fromIso(attributes.deletedAt);
  const evidence = 'kustomer_customer';
  const utteranceId = facts.utterance({
    nativeId: id,
    threadId,
    role: isCustomer ? 'customer' : isAutomatic ? 'bot' : isOurs ? 'agent' : undefined,
    occurredAt: at,
    nativeTime: textOf(attributes.sentAt) ?? textOf(attributes.createdAt),
    timePrecision: 'millisecond',
    isZoneKnown: true,
    ...(deletedAt ? { deletedAt } : bodyOf(attributes, channel === 'email')),
    visibility: isNote ? 'internal' : 'public',
    isAutomatic,
    media: deletedAt ? undefined : relatedAll(record, 'attachments').map((mediaId) => ({ mediaId })),
    agentId: isOurs && !isAutomatic && author ? facts.agent({ nativeId: author }) : undefined,
    handleId: isCustomer ? addPerson(facts, { threadId, at, evidence }, writersOf(record, channel)) : undefined,
  });
  const errorAt = fromIso(attributes.errorAt);
  if (errorAt) facts.event({ threadId, kind: 'failed', occurredAt: errorAt, utteranceId });
  return ok(facts.facts);
}

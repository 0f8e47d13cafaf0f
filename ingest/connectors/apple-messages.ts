import { z } from 'zod';
import {
  defineConnector,
  ok,
  reject,
  type Outcome,
  type SplitContext,
  type Unit,
  type UnitKind,
} from '../connector.ts';
import { FactList, type HandleInput } from '../fact-list.ts';
import type { FactOf } from '../records.ts';
import { fromIso } from '../formats/time.ts';
import { numberOf, objectOf, objectsOf, tableOf, textOf, type Loose } from '../formats/value.ts';

const KINDS = tableOf<UnitKind>({
  text: 'message',
  'text-with-attachments': 'message',
  attachments: 'message',
  'amb-list-picker-response': 'message',
  interactive: 'message',
  richLink: 'message',
  close: 'event',
  handover: 'event',
  typing_start: 'ignored',
  typing_end: 'ignored',
});

/** A person who closes the conversation takes back their consent: further messages fail. */
const EVENTS = tableOf<FactOf<'event'>['kind']>({ close: 'opted_out', handover: 'handed_over' });

/** Stands in the text wherever an attachment does. */
const ATTACHMENT_MARK = /\ufffc/g;

const isBusiness = (id: string | undefined): boolean => (id ?? '').startsWith('urn:biz:');
const isOpaque = (id: string | undefined): boolean => (id ?? '').startsWith('urn:mbid:');

/** Opaque ids of people look like `urn:mbid:…`; some have the shape of a phone number. A relay has ids of its own. */
function handleOf(native: Loose, person: string): HandleInput {
  if (native.aliasId !== undefined) return { type: 'contact_id', value: person };
  return /^tel:\+\d+$/.test(person) ? { type: 'phone', value: person } : { type: 'apple_id', value: person };
}

function map({ kind, nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const [source, destination] = [textOf(native.sourceId) ?? textOf(native.aliasId), textOf(native.destinationId)];
  // Ids of businesses are often bare; whoever writes to an opaque id is one.
  const isToPerson = isOpaque(destination) && !isOpaque(source);
  const isOurs = isBusiness(source) || isToPerson || native.direction === 'outbound';
  const [person, account] = isOurs && destination ? [destination, source] : [source, destination];
  if (!person) return reject('missing sourceId: the conversation is not known');
  // Apple sends no time.
  const sentAt = fromIso(native.timestamp);
  const at = sentAt ?? context.delivery.receivedAt;
  const nativeId = textOf(native.id) ?? (sentAt && `${person}/${sentAt.getTime()}`);
  if (!nativeId) return reject('missing id of the message');
  const facts = new FactList(context, at.getTime());
  const threadId = facts.thread({
    nativeId: person,
    channel: 'apple_messages',
    sessionGapHours: 24,
    ...(account && { account }),
  });
  const handleId = facts.participant(threadId, 'customer', at, handleOf(native, person));
  const placed = { threadId, occurredAt: at, timePrecision: sentAt ? 'second' : 'receipt' } as const;
  if (kind === 'event') facts.event({ ...placed, kind: EVENTS[nativeKind]!, value: nativeKind, nativeId });
  else
    facts.utterance({
      ...placed,
      nativeId,
      role: isOurs ? 'agent' : 'customer',
      nativeTime: textOf(native.timestamp),
      isZoneKnown: true,
      visibility: 'public',
      ...saidIn(native, isOurs),
      ...(!isOurs && handleId && { handleId }),
    });
  return ok(facts.facts);
}

function saidIn(
  native: Loose,
  isOurs: boolean,
): { text?: string; sourceText?: string; media?: FactOf<'utterance'>['media'] } {
  const sent = textOf(native.body) ?? textOf(native.text);
  const text = textOf(sent?.replaceAll(ATTACHMENT_MARK, ' ')) ?? (isOurs ? askedIn(native) : chosenIn(native));
  const media = objectsOf(native.attachments).map((file) => {
    const [mimeType, byteSize] = [textOf(file.mimeType), numberOf(file.size)];
    return {
      name: textOf(file.name) ?? textOf(file.fileName) ?? 'file',
      ...(mimeType && { mimeType }),
      ...(byteSize !== undefined && { byteSize }),
    };
  });
  return {
    ...(text && { text }),
    ...(sent && sent !== text && { sourceText: sent }),
    ...(media.length > 0 && { media }),
  };
}

/**
 * What was picked from a list or quick replies, or a link, whose title its page has written. The words that stand in the
 * bubble of an answer are the business's own, which it gave along with the question.
 */
function chosenIn(native: Loose): string | undefined {
  const interactive = objectOf(native.interactiveData);
  const data = objectOf(interactive.data);
  const relayed = objectOf(objectOf(native.ambListPickerResponse).listPicker);
  const picked = objectsOf(objectOf(data.listPicker).sections)
    .flatMap((section) => objectsOf(section.items))
    .concat(objectsOf(relayed.selectedItems))
    // Of a form, page by page.
    .concat(objectsOf(data.selections).flatMap((page) => objectsOf(page.items)))
    .flatMap((item) => textOf(item.title) ?? textOf(item.value) ?? []);
  const quick = objectOf(data['quick-reply']);
  const chosen = objectsOf(quick.items).find(
    ({ identifier }) => identifier !== undefined && identifier === quick.selectedIdentifier,
  );
  return textOf(chosen?.title) ?? textOf(picked.join(', ')) ?? textOf(objectOf(native.richLinkData).url);
}

/** The bubble in which a business offers a choice, or its link; the items offered are not said. */
function askedIn(native: Loose): string | undefined {
  const interactive = objectOf(native.interactiveData);
  const link = objectOf(native.richLinkData);
  return textOf(objectOf(interactive.receivedMessage).title) ?? textOf(link.title) ?? textOf(link.url);
}

export const appleMessages = defineConnector<Loose, Record<string, never>>({
  name: 'apple-messages',
  title: 'Apple Messages for Business',
  version: 1,
  channels: ['apple_messages'],
  docs: ['https://register.apple.com/resources/messages/msp-rest-api/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'jwt', header: 'Authorization', prefix: 'Bearer ', secretEncoding: 'base64' },
  threadKey: 'opaque id of the person, cut after 24 silent hours',
  echoRule: 'a sourceId of a business (urn:biz:), and what goes to the opaque id of a person, is our own',
  *split(document: unknown) {
    for (const native of [document].flat().map(objectOf)) {
      const type = textOf(native.type);
      if (!type) throw new Error('invalid message: expected a type');
      yield { kind: KINDS[type] ?? 'unknown', nativeKind: type, native };
    }
  },
  map,
});

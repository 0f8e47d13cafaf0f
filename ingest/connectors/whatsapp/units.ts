import type { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import type { Unit, UnitKind } from '../../connector.ts';
import type { EventKind } from '../../records.ts';
import { isLoose, objectOf, objectsOf, textOf, tableOf, type Loose } from '../../formats/value.ts';
import type { FactList } from '../../fact-list.ts';
import { digitsOf, type WhatsAppContact } from './contact.ts';
import { SPOKEN_TYPES } from './message.ts';

type EventName = z.infer<typeof EventKind>;

/** One item of a change, with what its change says of the business number and the people. */
export interface WhatsAppNative {
  readonly item: Loose;
  readonly metadata: Loose;
  readonly contacts: Loose[];
  /** Said by the business, from its own app. */
  readonly isEcho?: boolean;
  /** Said while another sender has the conversation: Meta's own agent, which is a machine. */
  readonly isStandby?: boolean;
}

/** A unit whose time, business number and person are known. */
export interface Scene extends WhatsAppNative {
  readonly facts: FactList;
  readonly at: Date;
  readonly id: string;
  readonly number: string;
  readonly person: WhatsAppContact;
}

const MESSAGE_KINDS = tableOf<UnitKind>({
  reaction: 'reaction',
  edit: 'edit',
  revoke: 'delete',
  system: 'profile',
  request_welcome: 'event',
});
/** Receipts of a message, by WhatsApp's name for them. */
export const RECEIPTS = tableOf<EventName>({
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
});
/** What the phone of a person does with our call. */
export const CALL_STATUSES = tableOf<EventName>({
  RINGING: 'status_changed',
  ACCEPTED: 'answered',
  REJECTED: 'failed',
});
const CALL_EVENTS = new Set(['connect', 'terminate']);

/** Changes of the account, its numbers, templates and groups, and what advertisements led to: nothing anyone said. */
const ACCOUNT_FIELDS =
  /^(account_|business_|message_template_|template_|phone_number_|payment_|partner_|group_\w+_update$|automatic_events$|tracking_events$|security$|flows$|smb_app_state_sync$)/;

/** Takes a webhook body apart: it is a batch of entries, changes and lists of items. */
export function* splitWhatsApp(document: unknown): Generator<Unit<WhatsAppNative>> {
  // A file may hold several bodies, in a list or by name.
  // Meta shows a change as an example without what stands around it.
  if (isLoose(document) && textOf(document.field) && isLoose(document.value))
    return yield* splitChange(textOf(document.field)!, document.value);
  if (isLoose(document) && isLoose(document.metadata) && document.object === undefined)
    return yield* splitChange('messages', document);
  const isBundle = isLoose(document) && document.object === undefined;
  const bodies = isBundle ? Object.values(document) : [document].flat();
  if (bodies.length === 0 || !bodies.every(isBody))
    throw new SourceError('invalid webhook body; expected an object "whatsapp_business_account" with entry[]');
  for (const { changes } of bodies.flatMap(({ entry }) => objectsOf(entry)))
    for (const { field, value } of objectsOf(changes)) yield* splitChange(textOf(field) ?? 'change', objectOf(value));
}

const isBody = (body: unknown): body is Loose =>
  isLoose(body) && body.object === 'whatsapp_business_account' && Array.isArray(body.entry);

function* splitChange(field: string, value: Loose): Generator<Unit<WhatsAppNative>> {
  const units = [...(field === 'messaging_handovers' ? [handoverUnit(value)] : unitsOf(value))];
  for (const unit of units) yield field === 'standby' ? { ...unit, native: { ...unit.native, isStandby: true } } : unit;
  if (units.length === 0)
    yield {
      kind: ACCOUNT_FIELDS.test(field) ? 'ignored' : 'unknown',
      nativeKind: field,
      native: nativeOf(value, value),
    };
}

/** What comes from the business's own number is its own: files of a history come like messages of people. */
const isFromUs = (value: Loose, { from }: Loose): boolean =>
  digitsOf(from) !== undefined && digitsOf(from) === digitsOf(objectOf(value.metadata).display_phone_number);

const nativeOf = (value: Loose, item: Loose, isEcho = false): WhatsAppNative => ({
  item,
  metadata: objectOf(value.metadata),
  contacts: objectsOf(value.contacts),
  isEcho,
});

/** Another sender has the conversation from now on; the person and the number stand in fields of their own. */
function handoverUnit(value: Loose): Unit<WhatsAppNative> {
  const { phone_number, wa_id, user_id } = objectOf(value.sender);
  const item = { ...value, from: phone_number ?? wa_id, from_user_id: user_id };
  return {
    kind: 'event',
    nativeKind: 'messaging_handovers',
    native: nativeOf({ ...value, metadata: value.recipient }, item),
  };
}

function* unitsOf(value: Loose): Generator<Unit<WhatsAppNative>> {
  for (const item of objectsOf(value.messages)) yield messageUnit(nativeOf(value, item, isFromUs(value, item)));
  for (const item of objectsOf(value.message_echoes)) yield messageUnit(nativeOf(value, item, true));
  for (const item of objectsOf(value.history)) yield* historyUnits(value, item);
  for (const item of objectsOf(value.statuses)) yield statusUnit(nativeOf(value, item));
  for (const item of objectsOf(value.calls)) {
    const event = textOf(item.event) ?? 'none';
    yield {
      kind: CALL_EVENTS.has(event) ? 'call' : 'unknown',
      nativeKind: `calls.${event}`,
      native: nativeOf(value, item),
    };
  }
  for (const item of objectsOf(value.user_id_update))
    yield { kind: 'profile', nativeKind: 'user_id_update', native: nativeOf(value, item) };
  for (const item of objectsOf(value.state_sync))
    yield { kind: 'profile', nativeKind: 'state_sync', native: nativeOf(value, item) };
  for (const item of objectsOf(value.user_preferences))
    yield { kind: 'event', nativeKind: 'user_preferences', native: nativeOf(value, item) };
  // A business that shares no history says so by an error.
  for (const item of [value, ...objectsOf(value.history)].flatMap(({ errors }) => objectsOf(errors)))
    yield { kind: 'event', nativeKind: 'errors', native: nativeOf(value, item) };
}

/** Conversations from before the business joined the API: each thread is one person's, by number, with both sides in it. */
function* historyUnits(value: Loose, { threads }: Loose): Generator<Unit<WhatsAppNative>> {
  for (const { id, messages } of objectsOf(threads))
    for (const item of objectsOf(messages))
      yield messageUnit(nativeOf({ ...value, contacts: [{ wa_id: id }] }, item, isFromUs(value, item)));
}

function messageUnit(native: WhatsAppNative): Unit<WhatsAppNative> {
  const type = textOf(native.item.type) ?? 'none';
  const kind = MESSAGE_KINDS[type] ?? (SPOKEN_TYPES.has(type) ? 'message' : 'unknown');
  return { kind, nativeKind: `${native.isEcho ? 'message_echoes' : 'messages'}.${type}`, native };
}

function statusUnit(native: WhatsAppNative): Unit<WhatsAppNative> {
  const status = textOf(native.item.status) ?? 'none';
  if (native.item.type === 'call')
    return { kind: CALL_STATUSES[status] ? 'call' : 'unknown', nativeKind: `statuses.call.${status}`, native };
  // What became of a payment is not what became of the message that asks for it.
  if (native.item.type === 'payment') return { kind: 'event', nativeKind: `statuses.payment.${status}`, native };
  const kind = status === 'deleted' ? 'delete' : RECEIPTS[status] ? 'receipt' : 'unknown';
  return { kind, nativeKind: `statuses.${status}`, native };
}

import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { externalIds } from '../../formats/crm.ts';
import { addAgent, mapConversation } from './conversation.ts';
import { isDeleted, mapMessage } from './message.ts';
import { addContact, nameOf, timeOf, type ChatwootNative } from './parts.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { chatwootPull } from './pull.ts';
import { mapRating } from './rating.ts';

type ChatwootUnit = Unit<ChatwootNative>;

export const chatwoot = defineConnector<ChatwootNative, Record<string, never>>({
  name: 'chatwoot',
  title: 'Chatwoot',
  version: 1,
  channels: [
    'chat',
    'email',
    'whatsapp',
    'messenger',
    'instagram',
    'x_dm',
    'sms',
    'telegram',
    'line',
    'tiktok',
    'in_app',
  ],
  docs: ['https://www.chatwoot.com/hc/user-guide/articles/1677693021-how-to-use-webhooks'],
  formats: ['json', 'ndjson'],
  settings: z.object({}),
  // Older installations sign nothing.
  trust: {
    scheme: 'one-of',
    schemes: [
      {
        scheme: 'hmac',
        algorithm: 'sha256',
        encoding: 'hex',
        header: 'x-chatwoot-signature',
        prefix: 'sha256=',
        parts: [{ header: 'x-chatwoot-timestamp' }, { text: '.' }, 'body'],
        timestamp: { header: 'x-chatwoot-timestamp', unit: 'second', toleranceSeconds: 300 },
      },
      { scheme: 'path-secret' },
    ],
  },
  pull: chatwootPull,
  threadKey: 'number of the conversation within its account',
  statusLadder: ['sent', 'delivered', 'read'],
  echoRule: 'message_type is outgoing (1)',
  split,
  map: (unit, context) =>
    unit.kind === 'profile'
      ? (unit.nativeKind === 'agent' ? mapAgent : mapVisitor)(unit.native, context)
      : unit.kind === 'survey'
        ? mapRating(unit.native, context)
        : unit.kind === 'thread' || unit.kind === 'event'
          ? mapConversation(unit.native, context)
          : mapMessage(unit.native, context),
});

const IGNORED = /^(conversation_typing_(on|off)|inbox_(created|updated)|ping)$/;

/** A webhook shows a record and what it belongs to: the message, its conversation, and that one's last message. */
function* split(document: unknown): Generator<ChatwootUnit> {
  const page = isLoose(document) ? (document.payload ?? objectOf(document.data).payload) : document;
  if (Array.isArray(page)) return yield* objectsOf(page).flatMap(rowUnits);
  const event = isLoose(document) ? textOf(document.event) : undefined;
  const asked = isLoose(page) ? page : event === undefined && isLoose(document) ? document : {};
  if (rowKind(asked)) return yield* rowUnits(asked);
  if (!isLoose(document) || !event) throw new SourceError('invalid webhook body; expected an object with event');
  if (event === 'message_created' || event === 'message_updated') {
    const conversation = objectOf(document.conversation);
    yield messageUnit(event, document, conversation);
    if (conversation.status !== undefined)
      yield* splitConversation('message', {
        ...conversation,
        account_id: objectOf(document.account).id,
        inbox: document.inbox,
      });
  } else if (/^conversation_(created|updated|status_changed|resolved|opened)$/.test(event))
    yield* splitConversation(event, document);
  else if (/^(automation_event\.|macro\.executed$)/.test(event) && document.inbox_id !== undefined)
    // What a rule or a macro sends is the conversation as it stands, whatever set it off.
    yield* splitConversation('message', document);
  else if (/^(contact_(created|updated)|webwidget_triggered)$/.test(event))
    yield { kind: 'profile', nativeKind: event, native: { event, record: document, conversation: {} } };
  else
    yield {
      kind: IGNORED.test(event) ? 'ignored' : 'unknown',
      nativeKind: event,
      native: { event, record: document, conversation: {} },
    };
}

function* splitConversation(event: string, conversation: Loose): Generator<ChatwootUnit> {
  const kind = event === 'message' || event === 'conversation_created' ? 'thread' : 'event';
  yield { kind, nativeKind: event === 'message' ? 'conversation' : event, native: { event, record: {}, conversation } };
  for (const message of objectsOf(conversation.messages))
    yield messageUnit('conversation.message', message, conversation);
}

/** What was asked for says what it is by fields that only that has. */
function rowKind(row: Loose): 'message' | 'conversation' | 'contact' | 'rating' | 'agent' | undefined {
  if (row.message_type !== undefined) return 'message';
  if (row.rating !== undefined && row.message_id !== undefined) return 'rating';
  if (/^(agent|administrator)$/.test(textOf(row.role) ?? '')) return 'agent';
  if (row.messages !== undefined || row.inbox_id !== undefined) return 'conversation';
  return row.phone_number === undefined ? undefined : 'contact';
}

/** A row of a page that was asked for: a message, a conversation with its last one, a contact, an agent or a rating. */
function rowUnits(row: Loose): ChatwootUnit[] {
  const kind = rowKind(row);
  if (kind === 'message') return [messageUnit('page.message', row, {})];
  if (kind === 'conversation') return [...splitConversation('message', row)];
  const native = { event: 'page', record: row, conversation: {} };
  const unitKind = kind === 'rating' ? 'survey' : kind ? 'profile' : 'unknown';
  return [{ kind: unitKind, nativeKind: kind ?? 'row', native }];
}

function messageUnit(event: string, record: Loose, conversation: Loose): ChatwootUnit {
  const kind = isDeleted(record)
    ? 'delete'
    : event === 'message_updated' && textOf(record.content)
      ? 'edit'
      : 'message';
  return { kind, nativeKind: event, native: { event, record, conversation } };
}

function mapAgent({ record }: ChatwootNative, context: SplitContext): Outcome {
  const facts = new FactList(context, 0);
  return addAgent(record, facts) ? ok(facts.facts) : reject('the agent has no id');
}

/** A contact, or a visitor who opened the widget: who they are and which browser is theirs. */
function mapVisitor({ event, record }: ChatwootNative, context: SplitContext): Outcome {
  const isTrigger = event === 'webwidget_triggered';
  const contact = isTrigger ? objectOf(record.contact) : record;
  const at = timeOf(record.updated_at) ?? timeOf(record.created_at) ?? context.delivery.receivedAt;
  const facts = new FactList(context, timeOf(record.updated_at)?.getTime() ?? 0);
  const inbox = isTrigger
    ? { channel: 'Channel::WebWidget', contact_inbox: { source_id: record.source_id } }
    : { channel: 'Channel::Api' };
  const handleId = addContact(contact, inbox, at, facts);
  if (!handleId) return reject('the contact has no id');
  const place = objectOf(contact.additional_attributes);
  facts.person({
    nativeId: textOf(contact.id)!,
    handleId,
    name: nameOf(contact),
    country: textOf(place.country_code) ?? textOf(place.country),
    sinceAt: timeOf(contact.created_at),
    externalIds: contact.identifier === undefined ? undefined : externalIds(['', contact.identifier]),
    state: 'active',
  });
  return ok(facts.facts);
}

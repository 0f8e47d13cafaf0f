import { addSeconds } from '../calendar.ts';
import {
  byWeek,
  epochSeconds,
  lines,
  timed,
  type Conversation,
  type Scene,
  type TimedTurn,
} from '../conversation-list.ts';
import type { DemoFile } from '../demo-file.ts';
import { whatsappId } from '../ids.ts';
import { Random } from '../random.ts';

const business = '15550100188';
const metadata = { display_phone_number: business, phone_number_id: '106540000000042' };

interface Webhook {
  readonly at: Date;
  readonly body: object;
}

/**
 * Cloud API webhooks, one a line: the customer's messages, echoes of what agents wrote in the business app, statuses.
 * One customer in forty takes a message back, one in thirty corrects one.
 */
export function whatsappFiles(conversations: readonly Conversation[], scene: Scene): DemoFile[] {
  const webhooks = conversations.flatMap((conversation) => {
    const turns = timed(conversation, scene);
    return turns.flatMap((turn) => [...webhooksOf(conversation, turn), ...changesOf(conversation, turn)]);
  });
  return byWeek(webhooks, ({ at }) => at, scene).map(([week, own]) => ({
    source: 'whatsapp',
    name: `webhooks-${week}.ndjson`,
    format: 'ndjson',
    body: lines(own.sort((left, right) => left.at.getTime() - right.at.getTime()).map(({ body }) => body)),
  }));
}

const waId = ({ contact }: Conversation): string => contact.customer.phone.slice(1);
const idOf = ({ contact }: Conversation, position: number, kind?: string): string =>
  whatsappId(contact, position, kind);

function webhook(conversation: Conversation, at: Date, field: string, part: object): Webhook {
  const contacts = [{ profile: { name: conversation.contact.customer.name }, wa_id: waId(conversation) }];
  const value = { messaging_product: 'whatsapp', metadata, contacts, ...part };
  const entry = [{ id: '104996122000042', changes: [{ value, field }] }];
  return { at, body: { object: 'whatsapp_business_account', entry } };
}

function webhooksOf(conversation: Conversation, turn: TimedTurn): Webhook[] {
  const { at, position } = turn;
  const id = idOf(conversation, position);
  const timestamp = String(epochSeconds(at));
  if (turn.role === 'customer')
    return [
      webhook(conversation, at, 'messages', {
        messages: [{ from: waId(conversation), id, timestamp, ...contentOf(conversation, turn) }],
      }),
    ];
  const echo = { from: business, to: waId(conversation), id, timestamp, type: 'text', text: { body: turn.text } };
  const random = new Random(`status/${id}`);
  const statuses = (['sent', 'delivered', 'read'] as const).filter(
    (status) => status !== 'read' || random.chance(0.85),
  );
  return [
    webhook(conversation, at, 'smb_message_echoes', { message_echoes: [echo] }),
    ...statuses.map((status, index) =>
      statusOf(conversation, id, addSeconds(at, 1 + index * random.integer(1, 30)), status),
    ),
  ];
}

function statusOf(conversation: Conversation, id: string, at: Date, status: string): Webhook {
  const record = {
    id,
    status,
    timestamp: String(epochSeconds(at)),
    recipient_id: waId(conversation),
    conversation: { id: new Random(`conversation/${conversation.contact.key}`).hex(32), origin: { type: 'service' } },
    pricing: { billable: false, pricing_model: 'PMP', category: 'service', type: 'free_customer_service' },
  };
  return webhook(conversation, at, 'messages', { statuses: [record] });
}

/** Damage is shown with a picture: the caption is the message. */
function contentOf({ contact }: Conversation, turn: TimedTurn): object {
  const random = new Random(`media/${contact.key}/${turn.position}`);
  const isPicture = contact.case.matter === 'delivery.damaged_or_wrong' && turn.position < 2 && random.chance(0.5);
  if (!isPicture) return { type: 'text', text: { body: turn.text } };
  const image = { caption: turn.text, mime_type: 'image/jpeg', sha256: random.hex(64), id: random.digits(16) };
  return { type: 'image', image };
}

function changesOf(conversation: Conversation, turn: TimedTurn): Webhook[] {
  const random = new Random(`change/${conversation.contact.key}/${turn.position}`);
  const isOpening = turn.role === 'customer' && turn.position === 1;
  const at = addSeconds(turn.at, random.integer(8, 25));
  const original_message_id = idOf(conversation, turn.position);
  const base = {
    from: waId(conversation),
    id: idOf(conversation, turn.position, 'change'),
    timestamp: String(epochSeconds(at)),
  };
  if (!isOpening) return [];
  if (random.chance(0.04))
    return [
      webhook(conversation, at, 'messages', {
        messages: [{ ...base, type: 'revoke', revoke: { original_message_id } }],
      }),
    ];
  if (!random.chance(0.06)) return [];
  const message = { type: 'text', text: { body: `${turn.text.replace(/[.!]$/, '')} (sorry, typo)` } };
  return [
    webhook(conversation, at, 'messages', {
      messages: [{ ...base, type: 'edit', edit: { original_message_id, message } }],
    }),
  ];
}

import { addSeconds, local } from '../calendar.ts';
import { teamNames, type Agent } from '../company.ts';
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
import { chatId } from '../ids.ts';
import { Random } from '../random.ts';

const account = { id: 1, name: 'Bramwick' };
const inbox = { id: 4, name: 'Bramwick Website' };
const bot = { id: 2, name: 'Finn', type: 'agent_bot' };

/** As a browser prints its clock. */
const browserTime = (at: Date): string => local(at).toFormat("ccc LLL dd yyyy HH:mm:ss 'GMT'ZZZ '('ZZZZZ')'");

interface Webhook {
  readonly at: Date;
  readonly body: object;
}

/** What is true of a chat when an event is sent. */
interface State {
  readonly status: 'pending' | 'open' | 'resolved';
  readonly assignee?: Agent;
  readonly at: Date;
}

/**
 * Web chat: the form before the chat gives name and e-mail, a bot begins, an agent takes over, the chat is resolved.
 */
export function chatwootFiles(conversations: readonly Conversation[], scene: Scene): DemoFile[] {
  const webhooks = conversations.flatMap((conversation) => chat(conversation, scene));
  return byWeek(webhooks, ({ at }) => at, scene).map(([week, own]) => ({
    source: 'chatwoot',
    name: `webhooks-${week}.ndjson`,
    format: 'ndjson',
    body: lines(own.sort((left, right) => left.at.getTime() - right.at.getTime()).map(({ body }) => body)),
  }));
}

function chat(conversation: Conversation, scene: Scene): Webhook[] {
  const turns = timed(conversation, scene);
  const created: State = { status: 'pending', at: conversation.contact.at };
  const webhooks: Webhook[] = [
    { at: created.at, body: { ...conversationOf(conversation, created), account, event: 'conversation_created' } },
  ];
  let state = created;
  for (const turn of turns) {
    if (turn.role === 'agent' && state.status === 'pending') {
      const next: State = { status: 'open', assignee: turn.agent!, at: addSeconds(turn.at, -3) };
      webhooks.push(...changed(conversation, state, next));
      state = next;
    }
    state = { ...state, at: turn.at };
    webhooks.push(
      { at: turn.at, body: messageOf(conversation, turn, state, 'message_created') },
      ...takenBack(conversation, turn, state),
    );
  }
  return [...webhooks, ...resolution(conversation, turns, state, scene)];
}

function changed(conversation: Conversation, before: State, after: State): Webhook[] {
  const previous = (attribute: string, previous_value: unknown, current_value: unknown) => ({
    [attribute]: { previous_value, current_value },
  });
  const status = {
    ...conversationOf(conversation, after),
    account,
    changed_attributes: [
      previous('status', before.status, after.status),
      ...(after.assignee && !before.assignee ? [previous('assignee_id', null, 10 + after.assignee.index)] : []),
    ],
    event: 'conversation_status_changed',
  };
  const resolved = { ...conversationOf(conversation, after), account, event: 'conversation_resolved' };
  return [{ at: after.at, body: status }, ...(after.status === 'resolved' ? [{ at: after.at, body: resolved }] : [])];
}

/**
 * Resolved chats are closed a little after the last word, the others some hours later by a rule, or stay open at the
 * end.
 */
function resolution(conversation: Conversation, turns: readonly TimedTurn[], state: State, { span }: Scene): Webhook[] {
  const { contact, random } = conversation;
  const isSettled = contact.outcome !== 'unresolved';
  const last = turns.at(-1)?.at ?? contact.at;
  const at = addSeconds(last, isSettled ? random.integer(20, 240) : random.integer(3600, 20_000));
  const isCut = turns.length < conversation.turns.length;
  if (isCut || at >= span.endsAt) return [];
  return changed(conversation, state, { ...state, status: 'resolved', at });
}

function contactRecord({ contact }: Conversation) {
  const { customer } = contact;
  return {
    additional_attributes: {},
    custom_attributes: {},
    email: customer.email,
    id: 20_000 + customer.index,
    identifier: null,
    name: customer.name,
    phone_number: customer.isLinked ? customer.phone : null,
    thumbnail: '',
    type: 'contact',
  };
}

const userRecord = (agent: Agent) => ({
  id: 10 + agent.index,
  name: agent.name,
  available_name: agent.name,
  email: agent.email,
  avatar_url: '',
  type: 'user',
  availability_status: 'online',
});

/** Events of the conversation tell of the browser; in the copy that each message carries it is left out. */
function conversationOf(conversation: Conversation, { status, assignee, at }: State, isCopy = false): object {
  const { contact } = conversation;
  const sender = contactRecord(conversation);
  const source = new Random(`visitor/${contact.customer.key}`).uuid();
  return {
    additional_attributes: isCopy
      ? {}
      : {
          browser: {
            device_name: 'Unknown',
            browser_name: 'Chrome',
            platform_name: 'Windows',
            browser_version: '128.0.0.0',
            platform_version: '10.0',
          },
          referer: `https://www.bramwick.example/${contact.case.matter.startsWith('product') ? 'products' : 'help'}`,
          initiated_at: { timestamp: browserTime(contact.at) },
        },
    can_reply: true,
    channel: 'Channel::WebWidget',
    id: chatId(contact),
    inbox_id: inbox.id,
    contact_inbox: {
      id: sender.id,
      contact_id: sender.id,
      inbox_id: inbox.id,
      source_id: source,
      created_at: contact.at.toISOString(),
      updated_at: contact.at.toISOString(),
      hmac_verified: false,
    },
    messages: [],
    labels: [],
    meta: {
      sender,
      ...(assignee && { assignee: userRecord(assignee) }),
      team: assignee ? { id: 1 + teamNames.indexOf(contact.team), name: contact.team } : null,
      hmac_verified: false,
    },
    status,
    custom_attributes: {},
    snoozed_until: null,
    unread_count: 0,
    first_reply_created_at: null,
    priority: null,
    agent_last_seen_at: epochSeconds(at),
    contact_last_seen_at: 0,
    last_activity_at: epochSeconds(at),
    timestamp: epochSeconds(at),
    created_at: epochSeconds(contact.at),
  };
}

function messageOf(
  conversation: Conversation,
  turn: TimedTurn,
  state: State,
  event: string,
  change: object = {},
): object {
  const { id, name, email, phone_number, type } = contactRecord(conversation);
  const sender =
    turn.role === 'customer'
      ? { id, name, avatar: '', email, phone_number, type }
      : turn.role === 'bot'
        ? bot
        : userRecord(turn.agent!);
  return {
    id: chatId(conversation.contact) * 100 + turn.position,
    content: turn.text,
    created_at: turn.at.toISOString(),
    message_type: turn.role === 'customer' ? 'incoming' : 'outgoing',
    content_type: 'text',
    private: turn.role === 'note',
    content_attributes: {},
    source_id: null,
    sender,
    inbox,
    conversation: conversationOf(conversation, state, true),
    account,
    ...change,
    event,
  };
}

/** Now and then an agent takes back a message that was meant for somebody else. */
function takenBack(conversation: Conversation, turn: TimedTurn, state: State): Webhook[] {
  const random = new Random(`takeback/${conversation.contact.key}/${turn.position}`);
  if (turn.role !== 'agent' || !random.chance(0.004)) return [];
  const at = addSeconds(turn.at, 6);
  const change = {
    content: 'This message was deleted',
    content_attributes: { deleted: true },
    updated_at: at.toISOString(),
  };
  return [{ at, body: messageOf(conversation, turn, { ...state, at }, 'message_updated', change) }];
}

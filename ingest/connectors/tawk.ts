import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { addPerson, nameIn, precisionOf, wordsOf } from '../formats/helpdesk.ts';
import { fromIso } from '../formats/time.ts';
import { objectOf, objectsOf, textOf, tableOf, type Loose } from '../formats/value.ts';
import type { RoleName } from '../records.ts';

/** Who sent a message: by a word at the start of a chat, by a letter in its transcript. */
const ROLES = tableOf<RoleName>({
  visitor: 'customer',
  v: 'customer',
  agent: 'agent',
  a: 'agent',
  system: 'system',
  s: 'system',
  bot: 'bot',
});

function* split(document: unknown): Generator<Unit<Loose>> {
  const native = objectOf(document);
  const event = textOf(native.event);
  if (!event) throw new SourceError('invalid webhook body; expected an object with event');
  const kind =
    event === 'ticket:create' || event === 'chat:transcript_created'
      ? 'thread'
      : /^chat:(start|end)$/.test(event)
        ? 'event'
        : 'unknown';
  yield { kind, nativeKind: event, native };
}

function addVisitor(facts: FactList, threadId: string, visitor: Loose, at: Date): string | undefined {
  // Who has no name is given one, e.g. V1561719148780935, which is none.
  const display = textOf(textOf(visitor.name)?.replace(/^V\d{12,}$/, ''));
  return addPerson(facts, { threadId, at, evidence: 'tawk_visitor' }, [
    { type: 'contact_id', value: textOf(visitor.id), display },
    { type: 'email', value: textOf(visitor.email), display },
    { type: 'phone', value: textOf(visitor.phone), display },
  ]);
}

function map({ nativeKind, native }: Unit<Loose>, context: SplitContext): Outcome {
  const at = fromIso(native.time);
  if (!at) return reject(`invalid time: ${textOf(native.time) ?? 'none'}; expected ISO 8601 with a zone`);
  const facts = new FactList(context, at.getTime());
  const account = textOf(objectOf(native.property).name);
  if (nativeKind === 'ticket:create') return mapTicket(native, at, account, facts);
  const chat = objectOf(native.chat);
  const nativeId = textOf(native.chatId) ?? textOf(chat.id);
  if (!nativeId) return reject('the chat has no id');
  const isStart = nativeKind === 'chat:start';
  const threadId = facts.thread({
    nativeId: `chat/${nativeId}`,
    channel: 'chat',
    account,
    ...(isStart ? { startedAt: at, status: 'open' as const } : { status: 'closed' as const }),
    ...(nativeKind === 'chat:end' && { endedAt: at }),
  });
  const handleId = addVisitor(facts, threadId, objectOf(native.visitor ?? chat.visitor), at);
  const timePrecision = precisionOf(native.time);
  if (nativeKind === 'chat:start') facts.event({ threadId, kind: 'started', occurredAt: at, timePrecision });
  if (nativeKind === 'chat:end') facts.event({ threadId, kind: 'ended', occurredAt: at, timePrecision });
  const messages = isStart ? [{ ...objectOf(native.message), time: native.time }] : objectsOf(chat.messages);
  addMessages(facts, messages, { threadId, chatId: nativeId, handleId, ended: at });
  return ok(facts.facts);
}

const filesOf = (message: Loose): Loose[] =>
  objectsOf(message.attchs ?? message.attachments).map((file) => objectOf(objectOf(file.content).file ?? file));

const keyOf = (role: RoleName | undefined, words: string): string =>
  createHash('sha256').update(`${role}\n${words}`).digest('hex').slice(0, 24);

interface Chat {
  readonly threadId: string;
  readonly chatId: string;
  readonly handleId: string | undefined;
  readonly ended: Date;
}

/**
 * Messages have no id: they are known by who said which words for which time in their chat, so that the first message,
 * which comes with the start of the chat and again in the transcript, is one.
 */
function addMessages(facts: FactList, messages: Loose[], { threadId, chatId, handleId, ended }: Chat): void {
  const seen = new Map<string, number>();
  for (const [index, message] of messages.entries()) {
    const sender = objectOf(message.sender);
    const role = nameIn(ROLES, sender.type ?? sender.t);
    const text = textOf(message.text ?? message.msg);
    const files = filesOf(message);
    if (text === undefined && files.length === 0) continue;
    const key = keyOf(role, text ?? files.map(({ name }) => textOf(name)).join());
    seen.set(key, (seen.get(key) ?? 0) + 1);
    const agent = textOf(sender.id);
    const occurredAt = fromIso(message.time);
    facts.utterance({
      nativeId: `${chatId}/${key}/${seen.get(key)}`,
      threadId,
      role,
      ...wordsOf({ text }),
      occurredAt: occurredAt ?? ended,
      nativeTime: textOf(message.time),
      timePrecision: occurredAt ? precisionOf(message.time) : 'day',
      isZoneKnown: true,
      sequence: message.msg === undefined ? undefined : index,
      visibility: 'public',
      isAutomatic: role === 'system',
      agentId:
        role === 'agent' && agent
          ? facts.agent({ nativeId: agent, name: textOf(sender.n) ?? textOf(sender.name) })
          : undefined,
      handleId: role === 'customer' ? handleId : undefined,
      ...(files.length > 0 && {
        media: files.map((file) => ({ name: textOf(file.name), mimeType: textOf(file.mimeType) })),
      }),
    });
  }
}

/** What a visitor leaves while nobody is there. */
function mapTicket(native: Loose, at: Date, account: string | undefined, facts: FactList): Outcome {
  const ticket = objectOf(native.ticket);
  const id = textOf(ticket.id);
  if (!id) return reject('the ticket has no id');
  // An agent may write one, too: of a call, or to a customer.
  const isCustomer = objectOf(native.requester).type !== 'agent';
  const threadId = facts.thread({
    nativeId: `ticket/${id}`,
    channel: 'form',
    direction: isCustomer ? 'inbound' : undefined,
    startedAt: at,
    subject: textOf(ticket.subject),
    status: 'new',
    account,
  });
  const handleId = isCustomer ? addVisitor(facts, threadId, objectOf(native.requester), at) : undefined;
  facts.event({ threadId, kind: 'started', occurredAt: at, timePrecision: precisionOf(native.time) });
  facts.utterance({
    nativeId: `ticket/${id}`,
    threadId,
    role: isCustomer ? 'customer' : 'agent',
    ...wordsOf({ text: ticket.message }),
    occurredAt: at,
    nativeTime: textOf(native.time),
    timePrecision: precisionOf(native.time),
    isZoneKnown: true,
    visibility: 'public',
    handleId,
  });
  return ok(facts.facts);
}

export const tawk = defineConnector<Loose, Record<string, never>>({
  name: 'tawk',
  title: 'tawk.to',
  version: 1,
  channels: ['chat', 'form'],
  docs: ['https://developer.tawk.to/webhooks/'],
  formats: ['json', 'ndjson'],
  settings: z.strictObject({}),
  trust: { scheme: 'hmac', algorithm: 'sha1', encoding: 'hex', header: 'X-Tawk-Signature', parts: ['body'] },
  threadKey: 'id of the chat or the ticket',
  echoRule: 'the sender is an agent',
  split,
  map,
});

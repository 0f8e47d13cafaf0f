import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineConnector, ok, reject, type Outcome, type SplitContext, type Unit } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import { parseMailDate } from '../formats/mail-date.ts';
import { EVENT_OF_ACTION, headerIn, readMail, type Mail, type Mailbox } from '../formats/mail.ts';
import { addressesOfSender, isAutomatic, isGeneralMailbox, ticketTokens } from '../formats/mail-signs.ts';
import { ownMailboxSettings, ownTest } from '../formats/own-mailbox.ts';
import { trimReply } from '../formats/reply.ts';
import type { RoleName, UtteranceFact } from '../records.ts';

const Settings = z.object({
  ...ownMailboxSettings,
  /** Folders of the mailbox that is pulled. */
  folders: z.array(z.string()).default(['INBOX']),
  /** What becomes of words whose message is in none of these folders any more: a mail was sent all the same. */
  removed: z.enum(['keep', 'erase']).default('keep'),
});
type Settings = z.infer<typeof Settings>;

const KNOWN_REPORTS = new Set(['delivery-status', 'disposition-notification']);

export const email = defineConnector<Mail, Settings>({
  name: 'email',
  title: 'E-mail',
  version: 1,
  channels: ['email'],
  docs: ['https://www.rfc-editor.org/rfc/rfc5322', 'https://www.rfc-editor.org/rfc/rfc3464'],
  formats: ['eml', 'mbox'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: 'each Message-ID, joined by In-Reply-To, References and ticket tokens',
  echoRule: 'the sender is at one of ownDomains or ownAddresses',
  pull: { kind: 'mailbox', address: 'imaps://<host>' },
  *split(bytes: Uint8Array, { delivery }) {
    const native = readMail(bytes);
    // Only pulling tells so; the headers of a webhook are its sender's.
    if (delivery.via === 'pull' && delivery.headers.removed)
      return yield { kind: 'delete', nativeKind: 'removed', native };
    const { reportType } = native;
    if (native.deliveries.length > 0) yield { kind: 'receipt', nativeKind: `report.${reportType}`, native };
    // How mail in our name was encrypted on its way.
    else if (reportType === 'tlsrpt') yield { kind: 'ignored', nativeKind: 'report.tlsrpt', native };
    else if (reportType && !KNOWN_REPORTS.has(reportType))
      yield { kind: 'unknown', nativeKind: `report.${reportType}`, native };
    else yield { kind: 'message', nativeKind: isAutomatic(headerIn(native)) ? 'automatic' : 'message', native };
  },
  map: ({ kind, native }: Unit<Mail>, context) => {
    if (kind === 'delete') return mapRemoval(native, context);
    return native.from.length + native.to.length > 0 || native.messageId
      ? mapMail(native, context)
      : reject('not an e-mail: it has no From, no To and no Message-ID');
  },
});

/** What a mail is known by: its Message-ID, or where it has none what it is made of. */
export const mailIdOf = (mail: Mail): string => mail.messageId ?? fallbackId(mail);

/**
 * Copies of one mail share sender and date, whatever lists and gateways add to it (who sends for somebody names them in
 * Reply-To or X-Original-From); two mails of a program that repeats its Message-ID do not.
 */
function variantOf(mail: Mail): { variant?: string } {
  const date = parseMailDate(headerIn(mail)('date'))?.date;
  if (!mail.messageId || !date) return {};
  const [sender] = mail.from;
  const original = mail.originalFrom[0]?.address;
  const behind = / via /i.test(sender?.name ?? '') ? mail.replyTo[0]?.address : undefined;
  const by = (original ?? behind ?? sender?.address ?? '').toLowerCase();
  return { variant: createHash('sha256').update(`${date.getTime()} ${by}`).digest('hex').slice(0, 12) };
}

function mapRemoval(mail: Mail, context: SplitContext<Settings>): Outcome {
  const deletedAt = context.delivery.receivedAt;
  const facts = new FactList(context, deletedAt.getTime());
  const nativeId = mailIdOf(mail);
  facts.utterance({ nativeId, threadId: facts.threadId(nativeId), deletedAt });
  return ok(facts.facts);
}

function mapMail(mail: Mail, context: SplitContext<Settings>): Outcome {
  const time = timeOf(mail, context);
  const nativeId = mailIdOf(mail);
  const facts = new FactList(context, time.timePrecision === 'receipt' ? 0 : time.occurredAt.getTime());
  const author = authorOf(mail, context.settings);
  const agentId = addAgent(mail, author, facts);
  const threadId = facts.thread({
    nativeId,
    channel: 'email',
    startedAt: time.occurredAt,
    direction: author.direction,
    ...(mail.subject && { subject: mail.subject }),
    ...(agentId && { agentId }),
  });
  linkThreads(mail, threadId, facts, context.settings);
  const handleId = addPeople(mail, author, threadId, time.occurredAt, facts, context.settings);
  const utteranceId = facts.utterance({
    nativeId,
    threadId,
    role: author.role,
    ...variantOf(mail),
    ...time,
    ...textOf(mail),
    ...(mail.attachments.length > 0 && { media: [...mail.attachments] }),
    ...(mail.inReplyTo[0] && { replyToId: facts.utteranceId(mail.inReplyTo[0]) }),
    visibility: author.direction === 'internal' ? 'internal' : 'public',
    isAutomatic: author.role === 'system' || isAutomatic(headerIn(mail), author.role),
    ...(agentId && { agentId }),
    ...(handleId && { handleId }),
  });
  addDeliveries(mail, threadId, utteranceId, time, facts);
  return ok(facts.facts);
}

/** A person of ours who wrote; neither a machine nor a mailbox that several write from is an agent. */
function addAgent(mail: Mail, { role, mailbox }: Author, facts: FactList): string | undefined {
  if (role !== 'agent' || !mailbox || isAutomatic(headerIn(mail), role) || isGeneralMailbox(mailbox.address))
    return undefined;
  return facts.agent({ nativeId: mailbox.address, name: mailbox.name ?? mailbox.address });
}

interface Author {
  role: RoleName;
  direction: 'inbound' | 'outbound' | 'internal';
  mailbox?: Mailbox;
}

/** Who speaks. A form mailer or a group of ours that names somebody else as behind it speaks for that person. */
function authorOf(mail: Mail, settings: Settings): Author {
  const isOwn = ownTest(settings);
  const sender = mail.from[0];
  // What goes to somebody outside is ours, also where answers go to a helpdesk's address elsewhere.
  const named = mail.to.every(isOwn) ? [...mail.originalFrom, ...mail.replyTo] : mail.originalFrom;
  const behind = named.find((mailbox) => !isOwn(mailbox));
  if (mail.deliveries.length > 0 || /^(?:mailer-daemon|postmaster)@/.test(sender?.address ?? ''))
    return { role: 'system', direction: 'inbound', ...(sender && { mailbox: sender }) };
  if (!sender) return { role: 'customer', direction: 'inbound' };
  if (!mail.from.some(isOwn))
    return { role: 'customer', direction: 'inbound', mailbox: theirAddresses(mail, isOwn)[0]! };
  if (behind) return { role: 'customer', direction: 'inbound', mailbox: behind };
  const recipients = [...mail.to, ...mail.cc];
  const isInternal = recipients.length > 0 && recipients.every(isOwn);
  return { role: 'agent', direction: isInternal ? 'internal' : 'outbound', mailbox: mail.from.find(isOwn)! };
}

const theirAddresses = (mail: Mail, isOwn: (mailbox: Mailbox) => boolean): Mailbox[] => {
  const answers = (mail.originalFrom.length > 0 ? mail.originalFrom : mail.replyTo).filter((to) => !isOwn(to));
  return addressesOfSender(mail.from[0], answers, headerIn(mail));
};

/**
 * Adds who took part, and returns the author's handle. Only the one person we talk to counts as the customer: everybody
 * else in To and Cc is somebody else, and all customer handles of a thread count as one person.
 */
function addPeople(
  mail: Mail,
  author: Author,
  threadId: string,
  at: Date,
  facts: FactList,
  settings: Settings,
): string | undefined {
  const isOwn = ownTest(settings);
  const add = (role: RoleName, { address, name }: Mailbox) =>
    facts.participant(threadId, role, at, { type: 'email', value: address, display: name });
  for (const mailbox of [...mail.to, ...mail.cc].filter(isOwn)) add('agent', mailbox);
  const others =
    author.role === 'system' ? mail.deliveries : author.role === 'agent' ? mail.to.filter((to) => !isOwn(to)) : [];
  if (others.length === 1) add('customer', others[0]!);
  if (author.role === 'customer' && !mail.from.some(isOwn))
    for (const mailbox of theirAddresses(mail, isOwn).slice(1)) add('customer', mailbox);
  return author.mailbox && author.role !== 'system' ? add(author.role, author.mailbox) : undefined;
}

/** References alone may be recycled for a new matter: they count where the subject says that it is a reply. */
function linkThreads(mail: Mail, threadId: string, facts: FactList, settings: Settings): void {
  for (const id of mail.inReplyTo) facts.link(threadId, facts.threadId(id), 'in-reply-to');
  if (/^\s*(?:re|aw|sv|vs|antw|odp|rif|ref|回复|答复|返信)(?:\[\d+\])?\s*[:：]/i.test(mail.subject ?? ''))
    for (const id of mail.references) facts.link(threadId, facts.threadId(id), 'references');
  if (mail.returnedMessageId) facts.link(threadId, facts.threadId(mail.returnedMessageId), 'delivery-report');
  const people = [...mail.from, ...mail.replyTo, ...mail.to].filter((mailbox) => !ownTest(settings)(mailbox));
  for (const token of ticketTokens(mail))
    for (const { address } of people) facts.link(threadId, facts.threadId(`token/${token}/${address}`), 'ticket-token');
}

function textOf(mail: Mail): Pick<z.infer<typeof UtteranceFact>, 'text' | 'sourceText' | 'textSpans'> {
  if (mail.text === '') return {};
  const { text, spans } = trimReply(mail.text);
  return text === mail.text ? { text } : { text, sourceText: mail.text, textSpans: spans };
}

function timeOf(mail: Mail, context: SplitContext) {
  const written = headerIn(mail)('date');
  const received = headerIn(mail)('received');
  const parsed = parseMailDate(written) ?? parseMailDate(received?.slice(received.lastIndexOf(';') + 1));
  const nativeTime = written ?? received;
  return {
    occurredAt: parsed?.date ?? context.delivery.receivedAt,
    timePrecision: parsed ? ('second' as const) : ('receipt' as const),
    ...(parsed && { isZoneKnown: parsed.isZoneKnown }),
    ...(nativeTime && { nativeTime }),
  };
}

/** What became of the message that was returned: one event for each recipient, on the original where it is named. */
function addDeliveries(
  mail: Mail,
  threadId: string,
  utteranceId: string,
  time: ReturnType<typeof timeOf>,
  facts: FactList,
): void {
  // Where the mail is not returned, the report answers it.
  const original = mail.returnedMessageId ?? mail.inReplyTo[0];
  for (const { address, action, status } of mail.deliveries) {
    const kind = EVENT_OF_ACTION[action];
    if (!kind) continue;
    facts.event({
      kind,
      nativeId: address,
      threadId: original ? facts.threadId(original) : threadId,
      utteranceId: original ? facts.utteranceId(original) : utteranceId,
      occurredAt: time.occurredAt,
      timePrecision: time.timePrecision,
      value: status ? `${status} ${address}` : address,
    });
  }
}

const fallbackId = (mail: Mail): string =>
  `hash-${createHash('sha256')
    .update(
      [headerIn(mail)('date'), mail.from.map(({ address }) => address).join(), mail.subject, mail.text].join('\n'),
    )
    .digest('hex')
    .slice(0, 32)}`;

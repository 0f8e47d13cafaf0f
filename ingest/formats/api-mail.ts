import { z } from 'zod';
import { ok, type Outcome, type SplitContext } from '../connector.ts';
import { FactList } from '../fact-list.ts';
import type { Media } from '../records.ts';
import { wordsOf } from './helpdesk.ts';
import { EVENT_OF_ACTION, type DeliveryStatus, type MailHeader } from './mail.ts';
import { addressesOfSender, isAutomatic, isGeneralMailbox } from './mail-signs.ts';
import { ownMailboxSettings, ownTest } from './own-mailbox.ts';

/** What mail APIs (Gmail, Microsoft Graph) share: whose a message is, what it answers, and what becomes of it. */

export const MailSettings = z.strictObject(ownMailboxSettings);
export type MailContext = SplitContext<z.infer<typeof MailSettings>>;

export interface ApiMailbox {
  readonly address: string;
  readonly name?: string | undefined;
}

export interface ApiMail {
  /** The provider's key of the conversation. */
  readonly conversation: string;
  /** Message-ID without brackets: the same mail in several mailboxes is one message. */
  readonly messageId: string;
  readonly subject?: string | undefined;
  readonly from?: ApiMailbox | undefined;
  readonly replyTo?: readonly ApiMailbox[];
  readonly to: readonly ApiMailbox[];
  readonly cc: readonly ApiMailbox[];
  readonly sentAt: Date;
  readonly nativeTime?: string | undefined;
  readonly timePrecision: 'millisecond' | 'second';
  readonly changedAt: Date;
  readonly inReplyTo?: string | undefined;
  /** Known to be ours by the provider (the folder of sent mail). */
  readonly isSent?: boolean;
  /** Known to be written by a machine by more than its headers, which not every answer has. */
  readonly isAutomatic?: boolean;
  readonly header: MailHeader;
  readonly body: { html?: unknown; text?: unknown };
  readonly media: readonly z.infer<typeof Media>[];
  /** Of a report: what became of a mail of ours, and which one. */
  readonly deliveries?: readonly (Partial<DeliveryStatus> & Pick<DeliveryStatus, 'action'>)[];
  readonly returnedMessageId?: string | undefined;
}

/** Programs that tell what became of a mail: nobody says what they write. */
const POSTMASTER = /^(?:mailer-daemon|postmaster|microsoftexchange[\da-f]{32})@/;

/** `<id@host>` and `id@host` are one Message-ID. */
export const bareId = (id: string | undefined): string | undefined => /<([^<>\s]+)>/.exec(id ?? '')?.[1] ?? id?.trim();

export function mapApiMail(mail: ApiMail, context: MailContext): Outcome {
  const facts = new FactList(context, mail.changedAt.getTime());
  const at = mail.sentAt;
  const isOwn = ownTest(context.settings);
  const isReport =
    POSTMASTER.test(mail.from?.address ?? '') || /^\s*multipart\/report\b/i.test(mail.header('content-type') ?? '');
  const isFromUs = mail.from !== undefined && isOwn(mail.from);
  // A form mailer of ours that names somebody else in Reply-To speaks for that person. What goes to somebody outside is
  // ours, also where answers go to a helpdesk's address elsewhere.
  const mayBeForm = mail.to.every(isOwn) || mail.header('x-original-from') !== undefined;
  const behind = isFromUs && !mail.isSent && mayBeForm ? mail.replyTo?.find((mailbox) => !isOwn(mailbox)) : undefined;
  const isOurs = mail.isSent === true || (isFromUs && !behind);
  const others = [...mail.to, ...mail.cc].filter((mailbox) => !isOwn(mailbox));
  const isInternal = isOurs && others.length === 0 && mail.to.length > 0 && mail.to.every(isOwn);
  const author = behind ?? mail.from;
  const isMachine = isReport || mail.isAutomatic === true || isAutomatic(mail.header, isOurs ? 'agent' : 'customer');
  // Neither a machine nor a mailbox that several write from is an agent.
  const agent = isOurs && !isMachine && author && !isGeneralMailbox(author.address) ? author : undefined;
  const agentId = agent && facts.agent({ nativeId: agent.address, name: agent.name });
  const threadId = facts.thread({
    nativeId: mail.conversation,
    channel: 'email',
    startedAt: at,
    subject: mail.subject,
    version: -at.getTime(),
  });
  // All customer handles of a thread are one person's: of several recipients nothing tells who the customer is.
  const answers = (mail.replyTo ?? []).filter((mailbox) => !isOwn(mailbox));
  const theirs = behind ? [behind] : addressesOfSender(mail.from, answers, mail.header);
  const customers = isReport ? [] : !isOurs ? theirs : others.length === 1 ? others : [];
  const [handleId] = customers.flatMap((mailbox) =>
    mailbox && !isOwn(mailbox)
      ? [facts.participant(threadId, 'customer', at, { type: 'email', value: mailbox.address, display: mailbox.name })]
      : [],
  );
  facts.utterance({
    nativeId: mail.messageId,
    threadId,
    occurredAt: at,
    nativeTime: mail.nativeTime,
    isZoneKnown: true,
    agentId,
    timePrecision: mail.timePrecision,
    ...wordsOf(mail.body, true),
    isAutomatic: isMachine,
    role: isReport ? 'system' : isOurs ? 'agent' : 'customer',
    visibility: isInternal ? 'internal' : 'public',
    handleId: isOurs ? undefined : handleId,
    replyToId: mail.inReplyTo ? facts.utteranceId(mail.inReplyTo) : undefined,
    ...(mail.media.length > 0 && { media: [...mail.media] }),
  });
  if (isReport) addDeliveries(facts, mail, threadId);
  return ok(facts.facts);
}

/** One event for each recipient, on the mail that the report is about; a report that names none tells of nothing. */
function addDeliveries(facts: FactList, mail: ApiMail, threadId: string): void {
  const original = mail.returnedMessageId ?? mail.inReplyTo;
  if (!original) return;
  for (const { address, action, status } of mail.deliveries ?? []) {
    const kind = EVENT_OF_ACTION[action];
    const value = [status, address].filter(Boolean).join(' ') || undefined;
    const when = { threadId, occurredAt: mail.sentAt, timePrecision: mail.timePrecision } as const;
    if (kind)
      facts.event({ ...when, kind, utteranceId: facts.utteranceId(original), value, nativeId: address ?? original });
  }
}

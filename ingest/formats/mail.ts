import { createHash } from 'node:crypto';
import type { Address } from 'postal-mime';
import type { z } from 'zod';
import type { Media } from '../records.ts';
import { decodeWords, parseAddresses } from './encoded-words.ts';
import { LINE_END_SPACES, htmlToText, looksLikeHtml } from './html.ts';
import { headerOf, parseMime, textOfPart, type MimePart } from './mime.ts';
import { tableOf } from './value.ts';

export interface Mailbox {
  /** Lower case. */
  readonly address: string;
  readonly name?: string;
}

/** One recipient of a delivery report (RFC 3464) or the sender of a read receipt (RFC 8098). */
export interface DeliveryStatus {
  readonly address: string;
  /** failed, delayed, delivered, relayed, expanded; of a read receipt (RFC 8098) displayed or deleted. */
  readonly action: string;
  /** Enhanced status code, e.g. `5.1.1`. */
  readonly status?: string;
}

/** An e-mail as a reader sees it: who, to whom, about what, which words, with what attached. */
export interface Mail {
  /** By lower-case name, in order, encoded words decoded. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** Of a multipart/report: `delivery-status`, `disposition-notification`, … */
  readonly reportType?: string;
  readonly from: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  /** Who wrote what a group or a list sends in its own name. */
  readonly originalFrom: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly subject?: string;
  readonly messageId?: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly text: string;
  readonly attachments: readonly z.infer<typeof Media>[];
  readonly deliveries: readonly DeliveryStatus[];
  /** The Message-ID of the message that a report or an attached original is about. */
  readonly returnedMessageId?: string;
}

/** The second names are those of reports with addresses that are not in ASCII (RFC 6533). */
const STATUS_TYPE = /^message\/(?:global-)?(?:delivery-status|disposition-notification)$/;

export function readMail(bytes: Uint8Array): Mail {
  const root = parseMime(bytes);
  const isReport = leaves(root).some(({ type }) => STATUS_TYPE.test(type));
  const reportType = root.parameters['report-type']?.toLowerCase();
  const subject = headerOf(root, 'subject');
  const messageId = messageIds(root, 'message-id')[0];
  const returnedMessageId = isReport ? returnedId(root) : undefined;
  return {
    headers: Object.fromEntries([...root.headers].map(([name, values]) => [name, values.map(decodeWords)])),
    ...(reportType && { reportType }),
    from: mailboxes(root, 'from'),
    replyTo: mailboxes(root, 'reply-to'),
    originalFrom: mailboxes(root, 'x-original-from'),
    to: mailboxes(root, 'to'),
    cc: mailboxes(root, 'cc'),
    ...(subject && { subject }),
    ...(messageId && { messageId }),
    inReplyTo: messageIds(root, 'in-reply-to'),
    references: messageIds(root, 'references'),
    text: bodyOf(root).replace(LINE_END_SPACES, '').replace(/^\n+/, '').trimEnd(),
    attachments: leaves(root)
      .filter((part) => isMedia(part, root))
      .map(toMedia),
    deliveries: leaves(root).flatMap(readDeliveries),
    ...(returnedMessageId && { returnedMessageId }),
  };
}

/** Ids without angle brackets, comments and inner space, as two spellings of one id must meet. */
function messageIds(part: MimePart, name: string): string[] {
  const value = (part.headers.get(name) ?? []).join(' ');
  const bracketed = [...value.matchAll(/<([^<>]+)>/g)].map((match) => match[1]!);
  const ids = bracketed.length > 0 ? bracketed : value.split(/\s+/).filter((token) => token.includes('@'));
  return ids.map((id) => id.replace(/\([^)]*\)/g, '').replace(/\s+/g, '')).filter((id) => id !== '');
}

/** The first value of a header, by its name in small letters. */
export type MailHeader = (name: string) => string | undefined;

export const headerIn =
  ({ headers }: Pick<Mail, 'headers'>): MailHeader =>
  (name) =>
    headers[name]?.[0];

/** The mailboxes of all headers of one name, groups opened; entries that are no address are left out. */
function mailboxes(part: MimePart, name: string): Mailbox[] {
  return (part.headers.get(name) ?? []).flatMap((value) => parseAddresses(value).flatMap(openGroup)).filter(isAddress);
}

const openGroup = (entry: Address): Mailbox[] =>
  entry.group
    ? entry.group.flatMap(openGroup)
    : (entry.address ?? '').split(/\s+(?=\S+@)/).map((given) => {
        const address = given.replace(/\s/g, '').toLowerCase();
        return entry.name ? { address, name: entry.name } : { address };
      });

const isAddress = ({ address }: Mailbox): boolean => /^[^\s@<>]+@[^\s@<>]+$/.test(address);

const leaves = (part: MimePart): MimePart[] => (part.parts.length > 0 ? part.parts.flatMap(leaves) : [part]);

const isText = (part: MimePart): boolean =>
  /^text\/(?:plain|html|enriched|richtext)$/.test(part.type) &&
  !part.isAttachment &&
  (!part.fileName || part.type === 'text/plain');

/** The readable text: of alternatives the plainest that says something, of mixed parts all in order. */
function bodyOf(part: MimePart): string {
  if (part.parts.length === 0) return isText(part) ? textFrom(part) : '';
  const texts = part.parts.map(bodyOf).filter((text) => text.trim() !== '');
  if (part.type === 'multipart/alternative') return texts[0] ?? '';
  return (part.type === 'multipart/report' ? texts.slice(0, 1) : texts).join('\n\n');
}

function textFrom(part: MimePart): string {
  const text = textOfPart(part);
  if (part.type === 'text/enriched' || part.type === 'text/richtext') return text.replace(/<[^>]*>/g, '');
  return part.type === 'text/html' || looksLikeHtml(text) ? htmlToText(text) : withoutUuencode(text);
}

const UUENCODED = /^begin [0-7]{3,4} [^\n]+\n[\s\S]*?\n`?\s*\nend[ \t]*$/gm;
const withoutUuencode = (text: string): string => text.replace(UUENCODED, '');

/** The same words once more, for readers that show mail in ways of their own. */
const OTHER_WORDS = /^text\/(?:x-amp-html|watch-html)$/;

const isMedia = (part: MimePart, root: MimePart): boolean =>
  !isText(part) &&
  !OTHER_WORDS.test(part.type) &&
  (part.content.byteLength > 0 || part.fileName !== undefined) &&
  !STATUS_TYPE.test(part.type) &&
  part.type !== 'text/rfc822-headers' &&
  !(root.type === 'multipart/report' && part.type === 'message/rfc822');

const toMedia = (part: MimePart): z.infer<typeof Media> => ({
  mimeType: part.type,
  ...(part.fileName && { name: part.fileName }),
  byteSize: part.content.byteLength,
  sha256: createHash('sha256').update(part.content).digest('hex'),
});

const readDeliveries = (part: MimePart): DeliveryStatus[] =>
  STATUS_TYPE.test(part.type) ? deliveriesIn(textOfPart(part)) : [];

/** What a report says of each recipient, one block of fields for each. */
export function deliveriesIn(report: string): DeliveryStatus[] {
  return report.split(/\n[ \t]*\n/).flatMap((block) => {
    const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(block)?.[1]?.trim();
    const address = (field('Original-Recipient') ?? field('Final-Recipient'))
      ?.replace(/^[\w-]+\s*;\s*/, '')
      .replace(/[<>]/g, '');
    const status = field('Status')?.split(/\s/)[0];
    return address
      ? [
          {
            address: address.toLowerCase(),
            action: actionOf(field('Action'), field('Disposition')),
            ...(status && { status }),
          },
        ]
      : [];
  });
}

/** The event that an action of a report is; others (delayed, relayed) settle nothing. */
export const EVENT_OF_ACTION = tableOf<'failed' | 'delivered' | 'read'>({
  failed: 'failed',
  delivered: 'delivered',
  displayed: 'read',
});

/** `Action: failed`, or the last word of `Disposition: manual-action/MDN-sent-manually; displayed`. */
const actionOf = (action: string | undefined, disposition: string | undefined): string =>
  (action ?? disposition?.split(';').at(-1)?.split('/')[0] ?? 'failed').trim().toLowerCase();

function returnedId(root: MimePart): string | undefined {
  const named = leaves(root).find(({ type }) => STATUS_TYPE.test(type));
  const id = named && /^Original-Message-ID:\s*<([^<>\s]+)>/im.exec(textOfPart(named))?.[1];
  if (id) return id;
  const original = leaves(root).find(({ type }) => type === 'message/rfc822' || type === 'text/rfc822-headers');
  return original && messageIds(parseMime(original.content), 'message-id')[0];
}

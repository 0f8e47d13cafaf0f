import { isUtf8 } from 'node:buffer';
import { bareId, type ApiMail, type ApiMailbox } from '../../formats/api-mail.ts';
import { decodeCharset } from '../../formats/charset.ts';
import { parseAddresses } from '../../formats/encoded-words.ts';
import { htmlToText } from '../../formats/html.ts';
import { deliveriesIn, type MailHeader } from '../../formats/mail.ts';
import { joinedTexts, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/** A message as the provider takes it apart: parts in parts, each with its headers and its body in base64url. */

export function headersOf(payload: Loose): MailHeader {
  const headers = objectsOf(payload.headers);
  return (name) => textOf(headers.find((header) => textOf(header.name)?.toLowerCase() === name)?.value);
}

export const mailboxesOf = (value: string | undefined): ApiMailbox[] =>
  parseAddresses(value ?? '')
    .flatMap((entry) => entry.group ?? [entry])
    .flatMap(({ address, name }) => (address ? [{ address: address.toLowerCase(), name: name || undefined }] : []));

/** The parts that hold something; what an attached message holds is not said in this one. */
export const leaves = (part: Loose): Loose[] =>
  part.mimeType !== 'message/rfc822' && objectsOf(part.parts).length > 0
    ? objectsOf(part.parts).flatMap(leaves)
    : [part];

/**
 * The text of a part. The provider gives it in UTF-8 and leaves the name of the character set that it was sent in; where
 * it is no UTF-8 the name is true, and always for those that are written in ASCII.
 */
function textOfPart(part: Loose): string {
  const bytes = Buffer.from(textOf(objectOf(part.body).data) ?? '', 'base64url');
  const charset = /charset="?([^";]+)/i.exec(headersOf(part)('content-type') ?? '')?.[1];
  return decodeCharset(bytes, isUtf8(bytes) && !/^\s*(iso-2022|hz)/i.test(charset ?? '') ? 'utf-8' : charset);
}

/** The words of a message: of alternatives the plainest that says something, of mixed parts all in order. */
export function wordsIn(part: Loose): string {
  const { mimeType: type } = part;
  const parts = type === 'message/rfc822' ? [] : objectsOf(part.parts);
  if (parts.length > 0) {
    const texts = parts.map(wordsIn).filter((text) => text.trim() !== '');
    const isOne = type === 'multipart/alternative' || type === 'multipart/report';
    return (isOne ? texts.slice(0, 1) : texts).join('\n\n');
  }
  if (textOf(part.filename) || (type !== 'text/plain' && type !== 'text/html')) return '';
  return type === 'text/html' ? htmlToText(textOfPart(part)) : textOfPart(part);
}

const partsOf = (part: Loose): Loose[] => [part, ...objectsOf(part.parts).flatMap(partsOf)];

/**
 * What became of a mail of ours. The provider takes the fields of a report for the headers of parts in it, or leaves them
 * in an attachment; its own reports name who could not be reached in a header, also where it still tries.
 */
export function readReport(payload: Loose, header: MailHeader): Pick<ApiMail, 'deliveries' | 'returnedMessageId'> {
  const parts = partsOf(payload);
  const reports = parts.filter(({ mimeType }) =>
    /^message\/(?:delivery-status|disposition-notification)$/.test(textOf(mimeType) ?? ''),
  );
  const fields = reports
    .flatMap(partsOf)
    .map((part) => `${linesOf(part)}\n${textOfPart(part)}`)
    .join('\n\n');
  const named = deliveriesIn(fields);
  const isFailure = /\b(?:failure|failed|undeliver\w+)\b/i.test(header('subject') ?? '');
  const failed = isFailure ? mailboxesOf(header('x-failed-recipients')) : [];
  const [copy] = objectsOf(parts.find(({ mimeType }) => mimeType === 'message/rfc822')?.parts);
  return {
    deliveries: named.length > 0 ? named : failed.map(({ address }) => ({ address, action: 'failed' })),
    returnedMessageId: bareId(
      /^(?:X-)?Original-Message-ID:\s*(.*)$/im.exec(fields)?.[1] ?? (copy && headersOf(copy)('message-id')),
    ),
  };
}

const linesOf = ({ headers }: Loose): string =>
  joinedTexts(
    '\n',
    objectsOf(headers).map(({ name, value }) => `${textOf(name)}: ${textOf(value)}`),
  ) ?? '';

import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, reject, type Outcome, type Unit } from '../../connector.ts';
import { bareId, mapApiMail, MailSettings, type ApiMail, type MailContext } from '../../formats/api-mail.ts';
import { decodeWords } from '../../formats/encoded-words.ts';
import { recordsIn } from '../../formats/helpdesk.ts';
import { headerIn, readMail } from '../../formats/mail.ts';
import { fromEpochMilliseconds } from '../../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, textsOf, type Loose } from '../../formats/value.ts';
import type { z } from 'zod';
import { headersOf, leaves, mailboxesOf, readReport, wordsIn } from './parts.ts';

/** Messages, threads with their messages, and pages of history; a push names a mailbox and no message. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (isLoose(objectOf(document).error))
    throw new SourceError('invalid document; expected messages, and this is an error of the API');
  for (const item of recordsIn(document, 'messages', 'threads', 'history', 'drafts', 'labels')) {
    const record = objectOf(item);
    if (Array.isArray(record.messagesDeleted))
      for (const { message } of objectsOf(record.messagesDeleted))
        yield { kind: 'event', nativeKind: 'messagesDeleted', native: objectOf(message) };
    else if (Array.isArray(record.messages) && record.payload === undefined)
      for (const message of objectsOf(record.messages)) yield messageUnit(message);
    else if (textOf(record.threadId)) yield messageUnit(record);
    else if (textOf(record.id) && isLoose(record.message))
      yield { kind: 'ignored', nativeKind: 'draft', native: record };
    else if (textOf(record.id) && textOf(record.name)) yield { kind: 'ignored', nativeKind: 'label', native: record };
    else if (isLoose(record.message) && record.subscription !== undefined)
      yield { kind: 'ignored', nativeKind: 'push', native: record };
    else if (!textOf(record.id) && (record.resultSizeEstimate ?? record.historyId) !== undefined)
      yield {
        kind: 'ignored',
        nativeKind: record.historyId === undefined ? 'empty page' : 'history id',
        native: record,
      };
    else if (record.historyId !== undefined && record.snippet !== undefined)
      yield { kind: 'ignored', nativeKind: 'thread without messages', native: record };
    else if (textOf(record.id)) yield { kind: 'unknown', nativeKind: 'record', native: record };
    else throw new SourceError('invalid document; expected Gmail messages, each with id and threadId');
  }
}

const messageUnit = (native: Loose): Unit<Loose> => ({ kind: 'message', nativeKind: 'message', native });

function map({ nativeKind, native: message }: Unit<Loose>, context: MailContext): Outcome {
  if (nativeKind === 'messagesDeleted') return drop('removed from this mailbox; the mail itself was said all the same');
  const [id, threadId, sentAt] = [
    textOf(message.id),
    textOf(message.threadId),
    fromEpochMilliseconds(message.internalDate ?? null),
  ];
  const content = isLoose(message.payload) ? readPayload(message.payload) : readRaw(textOf(message.raw));
  if (!content) return drop('a message without its content, which comes with format=full, raw or metadata');
  if (!id || !threadId || !sentAt) return reject('the message has no id, no threadId or no internalDate');
  const labels = textsOf(message.labelIds);
  if (labels.includes('DRAFT')) return drop('a draft that nobody has sent');
  if (labels.includes('SPAM')) return drop('the provider holds it for spam');
  if (labels.includes('CHAT')) return drop('a message of the provider’s chat, and no mail');
  const { header, body } = content;
  return mapApiMail(
    {
      ...content,
      conversation: threadId,
      messageId: bareId(header('message-id')) ?? `gmail/${id}`,
      sentAt,
      nativeTime: textOf(message.internalDate),
      timePrecision: 'millisecond',
      // Without its parts (format=metadata) only the opening words are there: the whole mail outranks them.
      changedAt: body ? sentAt : new Date(0),
      inReplyTo: bareId(header('in-reply-to')),
      isSent: labels.includes('SENT'),
      body: body ?? { html: textOf(message.snippet)?.replace(/[\u034f\u200b-\u200f]/g, '') },
    },
    context,
  );
}

type Content = Pick<
  ApiMail,
  'subject' | 'from' | 'replyTo' | 'to' | 'cc' | 'media' | 'header' | 'deliveries' | 'returnedMessageId'
> & {
  readonly body?: ApiMail['body'] | undefined;
};

/** The message taken apart by the provider (format=full, or metadata without its words). */
function readPayload(payload: Loose): Content {
  const header = headersOf(payload);
  const parts = leaves(payload);
  const text = textOf(wordsIn(payload));
  return {
    header,
    subject: header('subject') && decodeWords(header('subject')!),
    from: mailboxesOf(header('from'))[0],
    // A group sends what people write to it in its own name.
    replyTo: mailboxesOf(header('x-original-from') ?? header('reply-to')),
    to: mailboxesOf(header('to')),
    cc: mailboxesOf(header('cc')),
    body: text === undefined ? undefined : { text },
    ...readReport(payload, header),
    media: parts.flatMap(({ filename, mimeType, body }) =>
      textOf(filename)
        ? [
            {
              name: textOf(filename),
              mimeType: textOf(mimeType),
              byteSize: numberOf(objectOf(body).size),
              mediaId: textOf(objectOf(body).attachmentId),
            },
          ]
        : [],
    ),
  };
}

/** The message as it was sent (format=raw). */
function readRaw(raw: string | undefined): Content | undefined {
  if (!raw) return undefined;
  const { headers, from, replyTo, originalFrom, text, attachments, ...mail } = readMail(Buffer.from(raw, 'base64url'));
  return {
    ...mail,
    header: headerIn({ headers }),
    from: from[0],
    replyTo: originalFrom.length > 0 ? originalFrom : replyTo,
    body: { text },
    media: attachments,
  };
}

export const gmail = defineConnector<Loose, z.infer<typeof MailSettings>>({
  name: 'gmail',
  title: 'Gmail API',
  version: 1,
  channels: ['email'],
  docs: ['https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages'],
  formats: ['json', 'ndjson'],
  settings: MailSettings,
  trust: { scheme: 'path-secret' },
  pull: {
    address: 'https://gmail.googleapis.com/gmail/v1/users/me',
    auth: {
      kind: 'oauth',
      grant: 'refresh_token',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      client: 'body',
    },
    requestsPerMinute: 600,
    streams: [
      {
        name: 'messages',
        path: '/messages',
        query: { maxResults: '100' },
        rows: 'messages',
        // The list has ids and nothing else; an empty mailbox has no list.
        isIndex: true,
        mayHaveNoRows: true,
        cursor: {
          kind: 'time',
          at: 'detail',
          path: 'internalDate',
          read: 'epoch-milliseconds',
          parameter: 'q',
          template: 'after:{from}',
          write: 'epoch-seconds',
          overlapSeconds: 3600,
        },
        paging: { kind: 'token', path: 'nextPageToken', parameter: 'pageToken' },
        details: [
          { path: '/messages/{id}', query: { format: 'full' }, rows: '', isSingle: true, paging: { kind: 'none' } },
        ],
      },
    ],
  },
  threadKey: 'threadId of the mailbox',
  echoRule: 'the label SENT, or the sender is at one of ownDomains or ownAddresses',
  split,
  map,
});

import type { z } from 'zod';
import { SourceError } from '../../errors.ts';
import { defineConnector, drop, reject, type Outcome, type Unit } from '../connector.ts';
import { bareId, mapApiMail, MailSettings, type ApiMailbox, type MailContext } from '../formats/api-mail.ts';
import { recordsIn } from '../formats/helpdesk.ts';
import { fromIso } from '../formats/time.ts';
import { isLoose, numberOf, objectOf, objectsOf, textOf, type Loose } from '../formats/value.ts';

/** The folder of sent mail, by the name it has in every mailbox. */
const SENT = 'sentitems';

/** A message, or a page of them; a notification names a resource, whose content is pulled, or carries it along. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (isLoose(objectOf(document).error))
    throw new SourceError('invalid document; expected messages, and this is an error of the API');
  for (const item of recordsIn(document, 'value')) {
    const carried = objectOf(objectOf(item).resourceData);
    const native = isMessage(carried) ? carried : objectOf(item);
    if (isLoose(native['@removed'])) yield { kind: 'event', nativeKind: 'removed', native };
    else if (isMessage(native)) yield { kind: 'message', nativeKind: 'message', native };
    else if (textOf(native.subscriptionId)) yield { kind: 'ignored', nativeKind: 'notification', native };
    else if (isFlags(native)) yield { kind: 'ignored', nativeKind: 'flags', native };
    else if (BESIDE.some((field) => native[field] !== undefined))
      yield { kind: 'ignored', nativeKind: 'beside messages', native };
    else if (textOf(native.id))
      yield { kind: 'unknown', nativeKind: textOf(native['@odata.type']) ?? 'record', native };
    else
      throw new SourceError('invalid document; expected messages of Microsoft Graph, each with id and conversationId');
  }
}

/** Either of its ids in the mail system may be missing. */
const isMessage = ({ conversationId, internetMessageId, from, receivedDateTime }: Loose): boolean =>
  textOf(conversationId) !== undefined ||
  textOf(internetMessageId) !== undefined ||
  (isLoose(from) && textOf(receivedDateTime) !== undefined);

/** Marks of folders, subscriptions, users, contacts, categories, rules and attachments. */
const BESIDE = [
  'childFolderCount',
  'notificationUrl',
  'userPrincipalName',
  'emailAddresses',
  'color',
  'conditions',
  'contentBytes',
];

/** A page of changes has a message that was read, flagged or sorted with that alone. */
const isFlags = (record: Loose): boolean =>
  textOf(record.id) !== undefined &&
  (record['@odata.type'] === '#microsoft.graph.message' ||
    ['isRead', 'flag', 'categories', 'inferenceClassification', 'importance'].some(
      (field) => record[field] !== undefined,
    )) &&
  record.start === undefined;

/** Exchange marks its reports that a mail could not be delivered, and answers that mail with them. */
const isUndeliverable = (subject: string | undefined, header: (name: string) => string | undefined): boolean =>
  header('x-ms-exchange-message-is-ndr') !== undefined || /^undeliverable:/i.test(subject ?? '');

/** How Exchange begins the subject of a note of absence, in the language of whoever is away. */
const ABSENCE =
  /^(?:automatic reply|automatische antwort|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|resposta automática|automatiskt svar|自動応答|自动答复)\s*[:：]/i;

function mailboxOf(value: unknown): ApiMailbox[] {
  const { address, name } = objectOf(objectOf(value).emailAddress);
  const given = textOf(address)?.toLowerCase();
  return given ? [{ address: given, name: textOf(name) === given ? undefined : textOf(name) }] : [];
}

const mailboxesOf = (value: unknown): ApiMailbox[] => objectsOf(value).flatMap(mailboxOf);

function map({ kind, native: message }: Unit<Loose>, context: MailContext): Outcome {
  if (kind === 'event') return drop('removed from this mailbox or folder; the mail itself was said all the same');
  if (message.isDraft === true) return drop('a draft that nobody has sent');
  // The year one stands for a time that is not known.
  const given = [message.sentDateTime, message.receivedDateTime].map(textOf).find((time) => fromIso(time));
  const sentAt = fromIso(given);
  if (!sentAt) return reject('the message has neither sentDateTime nor receivedDateTime');
  const messageId = bareId(textOf(message.internetMessageId)) ?? textOf(message.id);
  if (!messageId) return reject('the message has neither internetMessageId nor id');
  const headers = objectsOf(message.internetMessageHeaders);
  const header = (name: string) => textOf(headers.find((one) => textOf(one.name)?.toLowerCase() === name)?.value);
  const body = [message.body, message.uniqueBody].map(objectOf).find((each) => textOf(each.content)) ?? {};
  const content = textOf(body.content);
  const isHtml = textOf(body.contentType)?.toLowerCase() === 'html';
  return mapApiMail(
    {
      conversation: textOf(message.conversationId) ?? messageId,
      messageId,
      subject: textOf(message.subject),
      from: mailboxOf(message.from)[0] ?? mailboxOf(message.sender)[0],
      replyTo: mailboxesOf(message.replyTo),
      to: mailboxesOf(message.toRecipients),
      cc: mailboxesOf(message.ccRecipients),
      sentAt,
      nativeTime: given,
      timePrecision: 'second',
      // A list without bodies has only the opening words: the whole mail outranks them.
      changedAt: content === undefined ? new Date(0) : (fromIso(message.lastModifiedDateTime) ?? sentAt),
      inReplyTo: bareId(header('in-reply-to')),
      // Only pulling tells so; the headers of a webhook are its sender's.
      isSent: context.delivery.via === 'pull' && context.delivery.headers.folder === SENT,
      header,
      isAutomatic: ABSENCE.test(textOf(message.subject) ?? ''),
      deliveries: isUndeliverable(textOf(message.subject), header) ? [{ action: 'failed' }] : [],
      body: content === undefined ? { text: message.bodyPreview } : isHtml ? { html: content } : { text: content },
      media: objectsOf(message.attachments).map((file) => ({
        mediaId: textOf(file.id),
        name: textOf(file.name),
        mimeType: textOf(file.contentType),
        byteSize: numberOf(file.size),
      })),
    },
    context,
  );
}

export const outlookGraph = defineConnector<Loose, z.infer<typeof MailSettings>>({
  name: 'outlook-graph',
  title: 'Outlook by Microsoft Graph',
  version: 1,
  channels: ['email'],
  docs: ['https://learn.microsoft.com/graph/api/resources/message'],
  formats: ['json', 'ndjson'],
  settings: MailSettings,
  trust: {
    scheme: 'one-of',
    schemes: [{ scheme: 'body-secret', path: 'value[].clientState' }, { scheme: 'path-secret' }],
  },
  handshake: { kind: 'echo-parameter', parameter: 'validationToken' },
  seal: { kind: 'notifications' },
  pull: {
    address: 'https://graph.microsoft.com/v1.0/users/<mailbox>',
    auth: {
      kind: 'oauth',
      grant: 'client_credentials',
      client: 'body',
      tokenAddress: 'https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token',
      scope: 'https://graph.microsoft.com/.default',
    },
    headers: { prefer: 'IdType="ImmutableId", odata.maxpagesize=50' },
    requestsPerMinute: 240,
    // Changes and removals, by a link that the last page gives for the next time.
    streams: ['inbox', SENT].map((folder) => ({
      name: folder,
      path: `/mailFolders/${folder}/messages/delta`,
      query: {
        $select:
          'subject,from,sender,toRecipients,ccRecipients,replyTo,sentDateTime,receivedDateTime,lastModifiedDateTime,internetMessageId,internetMessageHeaders,conversationId,isDraft,body',
      },
      rows: 'value',
      // A message does not name its folder.
      context: { folder },
      cursor: { kind: 'address', at: 'page', path: '@odata.deltaLink' },
      paging: { kind: 'next-url', path: '@odata.nextLink' },
    })),
  },
  threadKey: 'conversationId',
  echoRule: 'it stands in the folder of sent mail, or the sender is at one of ownDomains or ownAddresses',
  split,
  map,
});

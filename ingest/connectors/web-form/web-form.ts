import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { defineConnector, drop, ok, reject, type Outcome, type SplitContext, type Unit } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { fullName } from '../../formats/helpdesk.ts';
import { fromIsoAsUtc } from '../../formats/time.ts';
import { isLoose, joinedTexts, numberOf, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { recordId } from '../../record-id.ts';
import { isAdded, isUnnamed, reader, timeOf, usualNames, type Meaning } from './field.ts';
import { serviceSubmission, submissionsIn } from './service.ts';

const Settings = z.strictObject({
  /** The form's own names of fields, e.g. `{ email: "kontakt_email", message: "anliegen" }`. */
  fields: z.partialRecord(z.enum(Object.keys(usualNames) as [Meaning, ...Meaning[]]), z.string()).default({}),
  /** Fields hidden from people: who fills them in is a machine. */
  honeypot: z.array(z.string()).default(['_gotcha', '_honeypot', 'honeypot', 'bot-field']),
});
type Settings = z.infer<typeof Settings>;

/** One post of a form, or what a form service makes of it: fields in an object of their own, alone or in a list. */
function* split(document: unknown): Generator<Unit<Loose>> {
  if (Array.isArray(document)) for (const each of document) yield* split(each);
  else if (!isLoose(document)) throw new SourceError('invalid document; expected the fields of a form');
  else if (submissionsIn(document)) yield* split(submissionsIn(document));
  else if (isLoose(document.payload) && isLoose(document.payload.data)) yield submissionUnit(document.payload);
  else if (isLoose(document.error) || Array.isArray(document.errors) || isBareError(document))
    throw new SourceError('invalid document; expected the fields of a form, and this is an error of its service');
  else if (
    Array.isArray(document.form_webhooks) ||
    Array.isArray(document.forms) ||
    SETTINGS.some((name) => name in document) ||
    isForm(document)
  )
    yield { kind: 'event', nativeKind: 'settings', native: document };
  else yield submissionUnit(document);
}

const isBareError = (document: Loose): boolean =>
  textOf(document.error) !== undefined &&
  Object.keys(document).every((name) => /^(error|status|code|message)$/.test(name));

/** What the record of a form itself has, and no submission. */
const SETTINGS = ['signing_secret', 'notification_emails', 'trigger_when_spam'];
const SAID = ['email', 'phone', 'message', 'comment', 'text', 'payload_params', 'fields', 'data', 'submission'];
const isForm = (document: Loose): boolean =>
  'uuid' in document && 'created_at' in document && !SAID.some((name) => name in document);

function submissionUnit(native: Loose): Unit<Loose> {
  const submission = serviceSubmission(native);
  if (submission) return { kind: 'message', nativeKind: 'submission', native: { ...submission } };
  const inner = [native.payload_params, native.fields, native.data, native.form_data, native.submission].find(isLoose);
  const fields = inner ?? native;
  const isFlat =
    Object.values(fields).some((value) => textOf(value) !== undefined) &&
    !Object.entries(fields).some(
      ([name, value]) => isLoose(value) || (!/^(attachments|files|uploads)$/.test(name) && hasObjects(value)),
    );
  if (!isFlat) return { kind: 'unknown', nativeKind: 'object', native };
  return { kind: 'message', nativeKind: 'submission', native: { outer: inner ? native : {}, fields } };
}

const hasObjects = (value: unknown): boolean => Array.isArray(value) && value.some(isLoose);

const idOf = ({ id, _id, submissionId, submission_id, responseId, lead_id }: Loose): string | undefined =>
  [id, _id, submissionId, submission_id, responseId, lead_id].map(textOf).find(Boolean);

/** When a form service says that it was sent; each has a name of its own for it. */
const outerTime = (outer: Loose): string | undefined =>
  ['created_at', 'created_time', 'submittedAt', 'submissionTime', 'createdAt', 'timestamp', 'd']
    .map((name) => textOf(outer[name]))
    .find(Boolean);

/** A time without a zone is taken to be UTC, and marked so; a plain date and hour may be those somebody asks for. */
function sentAt(time: string | undefined) {
  const stated = timeOf(time);
  const guessed = stated ? undefined : fromIsoAsUtc(time);
  return { at: stated ?? guessed, isZoneKnown: guessed === undefined };
}

const mediaOf = ({ attachments }: Loose) =>
  objectsOf(attachments).map((file) => ({
    mediaId: textOf(file.id),
    name: textOf(file.name),
    mimeType: textOf(file.content_type),
    byteSize: numberOf(file.file_size),
  }));

/** Fields of no known meaning are part of what the customer says, each under its name. */
function otherWords(fields: Loose, used: ReadonlySet<string>): string[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const text = Array.isArray(value) ? joinedTexts(', ', value) : textOf(value);
    if (used.has(key) || !text || isAdded(key, fields)) return [];
    return isUnnamed(key) ? [text] : [`${key}: ${text}`];
  });
}

function spamReason(outer: Loose, fields: Loose, { honeypot }: Settings): string | undefined {
  if (outer.spam === true || outer.trash === true)
    return `spam: ${textOf(outer.spam_reason) ?? 'so the form service says'}`;
  if (outer.is_test === true) return 'a lead that was sent to try the form is of no customer';
  return honeypot.some((name) => textOf(fields[name]))
    ? 'spam: a field that people cannot see is filled in'
    : undefined;
}

/**
 * A submission is one contact. Where it has no id, its content is one: a form that is sent twice by a double click is
 * one submission.
 */
function map({ nativeKind, native }: Unit<Loose>, context: SplitContext<Settings>): Outcome {
  if (nativeKind === 'settings') return drop('settings of forms are nothing that a customer says');
  const [outer, fields] = [objectOf(native.outer), objectOf(native.fields)];
  const spam = spamReason(outer, fields, context.settings);
  if (spam) return drop(spam);
  const { read, used } = reader(fields, context.settings.fields);
  const [email, phone, fullyNamed, customer, subject, message] = (
    ['email', 'phone', 'name', 'customer', 'subject', 'message'] as const
  ).map(read);
  const inParts = fullName(read('firstName'), read('lastName'));
  const [ownId, ownTime, form] = [read('id'), read('time'), read('form')];
  const text = [message, ...otherWords(fields, used)].filter(Boolean).join('\n');
  if (!text && !subject && !email && !phone)
    return reject('a submission without words and without an address; name its fields in the settings');
  // What has a time of its own as well is a record of the service; a field named `id` alone may be the form's.
  const recordNumber = ownTime && textOf(fields.id);
  const nativeId = idOf(outer) ?? ownId ?? recordNumber ?? recordId('form', context.source, JSON.stringify(fields));
  const { at: statedAt, isZoneKnown } = sentAt(outerTime(outer) ?? textOf(fields._date) ?? ownTime);
  const at = statedAt ?? context.delivery.receivedAt;
  const account = textOf(outer.form_id) ?? textOf(outer.formId) ?? form;
  const facts = new FactList(context, timeOf(textOf(outer.updated_at))?.getTime() ?? statedAt?.getTime() ?? 0);
  const title = subject ?? textOf(objectOf(outer.form).name);
  const threadId = facts.thread({
    nativeId,
    channel: 'form',
    direction: 'inbound',
    startedAt: at,
    ...(title && { subject: title }),
    ...(account && { account }),
  });
  const display = fullyNamed ?? inParts;
  const handles = [
    { type: 'email', value: email ?? textOf(outer.email) ?? textOf(outer.respondentEmail), display },
    { type: 'phone', value: phone, display },
    { type: 'crm_id', value: customer, display },
  ] as const;
  const [handleId] = handles.map((handle) => facts.participant(threadId, 'customer', at, handle)).filter(Boolean);
  const media = mediaOf(outer);
  facts.utterance({
    threadId,
    nativeId,
    role: 'customer',
    occurredAt: at,
    timePrecision: statedAt ? 'millisecond' : 'receipt',
    isZoneKnown,
    ...(text ? { text } : title && { text: title }),
    ...(handleId && { handleId }),
    ...(media.length > 0 && { media }),
  });
  return ok(facts.facts);
}

export const webForm = defineConnector<Loose, Settings>({
  name: 'web-form',
  title: 'Web forms',
  version: 1,
  channels: ['form'],
  docs: ['https://docs.usebasin.com/'],
  formats: ['form', 'json', 'ndjson', 'csv'],
  settings: Settings,
  trust: { scheme: 'path-secret' },
  threadKey: 'id of the submission, else its content',
  isCatchAll: true,
  split,
  map,
});

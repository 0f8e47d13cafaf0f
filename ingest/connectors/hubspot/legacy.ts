import { fromEpochMilliseconds } from '../../formats/time.ts';
import { isLoose, joinedTexts, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

/** What versions 1 and 2 of the API and the webhooks of workflows still send, in the shape of version 3. */

const iso = (value: unknown): string | undefined => fromEpochMilliseconds(value ?? null)?.toISOString();

/** The properties of each kind of engagement; of others none is a conversation. */
const PROPERTIES = tableOf<(metadata: Loose) => Loose>({
  CALL: (call) => ({
    hs_call_title: call.title,
    hs_call_body: call.body,
    hs_call_status: call.status,
    hs_call_duration: call.durationMilliseconds,
    hs_call_from_number: call.fromNumber,
    hs_call_to_number: call.toNumber,
    hs_call_recording_url: call.recordingUrl,
  }),
  EMAIL: (mail) => emailOf(mail, 'EMAIL'),
  INCOMING_EMAIL: (mail) => emailOf(mail, 'INCOMING_EMAIL'),
  FORWARDED_EMAIL: (mail) => emailOf(mail, 'FORWARDED_EMAIL'),
  NOTE: ({ body }) => ({ hs_note_body: body }),
  TASK: ({ body }) => ({ hs_task_body: body }),
  MEETING: ({ title }) => ({ hs_meeting_title: title }),
});

const emailOf = (mail: Loose, direction: string): Loose => ({
  hs_email_direction: direction,
  hs_email_status: mail.status,
  hs_email_subject: mail.subject,
  hs_email_text: mail.text,
  hs_email_html: mail.html,
  hs_email_thread_id: mail.threadId,
  hs_email_from_email: objectOf(mail.from).email,
  hs_email_to_email: joinedTexts(
    ';',
    objectsOf(mail.to).map(({ email }) => email),
  ),
});

function fromEngagement(engagement: Loose, metadata: Loose): Loose {
  const given = PROPERTIES[textOf(engagement.type) ?? '']?.(metadata);
  const owner = { hubspot_owner_id: textOf(engagement.ownerId), hs_timestamp: iso(engagement.timestamp) };
  return {
    id: engagement.id,
    createdAt: iso(engagement.createdAt),
    updatedAt: iso(engagement.lastUpdated),
    properties: given && { ...given, ...owner },
  };
}

/** Properties that are times: epoch milliseconds as text here. */
const TIMES = ['createdate', 'closed_date', 'lastmodifieddate', 'hs_lastmodifieddate', 'hs_createdate'];

/** The values of a record stand one level deeper, beside those they had earlier. */
function fromRecord(record: Loose, id: unknown): Loose {
  const values = Object.entries(objectOf(record.properties)).map(([name, each]) => [name, objectOf(each).value]);
  const given: Loose = Object.fromEntries(values);
  const times = TIMES.flatMap((name) => (given[name] === undefined ? [] : [[name, iso(given[name]) ?? given[name]]]));
  const properties: Loose = { ...given, ...Object.fromEntries(times) };
  return {
    id,
    createdAt: properties.createdate,
    updatedAt: properties.lastmodifieddate ?? properties.hs_lastmodifieddate,
    ...(record.isDeleted === true && { archived: true }),
    properties,
  };
}

const fromOwner = ({ ownerId, activeUserId, userIdIncludingInactive, ...owner }: Loose): Loose => ({
  ...owner,
  id: ownerId,
  userId: activeUserId ?? userIdIncludingInactive ?? null,
  updatedAt: iso(owner.updatedAt),
});

export function fromLegacy(record: Loose): Loose {
  if (isLoose(record.engagement)) return fromEngagement(record.engagement, objectOf(record.metadata));
  if (textOf(record.id)) return record;
  if (textOf(record.ownerId)) return fromOwner(record);
  const id = record['canonical-vid'] ?? record.vid ?? record.companyId ?? record.dealId ?? record.objectId;
  return textOf(id) && isLoose(record.properties) ? fromRecord(record, id) : record;
}

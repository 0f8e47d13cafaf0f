import { fromEpochMilliseconds } from '../../formats/time.ts';
import { isLoose, joinedTexts, objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

/** What version 1 of the API and the webhooks of workflows still send, in the shape of version 3. */

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

/** The values of a contact stand one level deeper, beside those they had earlier. */
function fromContact(contact: Loose): Loose {
  const values = Object.entries(objectOf(contact.properties)).map(([name, each]) => [name, objectOf(each).value]);
  const properties: Loose = Object.fromEntries(values);
  return {
    id: contact['canonical-vid'] ?? contact.vid,
    createdAt: iso(properties.createdate),
    updatedAt: iso(properties.lastmodifieddate),
    properties: { ...properties, createdate: iso(properties.createdate), lastmodifieddate: undefined },
  };
}

export function fromLegacy(record: Loose): Loose {
  if (isLoose(record.engagement)) return fromEngagement(record.engagement, objectOf(record.metadata));
  return textOf(record.vid) && isLoose(record.properties) ? fromContact(record) : record;
}

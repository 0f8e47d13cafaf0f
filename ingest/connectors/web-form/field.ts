import { plainName } from '../../formats/column-names.ts';
import { isAddress, textOf, type Loose } from '../../formats/value.ts';
import { fromEpoch, fromIso } from '../../formats/time.ts';

/** What a field of a form can mean, and the names it often has; the settings name any other. */
export const usualNames = {
  id: ['submission_id', 'submissionid', 'idempotency_key', 'entry_id', 'unique_id', 'uniqueid'],
  time: ['submitted_at', 'created_at', 'submittedat', 'createdat', 'timestamp', 'entry_date', 'date'],
  email: ['email', 'e-mail', 'email_address', 'your-email', 'mail', 'e_mail_address', 'your_email_address', '_replyto'],
  phone: ['phone', 'tel', 'telephone', 'phone_number', 'mobile'],
  name: ['name', 'full_name', 'your-name', 'fullname'],
  firstName: ['first_name', 'firstname', 'given_name', 'your-first-name', 'name_(first)'],
  lastName: ['last_name', 'lastname', 'surname', 'family_name', 'your-last-name', 'name_(last)'],
  subject: ['subject', 'topic', 'reason', 'your-subject', '_subject', 'betreff', 'asunto', 'sujet'],
  message: [
    'message',
    'your-message',
    'comment',
    'comments',
    'question',
    'inquiry',
    'enquiry',
    'how_can_we_help',
    'how_can_we_help_you',
    'nachricht',
    'mensaje',
    'description',
    'body',
    'content',
    'textarea',
    'text',
  ],
  customer: ['customer_id', 'customerid', 'user_id'],
  form: ['form', 'form_name', 'form_id'],
} as const;
export type Meaning = keyof typeof usualNames;

/** What a form service adds to the fields; nobody says it. */
const ADDED =
  /captcha|token|csrf|turnstile|^(id|uuid|ip|ip_address|remote_ip|user_ip|user_agent|referrer|referer|page_url|source_url|powered_by|form_id|form_name|form_title|bot_field|submit|access_key|botcheck|utm_\w+|gclid|fbclid|field_structure|form_structure|handshake_key|created_by|entry_id)$/i;

/** Of Elementor the day and the hour stand beside what else it adds. */
const isStamped = (fields: Loose): boolean => 'Remote IP' in fields && 'Page URL' in fields;

/** A box that must be ticked before the form can be sent. */
const isTicked = (key: string, value: unknown): boolean =>
  /^(consent|gdpr|privacy|terms|accept|agree)/.test(plain(key)) &&
  /^(on|true|1|yes|accepted)$/i.test(textOf(value) ?? '');

export const isAdded = (key: string, fields: Loose): boolean =>
  key.startsWith('_') ||
  isTicked(key, fields[key]) ||
  ADDED.test(plain(key)) ||
  (isStamped(fields) && /^(Date|Time)$/.test(key));

/** Fields that have a number for a name: what was asked is not told. */
export const isUnnamed = (key: string): boolean => /^\d+(\.\d+)?$/.test(key);

/** Some names stand in brackets after the name of their form, some end as questions and what must be filled in do. */
const plain = (name: string): string => plainName(name.replace(/^\w+\[(\w+)\]$/, '$1').replace(/[\s*:?]+$/, ''));

/** The value of a meaning: the field the settings name, or else one with a usual name. */
export function reader(fields: Loose, own: Readonly<Partial<Record<Meaning, string>>>) {
  const used = new Set<string>();
  const keys = Object.keys(fields);
  // Forms of WordPress number their fields: `email-123`.
  const byName = new Map([
    ...keys.map((key) => [plain(key).replace(/_\d+$/, ''), key] as const).toReversed(),
    ...keys.map((key) => [plain(key), key] as const),
  ]);
  const read = (meaning: Meaning): string | undefined => {
    const names =
      own[meaning] === undefined ? usualNames[meaning].map((name) => byName.get(plain(name))) : [own[meaning]];
    const named = names.find((name) => name !== undefined && textOf(fields[name]) !== undefined && !isDay(name));
    const key = named ?? (meaning === 'email' && own.email === undefined ? soleAddress(fields) : undefined);
    if (key === undefined) return undefined;
    used.add(key);
    return textOf(fields[key]);
  };
  // The day somebody asks for is no time of sending, and part of what they say.
  const isDay = (key: string): boolean => plain(key) === 'date' && timeOf(textOf(fields[key])) === undefined;
  return { read, used };
}

/** The only field that has an address and says so, or has no name at all. */
function soleAddress(fields: Loose): string | undefined {
  const keys = Object.keys(fields).filter((key) => (isUnnamed(key) || /mail/i.test(key)) && isAddress(fields[key]));
  return keys.length === 1 ? keys[0] : undefined;
}

export const timeOf = (value: string | undefined): Date | undefined =>
  fromIso(value) ?? (value && /^\d{10,13}$/.test(value) ? fromEpoch(value) : undefined);

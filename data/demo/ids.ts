import type { Contact } from './contact.ts';
import { Random } from './random.ts';

/** The native ids of a contact, the same wherever another source (a survey, a callback) refers to it. */
const stream = (contact: Contact, kind: string): Random => new Random(`${kind}/${contact.key}/${contact.case.order}`);

export const connectContactId = (contact: Contact, leg = 1): string => stream(contact, `connect${leg}`).uuid();
export const callSid = (contact: Contact, leg = 1): string => `CA${stream(contact, `call${leg}`).hex(32)}`;
export const ticketId = (contact: Contact): number => 48_000 + contact.index;
export const chatId = (contact: Contact): number => 3000 + contact.index;
export const mailId = (contact: Contact, position: number, domain: string): string =>
  `${stream(contact, `mail${position}`).hex(20)}@${domain}`;
export const messageSid = (contact: Contact, position: number): string =>
  `SM${new Random(`sms/${contact.key}/${position}`).hex(32)}`;
export const whatsappId = ({ key }: Contact, position: number, kind = ''): string =>
  `wamid.HBgL${Buffer.from(`${key}/${position}${kind}`).toString('base64url').toUpperCase()}${new Random(`${key}${position}${kind}`).hex(12).toUpperCase()}`;
/** Zoom names a recording after its start. */
export const recordingName = ({ at }: Contact): string =>
  `GMT${at.toISOString().replaceAll(/[-:]/g, '').slice(0, 15).replace('T', '-')}_Recording.transcript.vtt`;
export const statusId = (contact: Contact, position: number): string =>
  `11${String(contact.at.getTime() + position).padStart(13, '0')}${stream(contact, 'status').digits(3)}`;

/** The thread that a survey about this contact refers to. */
export function threadOf(contact: Contact): string | undefined {
  if (contact.channel === 'voice') return connectContactId(contact, contact.transferTo ? 2 : 1);
  if (contact.channel === 'ticket') return String(ticketId(contact));
  if (contact.channel === 'chat') return String(chatId(contact));
  return undefined;
}

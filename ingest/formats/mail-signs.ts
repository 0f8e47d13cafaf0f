import type { RoleName } from '../records.ts';
import type { Mail, MailHeader } from './mail.ts';

/** Tickets named in the subject (`[#4711]`, `[Case 00012]`, `ref:_abc:ref`) or in an address (`support+id4711@…`). */
export function ticketTokens(mail: Mail): string[] {
  const subject = mail.subject ?? '';
  const addresses = [...mail.to, ...mail.cc, ...mail.replyTo].map(({ address }) => address).join(' ');
  const found = [
    ...subject.matchAll(/\[[\p{L} ]{0,20}#\s?([\w-]*\d[\w-]+)\]/gu),
    ...subject.matchAll(
      /[[(](?:ticket|case|request|incident|vorgang|anfrage|demande|caso)[ :#]*([\w-]*\d{3,}[\w-]*)[\])]/giu,
    ),
    ...subject.matchAll(/##-?\s?(\d{2,})\s?-?##/g),
    ...subject.matchAll(/\bref:([\w.!]{6,}):ref\b/g),
    ...addresses.matchAll(/\+(?:id|ticket|case)?-?(\d{3,})@/g),
  ];
  return [...new Set(found.map((match) => match[1]!.toLowerCase()))];
}

/** Written by a machine on its own (RFC 3834), an out-of-office note, a mailing. */
export function isAutomatic(header: MailHeader, role?: RoleName): boolean {
  const said = (name: string): string => header(name)?.trim().toLowerCase() ?? '';
  return (
    !['', 'no'].includes(said('auto-submitted').split(/[\s;(]/)[0]!) ||
    ['x-autoreply', 'x-autorespond', 'x-auto-reply'].some((name) => !['', 'no'].includes(said(name))) ||
    isMailing(said) ||
    // What mail systems tell each other of the mail in our name (DMARC).
    /^report domain:.*\bsubmitter:/.test(said('subject')) ||
    // Helpdesks put this header on what their agents write, too.
    (role !== 'agent' && /\b(?:all|oof|autoreply|dr)\b/.test(said('x-auto-response-suppress')))
  );
}

function isMailing(said: (name: string) => string): boolean {
  const precedence = said('precedence');
  // A group that several read mail in marks what people write to it as a list does.
  if (said('x-google-group-id') && ['', 'list'].includes(precedence)) return false;
  return (
    /bulk|junk|list|auto[_-]?reply/.test(precedence) ||
    ['list-unsubscribe', 'list-id'].some((name) => said(name) !== '')
  );
}

const generalNames =
  /^(?:no-?reply|do-?not-?reply|info|support|service|customer-?(?:service|care|support)|care|help|help-?desk|service-?desk|contact|hello|hi|sales|office|admin|billing|accounts?|orders?|returns?|team|reception|feedback|notifications?|newsletter)$/;

const nameOf = (address: string): string => address.split('@')[0]!.split('+')[0]!.replaceAll(/[._]/g, '-');

/** A mailbox of a function and not of a person, e.g. `help@example.com`: who wrote from it is not known. */
export const isGeneralMailbox = (address: string): boolean => generalNames.test(nameOf(address));

/** Programs that send what somebody else has written: form mailers and the like. */
const senderNames = /no-?reply|do-?not-?reply|^(?:wordpress|mailer|(?:web-?)?forms?|form-?submissions?)$/;

/**
 * Who speaks in a mail from outside, with every address of theirs that it shows, the one to know them by first. `answers`
 * are those in Reply-To, or in X-Original-From. A form service is nobody: who filled in the form is meant, and alone, or
 * everybody who uses the service would be one person. So would be all writers of a list whose answers go to the list, and
 * all colleagues whose answers go to one mailbox.
 */
export function addressesOfSender<M extends { readonly address: string }>(
  sender: M | undefined,
  answers: readonly M[],
  header: MailHeader,
): M[] {
  const own = sender ? [sender] : [];
  const [answer] = answers.length === 1 ? answers : [];
  if (!answer || !sender) return own;
  if (header('x-original-from') !== undefined) return [answer];
  if (header('list-id') !== undefined || /\blist\b/i.test(header('precedence') ?? '')) return own;
  if (isGeneralMailbox(sender.address) || senderNames.test(nameOf(sender.address))) return [answer];
  return isGeneralMailbox(answer.address) ? own : [sender, answer];
}

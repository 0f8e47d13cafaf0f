import { addSeconds, local } from '../calendar.ts';
import { company } from '../company.ts';
import { byWeek, rfc2822, timed, type Conversation, type Scene, type TimedTurn } from '../conversation-list.ts';
import type { DemoFile } from '../demo-file.ts';
import { mailId } from '../ids.ts';
import { fill, phrases } from '../phrase-bank.ts';
import { Random } from '../random.ts';
import { noiseMails } from './mail-noise.ts';

export interface Mail {
  readonly at: Date;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** The mailbox of the service: threads with quotes, receipts by machine, and what does not belong there. */
export function emailFiles(conversations: readonly Conversation[], scene: Scene): DemoFile[] {
  const mails = [
    ...conversations.flatMap((conversation) => thread(conversation, scene)),
    ...noiseMails(conversations, scene),
  ];
  return byWeek(mails, ({ at }) => at, scene).map(([week, own]) => ({
    source: 'email',
    name: `help-${week}.mbox`,
    format: 'mbox',
    body: own
      .sort((left, right) => left.at.getTime() - right.at.getTime())
      .map(toMbox)
      .join(''),
  }));
}

const encode = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

/** One message in mboxrd: lines that begin like a separator get a mark. */
function toMbox({ at, headers, body }: Mail): string {
  const head = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  const text = `${head}\n\n${body}`.replace(/^(>*From )/gm, '>$1');
  return `From MAILER ${at.toUTCString().slice(0, 25).replace(/,|GMT/g, '').trim()}\n${text}\n\n`;
}

const plainText = [
  ['MIME-Version', '1.0'],
  ['Content-Type', 'text/plain; charset=utf-8'],
  ['Content-Transfer-Encoding', '8bit'],
] as const;

function subjectOf({ contact, turns }: Conversation): string {
  const foreign = { en: 'Question', es: 'Consulta', de: 'Anfrage', fr: 'Question' }[contact.language];
  return turns[0]?.subject ?? `${foreign} ${contact.case.order}`;
}

function thread(conversation: Conversation, scene: Scene): Mail[] {
  const { contact } = conversation;
  const customerDomain = contact.customer.email.split('@')[1]!;
  const idOf = (turn: TimedTurn) =>
    mailId(contact, turn.position, turn.role === 'customer' ? customerDomain : company.domain);
  const subject = subjectOf(conversation);
  const turns = timed(conversation, scene);
  const mails = turns.map((turn, index) => mailOf(conversation, turns.slice(0, index), turn, subject, idOf));
  const random = new Random(`receipt/${contact.key}`);
  return random.chance(0.6) && mails[0]
    ? [mails[0], receipt(conversation, subject, mails[0], random), ...mails.slice(1)]
    : mails;
}

function mailOf(
  { contact }: Conversation,
  before: readonly TimedTurn[],
  turn: TimedTurn,
  subject: string,
  idOf: (turn: TimedTurn) => string,
): Mail {
  const last = before.at(-1);
  const customer = `${encode(contact.customer.name)} <${contact.customer.email}>`;
  const isInbound = turn.role === 'customer';
  const us = isInbound ? `Bramwick Help <${company.mailbox}>` : `${turn.agent!.name} <${turn.agent!.email}>`;
  return {
    at: turn.at,
    headers: [
      ['Message-ID', `<${idOf(turn)}>`],
      ['Date', rfc2822(turn.at)],
      ['From', isInbound ? customer : us],
      ['To', isInbound ? us : customer],
      ...(isInbound ? [] : [['Reply-To', company.mailbox] as const]),
      ['Subject', encode(last ? `Re: ${subject}` : subject)],
      ...(last
        ? [
            ['In-Reply-To', `<${idOf(last)}>`] as const,
            ['References', before.map((each) => `<${idOf(each)}>`).join(' ')] as const,
          ]
        : []),
      ...plainText,
    ],
    body: turn.text + (last ? quote(last, contact.customer.name, contact.customer.email) : ''),
  };
}

function quote(last: TimedTurn, name: string, address: string): string {
  const [who, mail] = last.role === 'customer' ? [name, address] : [last.agent!.name, last.agent!.email];
  const when = local(last.at).toFormat("ccc, LLL d, yyyy 'at' h:mm a");
  return `\n\nOn ${when}, ${who} <${mail}> wrote:\n\n${last.text.replace(/^/gm, '> ')}\n`;
}

/** The machine's "we have got your mail": kept, and no answer. */
function receipt({ contact }: Conversation, subject: string, first: Mail, random: Random): Mail {
  const at = addSeconds(first.at, random.integer(3, 40));
  const [, firstId] = first.headers[0]!;
  return {
    at,
    headers: [
      ['Message-ID', `<${random.hex(20)}@${company.domain}>`],
      ['Date', rfc2822(at)],
      ['From', `Bramwick Help <${company.mailbox}>`],
      ['To', `${encode(contact.customer.name)} <${contact.customer.email}>`],
      ['Subject', encode(`Re: ${subject}`)],
      ['In-Reply-To', firstId],
      ['References', firstId],
      ['Auto-Submitted', 'auto-replied'],
      ['X-Auto-Response-Suppress', 'All'],
      ...plainText,
    ],
    body: fill(phrases('receipt', 'body')[0]!, { ticket: contact.case.ticket }, random),
  };
}

import { addSeconds } from '../calendar.ts';
import { company } from '../company.ts';
import { rfc2822, type Conversation, type Scene } from '../conversation-list.ts';
import { mailId } from '../ids.ts';
import { fill, phrases } from '../phrase-bank.ts';
import { mailNoisePerWeek } from '../truths.ts';
import type { Mail } from './email.ts';

const plainText = [
  ['MIME-Version', '1.0'],
  ['Content-Type', 'text/plain; charset=utf-8'],
] as const;

/** Mail that is no contact: advertising, answering machines, returned mail. It carries the headers that say so. */
export function noiseMails(conversations: readonly Conversation[], scene: Scene): Mail[] {
  const { span } = scene;
  const mails: Mail[] = [];
  for (let week = 0; week < span.weeks; week += 1) {
    const moment = () => {
      const seconds = scene.random.integer(week * 604_800, (week + 1) * 604_800 - 3600);
      return addSeconds(span.startsAt, seconds);
    };
    const times = (count: number) => Array.from({ length: Math.max(1, Math.round(count * span.scale)) }, moment);
    mails.push(
      ...times(mailNoisePerWeek.spam).map((at) => spam(at, scene)),
      ...times(mailNoisePerWeek.autoReply).map((at) => autoReply(at, conversations, scene)),
      ...times(mailNoisePerWeek.bounce).flatMap((at) => bounce(at, conversations, scene)),
    );
  }
  return mails.filter(({ at }) => at < span.endsAt);
}

function spam(at: Date, { random }: Scene): Mail {
  const sender = `${random.pick(['sales', 'office', 'seo', 'billing', 'marketing'])}${random.digits(2)}@promo${random.digits(2)}.example`;
  return {
    at,
    headers: [
      ['Message-ID', `<${random.hex(16)}@${sender.split('@')[1]}>`],
      ['Date', rfc2822(at)],
      ['From', `${random.pick(['Growth Team', 'Kevin from Reach', 'Account Department', 'Lily Wang'])} <${sender}>`],
      ['To', company.mailbox],
      ['Subject', random.pick(phrases('spam', 'subject'))],
      ['Precedence', 'bulk'],
      ['List-Unsubscribe', `<mailto:unsubscribe@${sender.split('@')[1]}>`],
      ['X-Spam-Flag', 'YES'],
      ['X-Spam-Score', '9.3'],
      ...plainText,
    ],
    body: random.pick(phrases('spam', 'body')),
  };
}

/** The answering machine of somebody to whom an agent has written. */
function autoReply(at: Date, conversations: readonly Conversation[], { random }: Scene): Mail {
  const { contact } = random.pick(conversations);
  const subject = `order ${contact.case.order}`;
  return {
    at,
    headers: [
      ['Message-ID', `<${random.hex(20)}@${contact.customer.email.split('@')[1]}>`],
      ['Date', rfc2822(at)],
      ['From', `${contact.customer.name} <${contact.customer.email}>`],
      ['To', company.mailbox],
      ['Subject', fill(random.pick(phrases('auto_reply', 'subject')), { subject }, random)],
      ['Auto-Submitted', 'auto-replied'],
      ['X-Autoreply', 'yes'],
      ...plainText,
    ],
    body: fill(random.pick(phrases('auto_reply', 'body')), { next_day: 'Monday' }, random),
  };
}

/** An answer of ours that came back: a report after RFC 3464, with the head of the returned mail. */
function bounce(at: Date, conversations: readonly Conversation[], { random }: Scene): Mail[] {
  const answered = conversations.filter(
    ({ contact, turns }) => turns[1]?.role === 'agent' && contact.at < addSeconds(at, -172_800),
  );
  if (answered.length === 0) return [];
  const { contact, turns } = random.pick(answered);
  const boundary = `report-${random.hex(12)}`;
  const original = mailId(contact, 1, company.domain);
  return [
    {
      at,
      headers: [
        ['Message-ID', `<${random.hex(20)}@mx.${company.domain}>`],
        ['Date', rfc2822(at)],
        ['From', `Mail Delivery System <MAILER-DAEMON@mx.${company.domain}>`],
        ['To', turns[1]!.agent!.email],
        ['Subject', 'Undelivered Mail Returned to Sender'],
        ['Auto-Submitted', 'auto-replied'],
        ['MIME-Version', '1.0'],
        ['Content-Type', `multipart/report; report-type=delivery-status; boundary="${boundary}"`],
      ],
      body: [
        `--${boundary}\nContent-Type: text/plain; charset=us-ascii\n\nYour message could not be delivered to ${contact.customer.email}: mailbox full.`,
        `--${boundary}\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.${company.domain}\n\nFinal-Recipient: rfc822; ${contact.customer.email}\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full`,
        `--${boundary}\nContent-Type: text/rfc822-headers\n\nMessage-ID: <${original}>\nFrom: ${turns[1]!.agent!.email}\nTo: ${contact.customer.email}`,
        `--${boundary}--`,
      ].join('\n\n'),
    },
  ];
}

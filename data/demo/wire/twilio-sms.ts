import { addSeconds } from '../calendar.ts';
import { byWeek, rfc2822, timed, type Conversation, type Scene, type TimedTurn } from '../conversation-list.ts';
import type { DemoFile } from '../demo-file.ts';
import { messageSid } from '../ids.ts';
import { Random } from '../random.ts';

const account = `AC${'b7'.repeat(16)}`;
const root = `/2010-04-01/Accounts/${account}/Messages`;
export const textLine = '+18005550190';

/** Text messages as the message list pages of the REST API: both directions, with their last status. */
export function twilioSmsFiles(conversations: readonly Conversation[], scene: Scene): DemoFile[] {
  const messages = conversations.flatMap((conversation) => [
    ...timed(conversation, scene).map((turn) => message(conversation, turn)),
    ...notice(conversation, scene),
  ]);
  return byWeek(messages, ({ at }) => at, scene).map(([week, own]) => ({
    source: 'twilio-sms',
    name: `messages-${week}.json`,
    format: 'json',
    body: JSON.stringify({
      first_page_uri: `${root}.json?PageSize=1000&Page=0`,
      end: own.length - 1,
      previous_page_uri: null,
      messages: own.map(({ resource }) => resource),
      uri: `${root}.json?PageSize=1000&Page=0`,
      page_size: 1000,
      start: 0,
      next_page_uri: null,
      page: 0,
    }),
  }));
}

function message({ contact }: Conversation, turn: TimedTurn) {
  const isInbound = turn.role === 'customer';
  const sid = messageSid(contact, turn.position);
  return {
    at: turn.at,
    resource: resourceOf(sid, contact.customer.phone, turn, isInbound ? 'inbound' : 'outbound-api'),
  };
}

/** Now and then a machine has told the customer about the delivery the day before. */
function notice({ contact }: Conversation, { span }: Scene) {
  const random = new Random(`notice/${contact.key}`);
  const at = addSeconds(contact.at, -random.integer(18_000, 70_000));
  if (!random.chance(0.2) || at < span.startsAt) return [];
  const text = `Bramwick: order ${contact.case.order} is on its way with ${contact.case.carrier}. Reply STOP to opt out.`;
  return [{ at, resource: resourceOf(`SM${random.hex(32)}`, contact.customer.phone, { at, text }, 'outbound-reply') }];
}

function resourceOf(sid: string, phone: string, { at, text }: { at: Date; text: string }, direction: string): object {
  const isInbound = direction === 'inbound';
  const isLost = !isInbound && new Random(`lost/${sid}`).chance(0.015);
  const sent = rfc2822(addSeconds(at, 1));
  return {
    body: text,
    num_segments: String(Math.ceil(text.length / 153)),
    direction,
    from: isInbound ? phone : textLine,
    to: isInbound ? textLine : phone,
    date_updated: rfc2822(addSeconds(at, 4)),
    price: isInbound ? '-0.00790' : '-0.00830',
    error_message: isLost ? 'Unreachable destination handset' : null,
    uri: `${root}/${sid}.json`,
    account_sid: account,
    num_media: '0',
    status: isInbound ? 'received' : isLost ? 'undelivered' : 'delivered',
    messaging_service_sid: null,
    sid,
    date_sent: sent,
    date_created: rfc2822(at),
    error_code: isLost ? 30003 : null,
    price_unit: 'USD',
    api_version: '2010-04-01',
    subresource_uris: { media: `${root}/${sid}/Media.json` },
  };
}

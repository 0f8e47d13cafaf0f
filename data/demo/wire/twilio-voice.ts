import { addSeconds } from '../calendar.ts';
import { stores } from '../company.ts';
import type { Contact } from '../contact.ts';
import { byWeek, rfc2822, type Conversation, type Scene } from '../conversation-list.ts';
import type { DemoFile } from '../demo-file.ts';
import { callSid } from '../ids.ts';
import { Random } from '../random.ts';

const account = `AC${'b7'.repeat(16)}`;
const root = `/2010-04-01/Accounts/${account}/Calls`;

/** The telephone numbers of the stores, in the order of the stores. */
export const storeNumbers = stores.map((_, index) => `+1800555018${index}`);

/** Calls to the stores and call-backs by them: pages of call resources, without recordings. */
export function twilioVoiceFiles(calls: readonly Conversation[], scene: Scene): DemoFile[] {
  return byWeek(calls, ({ contact }) => contact.at, scene).map(([week, own]) => ({
    source: 'twilio-voice',
    name: `calls-${week}.json`,
    format: 'json',
    body: JSON.stringify(page(own.flatMap(({ contact }) => resources(contact)))),
  }));
}

const page = (calls: readonly object[]): object => ({
  first_page_uri: `${root}.json?PageSize=1000&Page=0`,
  end: calls.length - 1,
  previous_page_uri: null,
  calls,
  uri: `${root}.json?PageSize=1000&Page=0`,
  page_size: 1000,
  start: 0,
  next_page_uri: null,
  page: 0,
});

/** A call that nobody took is called back by the store in half of the cases. */
function resources(contact: Contact): object[] {
  const random = new Random(`store/${contact.key}`);
  const line = storeNumbers[stores.indexOf(contact.case.store as (typeof stores)[number])]!;
  const status = random.weighted([
    ['completed', 84],
    ['no-answer', 11],
    ['busy', 5],
  ] as const);
  const seconds = status === 'completed' ? Math.round(random.around(150, 0.6)) : 0;
  const inbound = resource(contact, 1, 'inbound', contact.customer.phone, line, contact.at, status, seconds);
  if (status === 'completed' || random.chance(0.5)) return [inbound];
  const calledBackAt = addSeconds(contact.at, random.around(2400, 0.5));
  const back = Math.round(random.around(130, 0.5));
  return [inbound, resource(contact, 2, 'outbound-api', line, contact.customer.phone, calledBackAt, 'completed', back)];
}

function resource(
  contact: Contact,
  leg: number,
  direction: string,
  from: string,
  to: string,
  createdAt: Date,
  status: string,
  seconds: number,
): object {
  const sid = callSid(contact, leg);
  const ringing = status === 'busy' ? 0 : 6 + (contact.index % 17);
  const startedAt = addSeconds(createdAt, status === 'completed' ? ringing : 0);
  const endedAt = addSeconds(startedAt, status === 'completed' ? seconds : ringing + 14);
  return {
    sid,
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(endedAt),
    parent_call_sid: null,
    account_sid: account,
    to,
    to_formatted: to,
    from,
    from_formatted: from,
    phone_number_sid: `PN${new Random(from).hex(32)}`,
    status,
    start_time: rfc2822(startedAt),
    end_time: rfc2822(endedAt),
    duration: String(seconds),
    price: seconds > 0 ? `-${(Math.ceil(seconds / 60) * 0.0085).toFixed(5)}` : null,
    price_unit: 'USD',
    direction,
    answered_by: null,
    api_version: '2010-04-01',
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: '0',
    trunk_sid: null,
    annotation: null,
    uri: `${root}/${sid}.json`,
    subresource_uris: { recordings: `${root}/${sid}/Recordings.json` },
  };
}

import { addSeconds } from '../calendar.ts';
import { company } from '../company.ts';
import { byWeek, timed, type Conversation, type Scene, type TimedTurn } from '../conversation-list.ts';
import type { Customer } from '../customers.ts';
import type { DemoFile } from '../demo-file.ts';
import { statusId } from '../ids.ts';
import { Random } from '../random.ts';

const host = 'social.example';
export const ownAccount = `${company.mastodon}@${host}`;
const instance = `https://${host}`;

/** Public posts that name the company and its replies, as lists of statuses; edits and deletions as the stream has them. */
export function mastodonFiles(conversations: readonly Conversation[], scene: Scene): DemoFile[] {
  const statuses = conversations.flatMap((conversation) => thread(conversation, scene));
  return byWeek(statuses, ({ at }) => at, scene).map(([week, own]) => ({
    source: 'mastodon',
    name: `statuses-${week}.json`,
    format: 'json',
    body: JSON.stringify(own.sort((left, right) => left.at.getTime() - right.at.getTime()).map(({ body }) => body)),
  }));
}

interface Entry {
  readonly at: Date;
  readonly body: object;
}

function thread(conversation: Conversation, scene: Scene): Entry[] {
  const turns = timed(conversation, scene);
  return turns.flatMap((turn, index) => {
    const entry = { at: turn.at, body: status(conversation, turn, turns[index - 1]) };
    const random = new Random(`change/${conversation.contact.key}/${index}`);
    if (turn.role !== 'customer') return [entry];
    const changedAt = addSeconds(turn.at, random.integer(40, 900));
    if (random.chance(0.05)) {
      const longer = { ...turn, text: `${turn.text} (edit: order ${conversation.contact.case.order})` };
      return [entry, { at: changedAt, body: status(conversation, longer, turns[index - 1], changedAt) }];
    }
    if (!random.chance(0.03)) return [entry];
    return [
      entry,
      { at: changedAt, body: { event: 'delete', payload: statusId(conversation.contact, turn.position) } },
    ];
  });
}

function status({ contact }: Conversation, turn: TimedTurn, parent: TimedTurn | undefined, editedAt?: Date): object {
  const isOurs = turn.role !== 'customer';
  const us = companyAccount();
  const them = customerAccount(contact.customer);
  const [author, other] = isOurs ? [us, them] : [them, us];
  const id = statusId(contact, turn.position);
  const parentAuthor = parent && (parent.role === 'customer' ? them : us);
  const isMention = isOurs || parent !== undefined || turn.text.includes('@bramwick');
  return {
    id,
    created_at: turn.at.toISOString(),
    in_reply_to_id: parent ? statusId(contact, parent.position) : null,
    in_reply_to_account_id: parentAuthor?.id ?? null,
    sensitive: false,
    spoiler_text: '',
    visibility: 'public',
    language: 'en',
    uri: `${instance}/users/${author.username}/statuses/${id}`,
    url: `${instance}/@${author.username}/${id}`,
    replies_count: 0,
    reblogs_count: 0,
    favourites_count: new Random(id).integer(0, 14),
    quotes_count: 0,
    edited_at: editedAt?.toISOString() ?? null,
    content: contentOf(turn.text, isOurs || parent ? other.username : undefined),
    filtered: [],
    reblog: null,
    application: { name: isOurs ? 'Bramwick Social Desk' : 'Web', website: null },
    account: author,
    media_attachments: [],
    mentions: isMention ? [{ id: other.id, username: other.username, url: other.url, acct: other.acct }] : [],
    tags: [],
    emojis: [],
    quote: null,
    card: null,
    poll: null,
  };
}

const mention = (username: string): string =>
  `<span class="h-card" translate="no"><a href="${instance}/@${username}" class="u-url mention">@<span>${username}</span></a></span>`;

function contentOf(text: string, to: string | undefined): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return `<p>${to ? `${mention(to)} ` : ''}${escaped.replaceAll('@bramwick', mention(company.mastodon))}</p>`;
}

function account(id: string, username: string, name: string, isBot: boolean) {
  return {
    id,
    username,
    acct: username,
    display_name: name,
    locked: false,
    bot: isBot,
    discoverable: true,
    indexable: true,
    group: false,
    created_at: '2023-04-02T00:00:00.000Z',
    note: '',
    url: `${instance}/@${username}`,
    uri: `${instance}/users/${username}`,
    avatar: `${instance}/avatars/original/missing.png`,
    header: `${instance}/headers/original/missing.png`,
    followers_count: new Random(id).integer(3, 900),
    following_count: 40,
    statuses_count: 120,
    last_status_at: null as string | null,
    emojis: [],
    fields: [],
  };
}

const companyAccount = () => account('110000000000000042', company.mastodon, 'Bramwick', false);
const customerAccount = (customer: Customer) =>
  account(`1100000${String(customer.index).padStart(11, '0')}`, customer.social ?? customer.key, customer.name, false);

import { addSeconds } from '../calendar.ts';
import { agents, company, teamNames, type Agent } from '../company.ts';
import {
  byWeek,
  epochSeconds,
  isoSeconds,
  timed,
  type Conversation,
  type Scene,
  type TimedTurn,
} from '../conversation-list.ts';
import type { Customer } from '../customers.ts';
import type { DemoFile } from '../demo-file.ts';
import { ticketId } from '../ids.ts';
import { fill, phrases } from '../phrase-bank.ts';
import { Random } from '../random.ts';
import { slotsOf } from '../slots.ts';
import { metricEvents } from './zendesk-metrics.ts';

const site = 'https://bramwick.zendesk.com/api/v2';
export const agentId = (agent: Agent): number => 3_700_000_000_100 + agent.index;
export const groupId = (team: string): number => 3_700_000_000_900 + teamNames.indexOf(team as never);
export const userId = (customer: Customer): number => 3_700_000_010_000 + customer.index;

export interface Ticket {
  readonly conversation: Conversation;
  readonly turns: readonly TimedTurn[];
  /** Status changes, in order; the last one is the state of the ticket. */
  readonly statuses: readonly { status: string; at: Date; turn: number }[];
}

/**
 * Tickets from the web form: incremental ticket pages with users and groups, the audits of all changes, metric events.
 */
export function zendeskFiles(conversations: readonly Conversation[], scene: Scene): DemoFile[] {
  const tickets = conversations.map((conversation) => ticketOf(conversation, scene));
  return byWeek(tickets, ({ conversation }) => conversation.contact.at, scene).flatMap(([week, own]) => [
    file(`tickets-${week}`, ticketPage(own)),
    file(`audits-${week}`, {
      audits: own.flatMap(auditsOf),
      users: usersOf(own),
      after_url: null,
      before_url: null,
      after_cursor: null,
      before_cursor: null,
    }),
    file(`metric-events-${week}`, {
      ticket_metric_events: own.flatMap(metricEvents),
      count: own.length,
      end_of_stream: true,
      next_page: null,
    }),
  ]);
}

const file = (name: string, page: object): DemoFile => ({
  source: 'zendesk',
  name: `${name}.json`,
  format: 'json',
  body: JSON.stringify(page),
});

/**
 * Agents solve with their last answer where the matter is resolved; else they leave it pending or, after silence, solve
 * it.
 */
function ticketOf(conversation: Conversation, scene: Scene): Ticket {
  const { contact } = conversation;
  const turns = timed(conversation, scene);
  const statuses: { status: string; at: Date; turn: number }[] = [{ status: 'new', at: contact.at, turn: 0 }];
  const lastAnswer = turns.findLastIndex(({ role }) => role === 'agent');
  const set = (status: string, turn: number) => {
    if (statuses.at(-1)!.status !== status) statuses.push({ status, at: turns[turn]!.at, turn });
  };
  const solving = contact.isReopened ? turns.findIndex(({ role }) => role === 'agent') : -1;
  for (const [index, { role }] of turns.entries()) {
    if (index === 0 || role === 'note') continue;
    if (role === 'customer' && index > lastAnswer && contact.outcome === 'resolved') continue;
    if (role === 'customer') set('open', index);
    else
      set(index === solving || (index === lastAnswer && contact.outcome === 'resolved') ? 'solved' : 'pending', index);
  }
  return { conversation, turns, statuses };
}

function ticketPage(tickets: readonly Ticket[]): object {
  return {
    tickets: tickets.map(ticketRecord),
    users: usersOf(tickets),
    groups: teamNames.map((name) => ({
      url: `${site}/groups/${groupId(name)}.json`,
      id: groupId(name),
      name,
      deleted: false,
      created_at: '2024-02-01T09:00:00Z',
      updated_at: '2024-02-01T09:00:00Z',
    })),
    count: tickets.length,
    after_cursor: 'MTc2MDAwMDAwMC4wfHw0ODAwMA==',
    after_url: `${site}/incremental/tickets/cursor.json?cursor=MTc2MDAwMDAwMC4wfHw0ODAwMA%3D%3D`,
    before_cursor: null,
    before_url: null,
    end_of_stream: true,
  };
}

function usersOf(tickets: readonly Ticket[]): object[] {
  const customers = [...new Set(tickets.map(({ conversation }) => conversation.contact.customer))];
  return [...customers.map(endUser), ...agents.map(agentUser)];
}

export const via = { channel: 'web', source: { from: {}, to: {}, rel: null } };

function ticketRecord({ conversation, turns, statuses }: Ticket): object {
  const { contact } = conversation;
  const id = ticketId(contact);
  const updatedAt = turns.at(-1)?.at ?? contact.at;
  const isAnswered = turns.some(({ role }) => role === 'agent');
  const subject = subjectOf(conversation);
  const status = statuses.at(-1)!.status;
  return {
    url: `${site}/tickets/${id}.json`,
    id,
    external_id: null,
    via,
    created_at: isoSeconds(contact.at),
    updated_at: isoSeconds(updatedAt),
    generated_timestamp: epochSeconds(updatedAt) + 1,
    type: null,
    subject,
    raw_subject: subject,
    description: turns[0]?.text ?? '',
    priority: contact.isLeaving || contact.attempt > 2 ? 'high' : 'normal',
    status,
    recipient: null,
    requester_id: userId(contact.customer),
    submitter_id: userId(contact.customer),
    assignee_id: isAnswered ? agentId(contact.agent) : null,
    organization_id: null,
    group_id: groupId(contact.team),
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    forum_topic_id: null,
    problem_id: null,
    has_incidents: false,
    is_public: true,
    due_at: null,
    tags: [contact.case.matter.replace('.', '_'), 'web_form', ...(contact.isReopened ? ['reopened'] : [])],
    custom_fields: [],
    satisfaction_rating: ratingOf(conversation, status, updatedAt),
    sharing_agreement_ids: [],
    followup_ids: [],
    brand_id: 3_700_000_000_001,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
  };
}

function ratingOf({ contact }: Conversation, status: string, at: Date): object {
  const random = new Random(`rating/${contact.key}`);
  if (status !== 'solved') return { score: 'unoffered' };
  if (!random.chance(0.4)) return { score: 'offered' };
  const isGood = random.chance(contact.attempt > 1 || contact.isReopened ? 0.55 : 0.88);
  const comment = fill(
    random.pick(phrases('customer', isGood ? 'survey_good' : 'survey_bad')),
    slotsOf(contact, contact.agent, random),
    random,
  );
  return {
    score: isGood ? 'good' : 'bad',
    id: 370000 + contact.index,
    ...(random.chance(0.4) && { comment }),
    created_at: isoSeconds(addSeconds(at, 86_000)),
  };
}

const subjectOf = ({ turns, contact }: Conversation): string => turns[0]?.subject ?? `Order ${contact.case.order}`;

/** The helpdesk profile shows a telephone number for people who gave one. */
const endUser = (customer: Customer): object => ({
  ...userBase(userId(customer), customer.name, customer.email, 'end-user'),
  phone: customer.isLinked ? customer.phone : null,
  shared_phone_number: customer.isLinked ? false : null,
});

const agentUser = (agent: Agent): object => ({
  ...userBase(agentId(agent), agent.name, agent.email, 'agent'),
  phone: null,
  shared_phone_number: null,
  default_group_id: groupId(agent.team),
});

const userBase = (id: number, name: string, email: string, role: string): object => ({
  id,
  url: `${site}/users/${id}.json`,
  name,
  email,
  created_at: '2024-03-01T10:00:00Z',
  updated_at: '2024-03-01T10:00:00Z',
  time_zone: company.zone,
  locale: 'en-US',
  organization_id: null,
  role,
  verified: true,
  external_id: null,
  tags: [],
  active: true,
  shared: false,
  suspended: false,
});

/** One audit for each comment, with the changes made together with it. */
function auditsOf(ticket: Ticket): object[] {
  const { contact } = ticket.conversation;
  return ticket.turns.map((turn, index) => {
    const id = 37_000_000_000_000 + contact.index * 1000 + index * 10;
    const author = turn.role === 'customer' ? userId(contact.customer) : agentId(turn.agent!);
    const changes = ticket.statuses.flatMap((each, position) =>
      position > 0 && each.turn === index
        ? [change(id + 2 + position, 'status', each.status, ticket.statuses[position - 1]!.status)]
        : [],
    );
    const isFirstAnswer = turn.role === 'agent' && !ticket.turns.slice(0, index).some(({ role }) => role === 'agent');
    return {
      id,
      ticket_id: ticketId(contact),
      created_at: isoSeconds(turn.at),
      author_id: author,
      metadata: { system: { client: 'Mozilla/5.0', location: `${contact.customer.city}, United States` }, custom: {} },
      events: [
        comment(id + 1, id, author, turn),
        ...(index === 0 ? creation(ticket, id) : changes),
        ...(isFirstAnswer ? [change(id + 9, 'assignee_id', String(author), null)] : []),
      ],
      via,
    };
  });
}

const comment = (id: number, auditId: number, author: number, turn: TimedTurn): object => ({
  id,
  type: 'Comment',
  author_id: author,
  body: turn.text,
  html_body: `<div class="zd-comment" dir="auto">${turn.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')}</div>`,
  plain_body: turn.text,
  public: turn.role !== 'note',
  attachments: [],
  audit_id: auditId,
  created_at: isoSeconds(turn.at),
});

const creation = ({ conversation }: Ticket, id: number): object[] => [
  { id: id + 2, type: 'Create', field_name: 'subject', value: subjectOf(conversation) },
  { id: id + 3, type: 'Create', field_name: 'status', value: 'new' },
  { id: id + 4, type: 'Create', field_name: 'group_id', value: String(groupId(conversation.contact.team)) },
  { id: id + 5, type: 'Create', field_name: 'requester_id', value: String(userId(conversation.contact.customer)) },
];

const change = (id: number, field: string, value: string, previous: string | null): object => ({
  id,
  type: 'Change',
  field_name: field,
  value,
  previous_value: previous,
});

import { isOpen } from '../calendar.ts';
import { isoSeconds } from '../conversation-list.ts';
import { ticketId } from '../ids.ts';
import type { Ticket } from './zendesk.ts';

/** The promise for the first answer: eight hours of the calendar. */
const targetMinutes = 480;

/** First reply time and full resolution time, as the incremental export of metric events has them; all in minutes. */
export function metricEvents({ conversation, turns, statuses }: Ticket): object[] {
  const { contact } = conversation;
  const base = 37_100_000_000_000 + contact.index * 100;
  const event = (index: number, metric: string, type: string, at: Date, more: object = {}): object => ({
    id: base + index,
    ticket_id: ticketId(contact),
    metric,
    instance_id: 1,
    type,
    time: isoSeconds(at),
    ...more,
  });
  const reply = turns.find(({ role }) => role === 'agent');
  const solved = statuses.find(({ status }) => status === 'solved');
  const sla = {
    target: targetMinutes,
    business_hours: false,
    policy: { id: 3_700_000_000_777, title: 'First reply', description: null },
    target_in_seconds: targetMinutes * 60,
  };
  const breachAt = new Date(contact.at.getTime() + targetMinutes * 60_000);
  return [
    event(1, 'reply_time', 'activate', contact.at),
    event(2, 'reply_time', 'apply_sla', contact.at, { sla }),
    ...(reply && reply.at > breachAt ? [event(3, 'reply_time', 'breach', breachAt)] : []),
    ...(reply ? finish(4, 'reply_time', contact.at, reply.at, event) : []),
    event(6, 'requester_wait_time', 'activate', contact.at),
    ...(solved ? finish(7, 'requester_wait_time', contact.at, solved.at, event) : []),
  ];
}

type MakeEvent = (index: number, metric: string, type: string, at: Date, more?: object) => object;

function finish(index: number, metric: string, from: Date, to: Date, event: MakeEvent): object[] {
  const status = { calendar: Math.round((to.getTime() - from.getTime()) / 60_000), business: openMinutes(from, to) };
  return [event(index, metric, 'fulfill', to), event(index + 1, metric, 'update_status', to, { status })];
}

/** Minutes of the service's opening hours between two times, counted in steps of a quarter of an hour. */
function openMinutes(from: Date, to: Date): number {
  const step = 15 * 60_000;
  let minutes = 0;
  for (let at = from.getTime(); at < to.getTime(); at += step)
    if (isOpen(new Date(at))) minutes += Math.min(step, to.getTime() - at) / 60_000;
  return Math.round(minutes);
}

import type { FactList } from '../../fact-list.ts';
import { nameIn } from '../../formats/helpdesk.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';
import { roleOf } from './people.ts';
import { STATES } from './ticket.ts';

const PART_EVENTS = {
  close: 'solved',
  open: 'reopened',
  snoozed: 'held',
  unsnoozed: 'resumed',
  timer_unsnooze: 'resumed',
} as const;
const ASSIGNMENTS = /^(away_mode_|default_|bulk_|message_strategy_)?(re)?assign/;

/** The state that a part gives its ticket, where it is another one than before. */
const stateOf = ({ ticket_state: state, previous_ticket_state: previous }: Loose) =>
  state === previous ? undefined : nameIn(STATES, state);

/** Whether a part changes its conversation or ticket, whatever it says. */
export const isChange = (partType: string, part: Loose): boolean =>
  nameIn(PART_EVENTS, partType) !== undefined || ASSIGNMENTS.test(partType) || stateOf(part) !== undefined;

/** What a part does to its conversation or ticket: settled, opened again, held, given to somebody. */
export function addChange(
  facts: FactList,
  threadId: string,
  partType: string,
  part: Loose,
  at: Date,
  agentId?: string,
): void {
  const when = { threadId, occurredAt: at, timePrecision: 'second', nativeId: textOf(part.id) ?? '' } as const;
  const kind = nameIn(PART_EVENTS, partType) ?? (partType.endsWith('_and_reopen') ? 'reopened' : undefined);
  if (kind) facts.event({ ...when, kind, agentId });
  const state = stateOf(part);
  if (state) facts.event({ ...when, kind: 'status_changed', value: state });
  if (state === 'solved') facts.event({ ...when, kind: 'solved', agentId });
  else if (state && part.previous_ticket_state === 'resolved') facts.event({ ...when, kind: 'reopened', agentId });
  const to = objectOf(part.assigned_to);
  const toId = textOf(to.id);
  if (!ASSIGNMENTS.test(partType) || !toId || !/^(admin|team)$/.test(textOf(to.type) ?? '')) return;
  const target =
    to.type === 'team' ? { queueId: facts.queue({ nativeId: toId }) } : { agentId: facts.agent({ nativeId: toId }) };
  facts.event({ ...when, kind: to.type === 'team' ? 'queued' : 'assigned', ...target });
  if (roleOf(objectOf(part.author)) === 'bot') facts.event({ ...when, kind: 'handed_over', ...target });
}

import type { FactList } from '../../fact-list.ts';
import { nameIn } from '../../formats/helpdesk.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';
import { roleOf } from './people.ts';

const PART_EVENTS = {
  close: 'solved',
  open: 'reopened',
  snoozed: 'held',
  unsnoozed: 'resumed',
  timer_unsnooze: 'resumed',
} as const;
const ASSIGNMENTS = /^(away_mode_|default_|bulk_|message_strategy_)?(re)?assign/;

/** Whether a part of this type changes its conversation, whatever it says. */
export const isChange = (partType: string): boolean =>
  nameIn(PART_EVENTS, partType) !== undefined || ASSIGNMENTS.test(partType);

/** What a part does to its conversation: settled, opened again, held, given to somebody. */
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
  const to = objectOf(part.assigned_to);
  const toId = textOf(to.id);
  if (!ASSIGNMENTS.test(partType) || !toId || !/^(admin|team)$/.test(textOf(to.type) ?? '')) return;
  const target =
    to.type === 'team' ? { queueId: facts.queue({ nativeId: toId }) } : { agentId: facts.agent({ nativeId: toId }) };
  facts.event({ ...when, kind: to.type === 'team' ? 'queued' : 'assigned', ...target });
  if (roleOf(objectOf(part.author)) === 'bot') facts.event({ ...when, kind: 'handed_over', ...target });
}

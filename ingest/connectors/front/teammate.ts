import type { FactList } from '../../fact-list.ts';
import { fullName, nameIn } from '../../formats/helpdesk.ts';
import { textOf, type Loose } from '../../formats/value.ts';

/** Bots are teammates, too: of rules, macros and surveys, or of the applications that write by the API. */
const BOTS = { rule: 'system', macro: 'system', csat: 'system', api: 'bot', integration: 'bot' } as const;

export const roleOfTeammate = (teammate: Loose): 'agent' | 'bot' | 'system' => nameIn(BOTS, teammate.type) ?? 'agent';

export function addTeammate(facts: FactList, teammate: Loose): string | undefined {
  const nativeId = textOf(teammate.id);
  if (!nativeId?.startsWith('tea_') || roleOfTeammate(teammate) !== 'agent') return undefined;
  return facts.agent({ nativeId, name: fullName(teammate.first_name, teammate.last_name) });
}

import type { UnitKind } from '../../connector.ts';
import { isLoose, textOf, type Loose } from '../../formats/value.ts';

const PEOPLE = /^(contact|user|lead|visitor|contact_tag|user_tag|company|admin|team)$/;
/** Content, settings and what was done with them: nothing that anybody said. */
const BESIDE =
  /^(tag|note|ping|event|data_event|article|help_center|collection|section|segment|data_attribute|news_?item|newsfeed|ticket_type|ticket_state|\w*activity_log|job|audience|content|data_connector|procedure|api|away_status_reason|custom_object|brand|macro)(?![a-z])/;

/** What a record is by its type; conversations, tickets and their parts are told apart before. */
export function kindOf(type: string, record: Loose): UnitKind {
  if (PEOPLE.test(type)) return 'profile';
  if (type === 'call') return 'call';
  if (BESIDE.test(type)) return 'ignored';
  if (isLoose(record.contact)) return 'profile';
  return /subscription/.test(type) ? 'ignored' : 'unknown';
}

/** Parts that say nothing and move nothing, also a comment that is empty. */
export const BOOKKEEPING =
  /(_updated|_changed|_added|_removed|_created|_requested|_sent|_linked|_sla_|attribute|^custom_action_|^operator_workflow|^language_detection|^fin_guidance|^custom_answer|^quick_reply$|_expectation$|^merged_|^(comment|note)$)/;

/** Some notices wrap the record that they are about, e.g. `ticket.closed` its ticket. */
export function itemOf(topic: string, item: Loose): Loose {
  const about = topic.split('.')[0]!;
  const inner = /^(ticket|conversation)$/.test(about) ? item[about] : undefined;
  return isLoose(inner) ? { type: about, ...inner } : item;
}

/** The fields that hold the records of a page; people and companies have lists of the same names inside. */
export const listFields = (document: unknown): string[] => [
  'conversations',
  'tickets',
  'data',
  ...(isLoose(document) && textOf(document.type)?.endsWith('list')
    ? ['contacts', 'companies', 'users', 'admins', 'teams']
    : []),
];

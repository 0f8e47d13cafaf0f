import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { consentOf, externalIds, idsIn } from '../../formats/crm.ts';
import { domainsOf } from '../../formats/domain.ts';
import { addPerson, wordsOf, type Words } from '../../formats/helpdesk.ts';
import { decodeEntities } from '../../formats/html.ts';
import { fromIsoOrEpoch } from '../../formats/time.ts';
import { isLoose, objectOf, textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';

export const changedAt = (record: Loose): number =>
  (fromIsoOrEpoch(record.updated_at) ?? fromIsoOrEpoch(record.created_at))?.getTime() ?? 0;

const MARKUP = /<\/?(p|div|br|a|b|i|u|em|strong|span|ul|ol|li|h[1-6]|img|pre|code|table|blockquote)\b[^>]*>/i;

/** What Intercom writes in the place of what was said on Twitter. */
const REMOVED = /removed this part of the conversation to comply with Twitter/i;

/** What stands for a picture or a file in plain text, and in HTML. */
const SHOWN = /\[(?:image|video|audio|attachment) "[^"]*"\]|<(?:img|video|audio|iframe)\b[^>]*>/gi;

/** Whether a body shows a picture or a file: it was sent, also without a word. */
export const isShowing = (body: unknown): boolean => (textOf(body) ?? '').search(SHOWN) !== -1;

/** Bodies are HTML; webhooks of newer versions of the API send them as plain text. */
export function wordsOfBody(body: unknown, isMail: boolean): Words {
  const text = textOf(body) ?? '';
  if (REMOVED.test(text)) return {};
  return wordsOf(MARKUP.test(text) ? { html: text } : { text: decodeEntities(text.replace(SHOWN, '')) }, isMail);
}

/** Intercom's own bot signs as a teammate where it opens a conversation. */
export function roleOf(author: Loose): RoleName | undefined {
  if (
    author.type === 'bot' ||
    author.from_ai_agent === true ||
    /^operator\+.*@intercom\.io$/.test(textOf(author.email) ?? '')
  )
    return 'bot';
  if (/^(user|lead|contact|visitor)$/.test(textOf(author.type) ?? '')) return 'customer';
  return /^(admin|team)$/.test(textOf(author.type) ?? '') ? 'agent' : undefined;
}

/** A conversation of the first version of the API in the words of the second. */
export function modern(conversation: Loose): Loose {
  if (!isLoose(conversation.conversation_message)) return conversation;
  const assignee = objectOf(conversation.assignee);
  return {
    source: { ...conversation.conversation_message, type: undefined },
    contacts: { contacts: [conversation.user].filter(isLoose) },
    state: conversation.open === true ? 'open' : conversation.open === false ? 'closed' : undefined,
    [assignee.type === 'team' ? 'team_assignee_id' : 'admin_assignee_id']: assignee.id,
    ...conversation,
  };
}

/** The addresses of a contact, and that they are one person's; in a conversation as its customer. */
export function addContact(facts: FactList, contact: Loose, at: Date, threadId?: string): string | undefined {
  const display = wordsOf({ html: contact.name }).text;
  return addPerson(facts, { ...(threadId && { threadId }), at, evidence: 'intercom_contact' }, [
    { type: 'contact_id', value: textOf(contact.id), display },
    { type: 'email', value: textOf(contact.email), display },
    { type: 'phone', value: textOf(contact.phone), display },
    { type: 'crm_id', value: textOf(contact.external_id), display },
  ]);
}

/** What became of a contact or company, by the topic of its notice; other notices and pages show it as it is. */
const stateOf = (nativeKind: string): 'active' | 'deleted' =>
  /\.(deleted|archived?)$/.test(nativeKind) ? 'deleted' : 'active';

/** A contact, a company, a teammate or a team. */
export function mapProfile(nativeKind: string, record: Loose, context: SplitContext): Outcome {
  if (record.type === 'company') return mapCompany(nativeKind, record, context);
  return /^(admin|team)$/.test(textOf(record.type) ?? '')
    ? mapStaff(record, context)
    : mapContact(nativeKind, record, context);
}

function mapStaff(record: Loose, context: SplitContext): Outcome {
  const nativeId = textOf(record.id);
  if (!nativeId) return reject('the teammate or team has no id');
  if (roleOf(record) === 'bot') return drop('a bot of Intercom is no teammate');
  const facts = new FactList(context, changedAt(record));
  const name = wordsOf({ html: record.name }).text;
  if (record.type === 'team') facts.queue({ nativeId, name });
  else facts.agent({ nativeId, name });
  return ok(facts.facts);
}

function mapContact(nativeKind: string, record: Loose, context: SplitContext): Outcome {
  const contact = isLoose(record.contact) ? record.contact : isLoose(record.user) ? record.user : record;
  const at = fromIsoOrEpoch(contact.updated_at) ?? fromIsoOrEpoch(contact.created_at) ?? context.delivery.receivedAt;
  const facts = new FactList(context, changedAt(contact));
  const handleId = addContact(facts, contact, at);
  if (!handleId) return drop('a contact without id and address');
  const id = textOf(contact.id);
  if (id && facts.handle({ type: 'contact_id', value: id }) === handleId)
    addRecord(facts, contact, id, handleId, nativeKind);
  const former = textOf(objectOf(contact.merged_from).id);
  if (id && former && former !== id) addMerge(facts, former, id, at);
  return ok(facts.facts);
}

/** Of the former of two contacts that are one now nothing counts any more, and its addresses are the other's. */
function addMerge(facts: FactList, former: string, id: string, at: Date): void {
  const handleId = facts.handle({ type: 'contact_id', value: former });
  facts.profile(facts.handle({ type: 'contact_id', value: id }), handleId, 'intercom_merge', at);
  facts.person({ nativeId: former, handleId, state: 'merged', mergedIntoId: facts.personId(id) });
}

function addRecord(facts: FactList, contact: Loose, nativeId: string, handleId: string, nativeKind: string): void {
  const location = objectOf(contact.location);
  const owner = textOf(contact.owner_id);
  const companies = objectOf(contact.companies);
  // A contact of many companies comes with the first of them only.
  const isWhole = Array.isArray(companies.data) && companies.has_more !== true;
  facts.person({
    nativeId,
    handleId,
    name: wordsOf({ html: contact.name }).text,
    language: textOf(contact.language_override) ?? textOf(contact.browser_language),
    country: textOf(location.country_code) ?? textOf(location.country),
    lifecycle: textOf(contact.role),
    ownerId: owner && owner !== '0' ? facts.agent({ nativeId: owner }) : undefined,
    sinceAt: fromIsoOrEpoch(contact.signed_up_at) ?? fromIsoOrEpoch(contact.created_at),
    consent: consentOf(contact.unsubscribed_from_emails),
    externalIds: contact.external_id === undefined ? undefined : externalIds(['', contact.external_id]),
    accountIds: isWhole ? idsIn(companies.data).map((id) => facts.accountId(id)) : undefined,
    state: /^(contact|user|lead)/.test(nativeKind) ? stateOf(nativeKind) : undefined,
  });
}

/** A company; `company_id` is the id that the business itself gave it. */
function mapCompany(nativeKind: string, company: Loose, context: SplitContext): Outcome {
  const nativeId = textOf(company.id);
  if (!nativeId) return reject('the company has no id');
  const facts = new FactList(context, changedAt(company));
  facts.account({
    nativeId,
    name: textOf(company.name),
    domains: company.website === undefined ? undefined : domainsOf([company.website]),
    segment: textOf(company.industry),
    plan: textOf(objectOf(company.plan).name),
    sinceAt: fromIsoOrEpoch(company.remote_created_at) ?? fromIsoOrEpoch(company.created_at),
    externalIds: company.company_id === undefined ? undefined : externalIds(['', company.company_id]),
    state: stateOf(nativeKind),
  });
  return ok(facts.facts);
}

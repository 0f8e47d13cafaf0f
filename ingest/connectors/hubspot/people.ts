import { drop, ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { consentOf, externalIds, idsIn, joined, shownBy } from '../../formats/crm.ts';
import { domainsOf } from '../../formats/domain.ts';
import { addPerson, fullName, nameIn } from '../../formats/helpdesk.ts';
import { fromEpochMilliseconds, fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, tableOf, textOf, textsOf, type Loose } from '../../formats/value.ts';
import { versionOf } from './activity.ts';

/** Properties whose change says how to reach a contact. */
const ADDRESSES = tableOf({ email: 'email', phone: 'phone', mobilephone: 'phone' } as const);
/** What happens to records of people and companies; notices of anything else say nothing here. */
const CHANGES = /^(contact|company)\.(deletion|restore|privacyDeletion|merge|associationChange|propertyChange)$/;
/** Properties of a company that its change states. */
const COMPANY_FIELDS = tableOf({ name: 'name', type: 'segment', industry: 'segment', country: 'country' } as const);
const CONTACT_FIELDS = tableOf({ lifecyclestage: 'lifecycle', hs_language: 'language', country: 'country' } as const);

/** Whether a notice says anything of a person or a company. */
export function isTelling({ subscriptionType, propertyName, propertyValue }: Loose): boolean {
  const [, object, change] = CHANGES.exec(textOf(subscriptionType) ?? '') ?? [];
  if (change !== 'propertyChange') return change !== undefined;
  const name = textOf(propertyName) ?? '';
  return (
    textOf(propertyValue) !== undefined &&
    (object === 'company' ? name in COMPANY_FIELDS || name === 'domain' : name in CONTACT_FIELDS || name in ADDRESSES)
  );
}

export function mapContact(record: Loose, context: SplitContext): Outcome {
  if (textOf(record.subscriptionType)) return mapChange(record, context);
  const properties = objectOf(record.properties);
  const display = fullName(properties.firstname, properties.lastname);
  const at = fromIso(record.updatedAt) ?? fromIso(properties.lastmodifieddate) ?? context.delivery.receivedAt;
  const facts = new FactList(context, versionOf(record, properties));
  const more = (textOf(properties.hs_additional_emails) ?? '').split(';');
  const handleId = addPerson(facts, { at, evidence: 'hubspot_contact' }, [
    { type: 'crm_id', value: textOf(record.id), display },
    ...[properties.email, ...more].map((value): HandleInput => ({ type: 'email', value: textOf(value), display })),
    ...[properties.phone, properties.mobilephone].map((value): HandleInput => ({
      type: 'phone',
      value: textOf(value),
      display,
    })),
  ]);
  const companies = objectOf(record.associations).companies;
  const owner = textOf(properties.hubspot_owner_id);
  facts.person({
    nativeId: textOf(record.id) ?? '',
    handleId,
    name: display,
    language: textOf(properties.hs_language),
    country: textOf(properties.hs_country_region_code) ?? textOf(properties.country),
    lifecycle: textOf(properties.lifecyclestage),
    ownerId: owner && facts.agent({ nativeId: owner }),
    sinceAt: fromIso(properties.createdate) ?? fromIso(record.createdAt),
    consent: consentOf(properties.hs_email_optout),
    externalIds:
      properties.salesforcecontactid === undefined
        ? undefined
        : externalIds(['salesforce', properties.salesforcecontactid]),
    accountIds: joined(
      shownBy(properties, 'associatedcompanyid', (id) => facts.accountId(id)),
      isLoose(companies) ? idsIn(companies.results).map((id) => facts.accountId(id)) : undefined,
    ),
    state: archivedState(record),
  });
  for (const former of mergedIds(properties)) addMerge(facts, 'contact', former, textOf(record.id)!, at);
  return ok(facts.facts);
}

export function mapCompany(record: Loose, context: SplitContext): Outcome {
  const properties = objectOf(record.properties);
  const id = textOf(record.id);
  if (!id) return reject('the company has no id');
  const facts = new FactList(context, versionOf(record, properties));
  const owner = textOf(properties.hubspot_owner_id);
  const parent = textOf(properties.hs_parent_company_id);
  const domains = [properties.domain, ...(textOf(properties.hs_additional_domains) ?? '').split(';')];
  facts.account({
    nativeId: id,
    name: textOf(properties.name),
    domains: 'domain' in properties ? domainsOf(domains) : undefined,
    segment: textOf(properties.type) ?? textOf(properties.industry),
    country: textOf(properties.country),
    ownerId: owner && facts.agent({ nativeId: owner }),
    sinceAt: fromIso(properties.createdate) ?? fromIso(record.createdAt),
    parentId: parent && facts.accountId(parent),
    externalIds:
      properties.salesforceaccountid === undefined
        ? undefined
        : externalIds(['salesforce', properties.salesforceaccountid]),
    url: textOf(record.url),
    state: archivedState(record),
  });
  for (const former of mergedIds(properties)) addMerge(facts, 'company', former, id, context.delivery.receivedAt);
  return ok(facts.facts);
}

/** Whoever owns records, by the id that records name and by the one that conversations do. */
export function mapOwner(record: Loose, context: SplitContext): Outcome {
  const facts = new FactList(context, versionOf(record, {}));
  const name = fullName(record.firstName, record.lastName);
  for (const nativeId of [textOf(record.id), textOf(record.userId)]) if (nativeId) facts.agent({ nativeId, name });
  return ok(facts.facts);
}

/** Whoever takes part in conversations: an agent, or a visitor who is a contact. */
export function mapActor(record: Loose, context: SplitContext): Outcome {
  const at = context.delivery.receivedAt;
  const [, kind, nativeId] = /^([AV])-(\d+)$/.exec(textOf(record.id) ?? '') ?? [];
  if (!nativeId) return drop('neither an agent nor a contact: a bot, an app or a bare address');
  const facts = new FactList(context, 0);
  const name = textOf(record.name);
  if (kind === 'A') facts.agent({ nativeId, name });
  else
    addPerson(facts, { at, evidence: 'hubspot_actor' }, [
      { type: 'crm_id', value: nativeId, display: name },
      { type: 'email', value: textOf(record.email), display: name },
    ]);
  return ok(facts.facts);
}

const archivedState = ({ archived }: Loose): 'active' | 'deleted' | undefined =>
  archived === true ? 'deleted' : archived === false ? 'active' : undefined;

export const mergedIds = (properties: Loose): string[] =>
  (textOf(properties.hs_merged_object_ids) ?? '').split(';').filter((id) => id !== '');

/** Two records that HubSpot made one: of the former nothing counts any more, and its addresses are the other's. */
function addMerge(facts: FactList, object: string, formerId: string, id: string, at: Date): void {
  if (formerId === id) return;
  if (object === 'company')
    return void facts.account({ nativeId: formerId, state: 'merged', mergedIntoId: facts.accountId(id) });
  const handleId = facts.handle({ type: 'crm_id', value: formerId });
  facts.profile(facts.handle({ type: 'crm_id', value: id }), handleId, 'hubspot_merge', at);
  facts.person({ nativeId: formerId, handleId, state: 'merged', mergedIntoId: facts.personId(id) });
}

/** A notice of one change: of a property, of the record, or of what it is associated with. */
function mapChange(record: Loose, context: SplitContext): Outcome {
  const at = fromEpochMilliseconds(record.occurredAt ?? null);
  const [, object = '', change] = CHANGES.exec(textOf(record.subscriptionType) ?? '') ?? [];
  const id = textOf(record.objectId) ?? textOf(record.primaryObjectId) ?? textOf(record.fromObjectId);
  if (!at || !id) return reject('the event has no objectId or no occurredAt');
  const facts = new FactList(context, at.getTime());
  if (change === 'associationChange') return mapAssociation(record, facts);
  if (change === 'merge') {
    const kept = textOf(record.newObjectId) ?? textOf(record.primaryObjectId) ?? id;
    for (const former of [id, ...textsOf(record.mergedObjectIds)]) addMerge(facts, object, former, kept, at);
    return ok(facts.facts);
  }
  if (change === 'propertyChange') addProperty(facts, object, id, record, at);
  else {
    const state = change === 'restore' ? 'active' : 'deleted';
    if (object === 'company') facts.account({ nativeId: id, state });
    else facts.person({ nativeId: id, handleId: facts.handle({ type: 'crm_id', value: id }), state });
  }
  return ok(facts.facts);
}

function addProperty(facts: FactList, object: string, id: string, record: Loose, at: Date): void {
  const [name, value] = [textOf(record.propertyName) ?? '', textOf(record.propertyValue)];
  if (object === 'company') {
    const field = COMPANY_FIELDS[name as keyof typeof COMPANY_FIELDS];
    facts.account({ nativeId: id, ...(field ? { [field]: value } : { domains: domainsOf([value]) }) });
    return;
  }
  const type = nameIn(ADDRESSES, name);
  const handles: HandleInput[] = [{ type: 'crm_id', value: id }, ...(type ? [{ type, value }] : [])];
  const handleId = addPerson(facts, { at, evidence: 'hubspot_contact' }, handles);
  const field = CONTACT_FIELDS[name as keyof typeof CONTACT_FIELDS];
  if (field) facts.person({ nativeId: id, handleId, [field]: value });
}

/** The association of a contact and a company, told from either side. */
function mapAssociation(record: Loose, facts: FactList): Outcome {
  const [from, to] = [textOf(record.fromObjectId), textOf(record.toObjectId)];
  const type = textOf(record.associationType);
  if (!from || !to) return reject('the change of an association has no fromObjectId or no toObjectId');
  if (type !== 'CONTACT_TO_COMPANY' && type !== 'COMPANY_TO_CONTACT')
    return { status: 'drop', reason: `an association ${type ?? 'without a type'} is not of a contact and a company` };
  const [contact, company] = type === 'CONTACT_TO_COMPANY' ? [from, to] : [to, from];
  facts.person({ nativeId: contact, handleId: facts.handle({ type: 'crm_id', value: contact }) });
  facts.membership({
    nativeId: `${contact}/${company}`,
    personId: facts.personId(contact),
    accountId: facts.accountId(company),
    isPrimary: typeof record.isPrimaryAssociation === 'boolean' ? record.isPrimaryAssociation : undefined,
    state: record.associationRemoved === true ? 'deleted' : 'active',
  });
  return ok(facts.facts);
}

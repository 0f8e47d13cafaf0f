import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { externalIds } from '../../formats/crm.ts';
import { domainsOf } from '../../formats/domain.ts';
import { addPerson, latestOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

const valuesIn = (list: unknown, field: string): (string | undefined)[] =>
  objectsOf(list).map((entry) => textOf(entry[field]));

const listed = (list: unknown): unknown[] => (Array.isArray(list) ? list : []);

/** The company of a customer: an empty relationship says that there is none, a missing one says nothing. */
function companyOf(record: Loose, facts: FactList): string[] | undefined {
  const relationship = objectOf(record.relationships).company;
  if (!isLoose(relationship)) return undefined;
  const id = textOf(objectOf(relationship.data).id);
  return id ? [facts.accountId(id)] : [];
}

export function mapCustomer(record: Loose, context: SplitContext): Outcome {
  const attributes = objectOf(record.attributes);
  const [id, display] = [textOf(record.id), textOf(attributes.displayName) ?? textOf(attributes.name)];
  if (!id) return reject('the person has no id');
  const at = fromIso(attributes.modifiedAt) ?? fromIso(attributes.createdAt) ?? context.delivery.receivedAt;
  const facts = new FactList(context, latestOf(attributes.modifiedAt, attributes.deletedAt, attributes.createdAt));
  const handleOf =
    (type: 'email' | 'phone') =>
    (value: string | undefined): HandleInput => ({ type, value, display });
  const handleId = addPerson(facts, { at, evidence: 'kustomer_customer' }, [
    { type: 'contact_id', value: id, display },
    ...valuesIn(attributes.emails, 'email').map(handleOf('email')),
    ...valuesIn(attributes.phones, 'phone').map(handleOf('phone')),
    { type: 'crm_id', value: textOf(attributes.externalId), display },
  ]);
  facts.person({
    nativeId: id,
    handleId,
    name: textOf(attributes.name) ?? textOf(attributes.displayName),
    language: textOf(attributes.locale),
    sinceAt: fromIso(attributes.signedUpAt) ?? fromIso(attributes.createdAt),
    externalIds: attributes.externalId === undefined ? undefined : externalIds(['', attributes.externalId]),
    accountIds: companyOf(record, facts),
    state: attributes.deleted === true || textOf(attributes.deletedAt) ? 'deleted' : 'active',
  });
  return ok(facts.facts);
}

export function mapCompany(record: Loose, context: SplitContext): Outcome {
  const attributes = objectOf(record.attributes);
  const id = textOf(record.id);
  if (!id) return reject('the company has no id');
  const facts = new FactList(context, latestOf(attributes.modifiedAt, attributes.deletedAt, attributes.createdAt));
  const hosts = [
    ...listed(attributes.domains),
    ...valuesIn(attributes.urls, 'url'),
    ...valuesIn(attributes.emails, 'email'),
  ];
  facts.account({
    nativeId: id,
    name: textOf(attributes.name),
    domains: attributes.domains === undefined && hosts.length === 0 ? undefined : domainsOf(hosts),
    sinceAt: fromIso(attributes.createdAt),
    externalIds: attributes.externalId === undefined ? undefined : externalIds(['', attributes.externalId]),
    state: attributes.deleted === true || textOf(attributes.deletedAt) ? 'deleted' : 'active',
  });
  return ok(facts.facts);
}

import { ok, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { externalIds, shownBy } from '../../formats/crm.ts';
import { domainsOf } from '../../formats/domain.ts';
import { addPerson, fullName, latestOf } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { isLoose, objectOf, textOf, type Loose } from '../../formats/value.ts';

export function contactHandles(contact: Loose): HandleInput[] {
  const display = fullName(contact.firstName, contact.lastName) ?? textOf(contact.name);
  return [
    { type: 'contact_id', value: textOf(contact.id), display },
    { type: 'email', value: textOf(contact.email), display },
    { type: 'email', value: textOf(contact.secondaryEmail), display },
    { type: 'phone', value: textOf(contact.mobile), display },
    { type: 'phone', value: textOf(contact.phone), display },
  ];
}

export const isGone = (record: Loose, nativeKind = ''): boolean =>
  nativeKind.endsWith('_Delete') || record.isDeleted === true || record.isTrashed === true;

/** A notice that a record is gone has no time of its own: it outranks the last change of the record. */
const versionOf = (record: Loose, nativeKind: string): number =>
  latestOf(record.modifiedTime, record.createdTime) + (nativeKind.endsWith('_Delete') ? 1 : 0);

function addOwner(facts: FactList, record: Loose): string | undefined {
  const owner = objectOf(record.owner);
  const nativeId = textOf(record.ownerId) ?? textOf(owner.id);
  return nativeId && facts.agent({ nativeId, name: fullName(owner.firstName, owner.lastName) });
}

/** The id that Zoho's CRM has for the same record. */
const crmIds = (link: unknown): string[] | undefined =>
  isLoose(link) ? externalIds(['zoho-crm', link.id]) : undefined;

export function mapContact(nativeKind: string, contact: Loose, context: SplitContext): Outcome {
  const at = fromIso(contact.modifiedTime) ?? fromIso(contact.createdTime) ?? context.delivery.receivedAt;
  const facts = new FactList(context, versionOf(contact, nativeKind));
  const account = objectOf(contact.account);
  const accountId = textOf(account.id);
  // A contact repeats a little of its account, which the account itself outranks.
  if (accountId && textOf(account.accountName))
    facts.account({
      nativeId: accountId,
      name: textOf(account.accountName),
      domains: textOf(account.website) ? domainsOf([account.website]) : undefined,
      version: 0,
    });
  facts.person({
    nativeId: textOf(contact.id)!,
    handleId: addPerson(facts, { at, evidence: 'zoho_contact' }, contactHandles(contact)),
    name: fullName(contact.firstName, contact.lastName),
    language: textOf(contact.language),
    country: textOf(contact.country),
    segment: textOf(contact.type),
    ownerId: addOwner(facts, contact),
    sinceAt: fromIso(contact.createdTime),
    externalIds: crmIds(contact.zohoCRMContact),
    accountIds: shownBy({ accountId, ...contact }, 'accountId', (id) => facts.accountId(id)),
    state: isGone(contact, nativeKind) ? 'deleted' : 'active',
  });
  return ok(facts.facts);
}

export function mapAccount(nativeKind: string, account: Loose, context: SplitContext): Outcome {
  const facts = new FactList(context, versionOf(account, nativeKind));
  facts.account({
    nativeId: textOf(account.id)!,
    name: textOf(account.accountName),
    domains: account.website === undefined ? undefined : domainsOf([account.website]),
    segment: textOf(account.industry),
    country: textOf(account.country),
    ownerId: addOwner(facts, account),
    sinceAt: fromIso(account.createdTime),
    externalIds: crmIds(account.zohoCRMAccount),
    url: textOf(account.webUrl),
    state: isGone(account, nativeKind) ? 'deleted' : 'active',
  });
  return ok(facts.facts);
}

/** Who works at the desk, and its departments. */
export function mapDesk(nativeKind: string, record: Loose, context: SplitContext): Outcome {
  const facts = new FactList(context, latestOf(record.modifiedTime, record.createdTime));
  const nativeId = textOf(record.id)!;
  if (nativeKind === 'department') facts.queue({ nativeId, name: textOf(record.name) });
  else facts.agent({ nativeId, name: fullName(record.firstName, record.lastName) ?? textOf(record.name) });
  return ok(facts.facts);
}

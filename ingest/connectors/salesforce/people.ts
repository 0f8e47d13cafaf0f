import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { consentOf, externalIds, shownBy } from '../../formats/crm.ts';
import { domainsOf } from '../../formats/domain.ts';
import { addPerson, fullName } from '../../formats/helpdesk.ts';
import { fromIso } from '../../formats/time.ts';
import { textOf, type Loose } from '../../formats/value.ts';
import { addOwner, contactHandles, idOf, versionOf } from './parts.ts';

const changedAt = (record: Loose, context: SplitContext): Date =>
  fromIso(record.SystemModstamp) ?? fromIso(record.CreatedDate) ?? context.delivery.receivedAt;

/** A record that was merged into another is deleted and names it; one that is restored is active again. */
function stateOf(record: Loose): 'active' | 'deleted' | 'merged' | undefined {
  if (record.IsDeleted === undefined) return undefined;
  if (record.IsDeleted !== true) return 'active';
  return idOf(record.MasterRecordId) ? 'merged' : 'deleted';
}

/** A contact, or a lead: somebody who may become a contact. */
export function mapContact(record: Loose, context: SplitContext): Outcome {
  const id = idOf(record.Id);
  if (!id) return reject('the contact has no Id');
  const at = changedAt(record, context);
  const facts = new FactList(context, versionOf(record));
  const handleId = addPerson(facts, { at, evidence: 'salesforce_contact' }, contactHandles(record));
  const isLead = id.startsWith('00Q');
  const becameId = isLead ? idOf(record.ConvertedContactId) : idOf(record.MasterRecordId);
  if (becameId) {
    const evidence = isLead ? 'salesforce_lead_converted' : 'salesforce_merge';
    facts.profile(facts.handle({ type: 'crm_id', value: becameId }), handleId, evidence, at);
  }
  facts.person({
    nativeId: id,
    handleId,
    name: textOf(record.Name) ?? fullName(record.FirstName, record.LastName),
    language: textOf(record.Language),
    country: textOf(record.MailingCountryCode) ?? textOf(record.MailingCountry) ?? textOf(record.Country),
    lifecycle: isLead ? textOf(record.Status) : undefined,
    ownerId: addOwner(facts, record).agentId,
    sinceAt: fromIso(record.CreatedDate),
    consent: consentOf(record.HasOptedOutOfEmail),
    accountIds: shownBy(record, 'AccountId', (value) => facts.accountId(idOf(value)!)),
    state: isLead && becameId ? 'merged' : stateOf(record),
    mergedIntoId: becameId && facts.personId(becameId),
  });
  return ok(facts.facts);
}

/** Kinds of messaging whose name for a person is the phone number, some with a mark before it. */
const BY_NUMBER = /^(?:text|sms|whatsapp)$/i;

/** Who writes in sessions of Messaging: the id that sessions name, the number, and the contact once it is known. */
export function mapEndUser(record: Loose, context: SplitContext): Outcome {
  const id = idOf(record.Id);
  if (!id) return reject('the user of messaging has no Id');
  const facts = new FactList(context, versionOf(record));
  const display = textOf(record.Name);
  const key = BY_NUMBER.test(textOf(record.MessageType) ?? '') ? textOf(record.MessagingPlatformKey) : undefined;
  addPerson(facts, { at: changedAt(record, context), evidence: 'salesforce_end_user' }, [
    { type: 'contact_id', value: id, display },
    { type: 'crm_id', value: idOf(record.ContactId), display },
    { type: 'phone', value: key?.replace(/^\w+:/, ''), display },
  ]);
  return ok(facts.facts);
}

/** An account; one of a person (`IsPersonAccount`) is that person. */
export function mapAccount(record: Loose, context: SplitContext): Outcome {
  const id = idOf(record.Id);
  if (!id) return reject('the account has no Id');
  if (record.IsPersonAccount === true) return mapPersonAccount(record, context);
  const facts = new FactList(context, versionOf(record));
  const [parent, master] = [idOf(record.ParentId), idOf(record.MasterRecordId)];
  facts.account({
    nativeId: id,
    name: textOf(record.Name),
    domains: record.Website === undefined ? undefined : domainsOf([record.Website]),
    segment: textOf(record.Type) ?? textOf(record.Industry),
    plan: textOf(record.Tier),
    country: textOf(record.BillingCountryCode) ?? textOf(record.BillingCountry),
    ownerId: addOwner(facts, record).agentId,
    sinceAt: fromIso(record.CreatedDate),
    parentId: parent && facts.accountId(parent),
    externalIds: record.AccountNumber === undefined ? undefined : externalIds(['', record.AccountNumber]),
    state: stateOf(record),
    mergedIntoId: master && facts.accountId(master),
  });
  return ok(facts.facts);
}

const mapPersonAccount = (record: Loose, context: SplitContext): Outcome =>
  mapContact(
    {
      ...record,
      Id: record.PersonContactId ?? record.Id,
      Email: record.PersonEmail,
      MobilePhone: record.PersonMobilePhone,
      MailingCountry: record.PersonMailingCountry,
      HasOptedOutOfEmail: record.PersonHasOptedOutOfEmail,
      AccountId: undefined,
      MasterRecordId: undefined,
    },
    context,
  );

/** `AccountContactRelation`: of one contact to several accounts; the direct one is that of the contact itself. */
export function mapRelation(record: Loose, context: SplitContext): Outcome {
  const [id, contact, account] = [idOf(record.Id), idOf(record.ContactId), idOf(record.AccountId)];
  if (!id || !contact || !account) return reject('the relation has no Id, no ContactId or no AccountId');
  const facts = new FactList(context, versionOf(record));
  facts.membership({
    nativeId: id,
    personId: facts.personId(contact),
    accountId: facts.accountId(account),
    title: textOf(record.Roles),
    isPrimary: typeof record.IsDirect === 'boolean' ? record.IsDirect : undefined,
    startedAt: dayOf(record.StartDate),
    endedAt: dayOf(record.EndDate),
    state: record.IsDeleted === true || record.IsActive === false ? 'deleted' : 'active',
  });
  return ok(facts.facts);
}

/** A day without a time, e.g. `2026-01-31`, is taken to begin at midnight UTC. */
const dayOf = (value: unknown): Date | undefined =>
  fromIso(value) ?? fromIso(textOf(value) && `${textOf(value)}T00:00:00Z`);

import { ok, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { externalIds, shownBy } from '../../formats/crm.ts';
import { domainsOf } from '../../formats/domain.ts';
import { addPerson } from '../../formats/helpdesk.ts';
import type { Loose } from '../../formats/value.ts';
import { referenceOf, timeOf, valueOf } from './field.ts';

/** The reference with its id alone, however it was sent, so that a missing one can be told from an empty one. */
const plain = (record: Loose, field: string): Loose => ({
  ...(record[field] !== undefined && { [field]: referenceOf(record[field]) ?? null }),
});

const activity = (record: Loose): 'active' | 'deleted' | undefined =>
  valueOf(record.active) === undefined ? undefined : valueOf(record.active) === 'false' ? 'deleted' : 'active';

/** Who is in the directory and not the caller works on the task; a contact of a customer never does. */
const roleOf = (record: Loose) => (valueOf(record.sys_class_name) === 'customer_contact' ? 'customer' : 'agent');

/** A user of the platform or a contact of a customer; which company is theirs stands in `account` or `company`. */
export function mapUser(record: Loose, context: SplitContext): Outcome {
  const at = timeOf(record.sys_updated_on) ?? context.delivery.receivedAt;
  const facts = new FactList(context, at.getTime());
  const display = valueOf(record.name);
  const userName = valueOf(record.user_name);
  const handleId = addPerson(facts, { at, evidence: 'servicenow_user' }, [
    { type: 'contact_id', value: valueOf(record.sys_id), display },
    { type: 'contact_id', value: userName && `user_name/${userName}`, display, role: roleOf(record) },
    { type: 'email', value: valueOf(record.email), display },
    { type: 'phone', value: valueOf(record.mobile_phone), display },
    { type: 'phone', value: valueOf(record.phone), display },
  ]);
  const field = valueOf(record.account) === undefined ? 'company' : 'account';
  facts.person({
    nativeId: valueOf(record.sys_id)!,
    handleId,
    name: display,
    language: valueOf(record.preferred_language),
    country: valueOf(record.country),
    sinceAt: timeOf(record.sys_created_on),
    accountIds: shownBy(plain(record, field), field, (id) => facts.accountId(id)),
    state: activity(record),
  });
  return ok(facts.facts);
}

/** A company, or a customer account, which is one. */
export function mapCompany(record: Loose, context: SplitContext): Outcome {
  const at = timeOf(record.sys_updated_on) ?? context.delivery.receivedAt;
  const facts = new FactList(context, at.getTime());
  const parent = referenceOf(record.account_parent) ?? referenceOf(record.parent);
  facts.account({
    nativeId: valueOf(record.sys_id)!,
    name: valueOf(record.name),
    domains: record.website === undefined ? undefined : domainsOf([valueOf(record.website)]),
    segment: valueOf(record.industry),
    country: valueOf(record.country),
    sinceAt: timeOf(record.sys_created_on),
    parentId: parent && facts.accountId(parent),
    externalIds: record.number === undefined ? undefined : externalIds(['', valueOf(record.number)]),
    state: activity(record),
  });
  return ok(facts.facts);
}

/** A group that tasks are assigned to. */
export function mapGroup(record: Loose, context: SplitContext): Outcome {
  const at = timeOf(record.sys_updated_on) ?? context.delivery.receivedAt;
  const facts = new FactList(context, at.getTime());
  facts.queue({ nativeId: valueOf(record.sys_id)!, name: valueOf(record.name) });
  return ok(facts.facts);
}

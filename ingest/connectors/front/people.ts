import { ok, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList, type HandleInput } from '../../fact-list.ts';
import { externalIds } from '../../formats/crm.ts';
import { domainsOf } from '../../formats/domain.ts';
import { addPerson } from '../../formats/helpdesk.ts';
import { fromEpoch } from '../../formats/time.ts';
import { objectOf, objectsOf, tableOf, textOf, type Loose } from '../../formats/value.ts';

const ADDRESSES = tableOf<'email' | 'phone'>({ email: 'email', phone: 'phone' });

const changedAt = (record: Loose, context: SplitContext): Date =>
  fromEpoch(record.updated_at ?? null) ?? context.delivery.receivedAt;

/** A contact stands under its account, or came in the list of the contacts of one (`…/accounts/<id>/contacts`). */
const accountOf = (record: Loose, { delivery }: SplitContext): string | undefined =>
  textOf(objectOf(record.account).id) ??
  /(acc_\w+)/.exec(textOf(objectOf(objectOf(record._links).related).account) ?? '')?.[1] ??
  /accounts\/(acc_\w+)\/contacts/.exec(delivery.name ?? '')?.[1];

export function mapContact(record: Loose, context: SplitContext): Outcome {
  const at = changedAt(record, context);
  const facts = new FactList(context, at.getTime());
  const display = textOf(record.name);
  const addresses = objectsOf(record.handles).flatMap(({ source, handle }): HandleInput[] => {
    const type = ADDRESSES[textOf(source) ?? ''];
    return type ? [{ type, value: textOf(handle), display }] : [];
  });
  const handleId = addPerson(facts, { at, evidence: 'front_contact' }, [
    { type: 'contact_id', value: textOf(record.id), display },
    ...addresses,
  ]);
  const account = accountOf(record, context);
  facts.person({
    nativeId: textOf(record.id)!,
    handleId,
    name: display,
    accountIds: account ? [facts.accountId(account)] : undefined,
    state: 'active',
  });
  return ok(facts.facts);
}

export function mapAccount(record: Loose, context: SplitContext): Outcome {
  const facts = new FactList(context, changedAt(record, context).getTime());
  facts.account({
    nativeId: textOf(record.id)!,
    name: textOf(record.name),
    domains: Array.isArray(record.domains) ? domainsOf(record.domains) : undefined,
    sinceAt: fromEpoch(record.created_at ?? null),
    externalIds: record.external_id === undefined ? undefined : externalIds(['', record.external_id]),
    state: 'active',
  });
  return ok(facts.facts);
}

/** Words and names of what comes from Twitter may not be passed on: a mark stands for them. */
export const said = (value: unknown): unknown => (value === '[REDACTED]' ? undefined : value);

/** Who wrote or was written to, in a conversation as its customer. */
export function addRecipient(facts: FactList, recipient: Loose, threadId: string, at: Date): string | undefined {
  const value = textOf(said(recipient.handle));
  const contact = /(crd_\w+)/.exec(textOf(objectOf(objectOf(recipient._links).related).contact) ?? '')?.[1];
  const display = textOf(said(recipient.name));
  return addPerson(facts, { threadId, at, evidence: 'front_contact' }, [
    {
      type: value?.includes('@') ? 'email' : /^\+?\d[\d ()-]{5,}$/.test(value ?? '') ? 'phone' : 'social_id',
      value,
      display,
    },
    { type: 'contact_id', value: contact, display },
  ]);
}

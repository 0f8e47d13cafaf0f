import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { objectsOf, textOf, type Loose } from '../../formats/value.ts';
import { externalIds, shownBy } from '../../formats/crm.ts';
import { roleOfUser, timeOf, userHandle, versionOf } from './parts.ts';

/**
 * A user is the directory's word on a person: it tells who wrote what a comment alone does not tell, whichever comes
 * first.
 */
export function mapUser(user: Loose, context: SplitContext): Outcome {
  const userId = textOf(user.id);
  if (!userId) return reject('the user has no id');
  const at = timeOf(user.created_at) ?? timeOf(user.updated_at) ?? context.delivery.receivedAt;
  const role = roleOfUser(user.role);
  const name = textOf(user.name);
  const facts = new FactList(context, versionOf(user));
  const handle = userHandle(facts, userId, name, role);
  if (role === 'agent') facts.agent({ nativeId: userId, ...(name && { name }) });
  else
    for (const address of addressesOf(user))
      facts.profile(handle, facts.handle({ ...address, display: name }), 'zendesk_user', at);
  if (role !== 'agent') addRecord(facts, user, userId, handle);
  return ok(facts.facts);
}

/** What the directory knows of an end user; one who was deleted, or merged into another, is not active any more. */
function addRecord(facts: FactList, user: Loose, userId: string, handleId: string | undefined): void {
  facts.person({
    nativeId: userId,
    handleId,
    name: textOf(user.name),
    language: textOf(user.locale),
    sinceAt: timeOf(user.created_at),
    externalIds: user.external_id === undefined ? undefined : externalIds(['', user.external_id]),
    accountIds: shownBy(user, 'organization_id', (id) => facts.accountId(id)),
    state: user.active === undefined ? undefined : isNo(user.active) ? 'deleted' : 'active',
  });
}

const isNo = (value: unknown): boolean => value === false || textOf(value)?.toLowerCase() === 'false';

type Address = { type: 'email' | 'phone' | 'crm_id'; value: string };

/** A shared phone number belongs to a site, not to a person. */
function addressesOf(user: Loose): Address[] {
  const phone = user.shared_phone_number === true ? undefined : textOf(user.phone);
  const identities = objectsOf(user.identities).flatMap(({ type, value }) =>
    type === 'email' ? [['email', value]] : type === 'phone_number' ? [['phone', value]] : [],
  );
  return [['email', user.email], ['phone', phone], ['crm_id', user.external_id], ...identities].flatMap(
    ([type, value]) => {
      const text = textOf(value);
      return text === undefined ? [] : [{ type, value: text } as Address];
    },
  );
}

export function mapGroup(group: Loose, context: SplitContext): Outcome {
  const nativeId = textOf(group.id);
  const name = textOf(group.name);
  if (!nativeId || !name) return reject('the group has no id or no name');
  const facts = new FactList(context, versionOf(group));
  facts.queue({ nativeId, name });
  return ok(facts.facts);
}

import { ok, reject, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { externalIds } from '../../formats/crm.ts';
import { domainsOf } from '../../formats/domain.ts';
import { objectOf, textOf, type Loose } from '../../formats/value.ts';
import { timeOf, userHandle, versionOf } from './parts.ts';

/** An organization of a page, an export or an event; its domains are those whose users Zendesk puts into it. */
export function mapOrganization(organization: Loose, context: SplitContext): Outcome {
  const id = textOf(organization.id);
  if (!id) return reject('the organization has no id');
  const facts = new FactList(context, versionOf(organization));
  const { domain_names: domains, external_id: externalId } = organization;
  facts.account({
    nativeId: id,
    name: textOf(organization.name),
    domains: Array.isArray(domains) ? domainsOf(domains) : undefined,
    sinceAt: timeOf(organization.created_at),
    externalIds: externalId === undefined ? undefined : externalIds(['', externalId]),
    state: textOf(organization.deleted_at) ? 'deleted' : 'active',
  });
  return ok(facts.facts);
}

/** That a user belongs to an organization: a user can belong to several, one of which is the default. */
export function mapMembership(membership: Loose, context: SplitContext): Outcome {
  const [user, organization] = [textOf(membership.user_id), textOf(membership.organization_id)];
  if (!user || !organization) return reject('the membership names no user or no organization');
  const facts = new FactList(context, versionOf(membership));
  facts.person({ nativeId: user, handleId: userHandle(facts, user) });
  facts.membership({
    nativeId: `${user}/${organization}`,
    personId: facts.personId(user),
    accountId: facts.accountId(organization),
    isPrimary: typeof membership.default === 'boolean' ? membership.default : undefined,
    startedAt: timeOf(membership.created_at),
    state: membership.isOver === true ? 'deleted' : 'active',
  });
  return ok(facts.facts);
}

/** Events that a user came into an organization or left it. */
export const membershipOf = (payload: Loose): Loose => ({
  user_id: objectOf(payload.detail).id,
  organization_id: objectOf(objectOf(payload.event).organization).id,
  updated_at: payload.time,
  isOver: /deleted|removed/.test(textOf(payload.type) ?? ''),
});

import { drop, ok, type Outcome, type SplitContext } from '../../connector.ts';
import { FactList } from '../../fact-list.ts';
import { addPerson } from '../../formats/helpdesk.ts';
import { textOf, type Loose } from '../../formats/value.ts';
import type { RoleName } from '../../records.ts';

/** Kinds of member that have no account of a company: people on Skype or with an account of their own, and passers-by. */
const PRIVATE =
  /(anonymousGuest|skypeUser|microsoftAccountUser|phoneUser|azureCommunicationServicesUser)ConversationMember$/i;

/** A member of a chat, channel or team. */
export const isMember = (record: Loose): boolean =>
  /conversationMember$/i.test(textOf(record['@odata.type']) ?? '') ||
  (Array.isArray(record.roles) && record.userId !== undefined);

/** A guest of our tenant has an account in it and still is no member of the company. */
const isGuest = ({ roles }: Loose): boolean => Array.isArray(roles) && roles.includes('guest');

/**
 * Who somebody is, of whom messages give no more than an id. `roleOf` says it of the users of a message; where it cannot,
 * a guest and a private account are customers, and others stay unknown: `owner` says who opened a chat, not for whom.
 */
export function mapMember(
  member: Loose,
  context: SplitContext,
  roleOf: (user: { id: string; tenantId: unknown }) => RoleName | undefined,
): Outcome {
  // Each kind has an id of its own.
  const [id] = [member.userId, member.anonymousGuestId, member.skypeId, member.azureCommunicationServicesId].flatMap(
    (each) => textOf(each) ?? [],
  );
  if (!id) return drop('a member without an id, which no message names');
  const isOutside = isGuest(member) || PRIVATE.test(textOf(member['@odata.type']) ?? '');
  // A guest stands in our tenant, so that the tenant says nothing of them.
  const role =
    roleOf({ id, tenantId: isOutside ? undefined : member.tenantId }) ?? (isOutside ? 'customer' : undefined);
  const at = context.delivery.receivedAt;
  const facts = new FactList(context, at.getTime());
  const display = textOf(member.displayName);
  const handle = { type: 'work_chat_id', value: id, display } as const;
  facts.handle({ ...handle, ...(role && { role }) });
  if (role === 'agent') facts.agent({ nativeId: id, name: display });
  if (role === 'customer')
    addPerson(facts, { at, evidence: 'microsoft_teams_member' }, [
      handle,
      { type: 'email', value: textOf(member.email), display },
    ]);
  return ok(facts.facts);
}

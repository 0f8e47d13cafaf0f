import type { CustomerAccount, CustomerDetail, ProfileRecord } from '../../../api/schemas/customers.ts';
import { accountName } from '../../account-name.ts';
import { formatDayYear, formatSegment, titleOf } from '../../format.ts';
import { accountPath } from '../../router.ts';

/** Words for what a source says about writing to a customer unasked. */
const consents: Readonly<Record<string, string>> = {
  opted_in: 'agreed to be written to',
  opted_out: 'must not be written to',
  not_asked: 'has not agreed to be written to',
};

/** What CRMs and helpdesks know of this customer: the account, a few fields, and their records. */
export function Profile({ detail: { profile, accounts, records } }: { detail: CustomerDetail }) {
  const fields: [string, string | null][] = [
    ['Language', profile?.language ?? null],
    ['Country', profile?.country ?? null],
    ['Segment', profile?.segment ? formatSegment(profile.segment) : null],
    ['Stage', profile?.lifecycle ?? null],
    ['Looked after by', profile?.owner ?? null],
    ['Known since', profile?.sinceAt ? formatDayYear(profile.sinceAt) : null],
    ['Consent', profile?.consent ? (consents[profile.consent] ?? profile.consent) : null],
  ];
  return (
    <>
      <ul class="lines">
        {accounts.map((account) => (
          <AccountLine key={account.id} account={account} />
        ))}
      </ul>
      <dl class="field-list small">
        {fields.map(
          ([title, value]) =>
            value !== null && (
              <div key={title}>
                <dt class="faint">{title}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <ul class="small soft">
        {records.map((record) => (
          <li key={`${record.source}/${record.nativeId}`}>{recordWords(record)}</li>
        ))}
      </ul>
    </>
  );
}

function AccountLine({ account }: { account: CustomerAccount }) {
  return (
    <li>
      <a href={accountPath(account.id)}>{accountName(account.id, account.name, account.domains)}</a>
      {account.title && <span class="soft"> as {account.title}</span>}
      {!account.isCurrent && <span class="tag">Former</span>}
      <span class="small soft block">{membershipWords(account)}</span>
    </li>
  );
}

/** How it is known that somebody belongs to an account. */
export function membershipWords(
  member: Pick<CustomerAccount, 'evidence' | 'source' | 'detail' | 'startedAt' | 'endedAt'>,
): string {
  const why =
    member.evidence === 'email_domain'
      ? `by the e-mail domain ${member.detail}, which ${member.source} gives to this account`
      : `as ${member.source} has it`;
  const from = member.startedAt ? `, since ${formatDayYear(member.startedAt)}` : '';
  return `${why}${from}${member.endedAt ? `, until ${formatDayYear(member.endedAt)}` : ''}`;
}

function recordWords({ source, nativeId, state, mergedInto, externalIds }: ProfileRecord): string {
  const other = externalIds.length > 0 ? ` (${externalIds.join(', ')})` : '';
  if (state === 'merged') return `${nativeId} in ${source}, merged into ${mergedInto ?? 'another record'}`;
  return `${nativeId} in ${source}${other}${state === 'active' ? '' : `, ${titleOf(state).toLowerCase()}`}`;
}

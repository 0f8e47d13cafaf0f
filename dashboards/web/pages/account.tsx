import type { AccountDetail } from '../../api/schemas/accounts.ts';
import { accountName } from '../account-name.ts';
import { api } from '../api.ts';
import { Matters } from '../components/matters.tsx';
import { Page } from '../components/page.tsx';
import { LoadedContent, Panel } from '../components/panel.tsx';
import { Sentiment } from '../components/sentiment.tsx';
import { TitledFigure } from '../components/titled-figure.tsx';
import { withFilters } from '../filters.ts';
import { formatDayYear, formatSegment, plural } from '../format.ts';
import { filters, freshness } from '../live.ts';
import { accountPath } from '../router.ts';
import { useData } from '../use-data.ts';
import { Members } from './account/members.tsx';
import { Records } from './account/records.tsx';
import { AccountRisk } from './accounts/account-table.tsx';

/** Which company is this, who are its people, and how are they? */
export function Account({ id }: { id: string }) {
  const loaded = useData(freshness.value && `${id}/${freshness.value}`, (signal) => api.account(id, { signal }));
  const title = loaded.data ? nameOf(loaded.data) : 'Account';
  return (
    <Page title={title} trail={<a href={withFilters('/accounts', filters.value)}>Accounts</a>}>
      <LoadedContent loaded={loaded} height={600}>
        {(detail) => <Content detail={detail} onChange={loaded.reload} />}
      </LoadedContent>
    </Page>
  );
}

const nameOf = ({ account }: AccountDetail): string => accountName(account.id, account.name, account.domains);

function Content({ detail, onChange }: { detail: AccountDetail; onChange: () => void }) {
  return (
    <div class="conversation">
      <div class="conversation-main">
        <Summary detail={detail} />
        <Panel title="Customers" note="who belong to this account" isFlush>
          <Members detail={detail} />
        </Panel>
      </div>
      <aside class="conversation-side" aria-label="About this account">
        <Panel title="Records" note="and why they are one company">
          <Records detail={detail} onChange={onChange} />
        </Panel>
      </aside>
    </div>
  );
}

/** The company in one sentence and a few figures. */
function Summary({ detail: { account, parentName } }: { detail: AccountDetail }) {
  return (
    <section class="panel history" aria-label="Summary">
      <p class="history-words">
        {accountWords(account)}
        {account.parentAccountId !== null && (
          <>
            {' '}
            Part of{' '}
            <a href={accountPath(account.parentAccountId)}>{accountName(account.parentAccountId, parentName)}</a>.
          </>
        )}
      </p>
      <dl class="figure-row">
        <TitledFigure title="Customers">
          <a href={withFilters('/customers', filters.value, { account: account.id })}>{account.memberCount}</a>
        </TitledFigure>
        <TitledFigure title="Conversations">{account.interactionCount}</TitledFigure>
        <TitledFigure title="Matters">
          <Matters row={account} />
        </TitledFigure>
        <TitledFigure title="Recent sentiment">
          <Sentiment score={account.sentimentRecent} />
        </TitledFigure>
        <TitledFigure title="Highest churn risk">
          <AccountRisk row={account} />
        </TitledFigure>
        {account.leftCount > 0 && <TitledFigure title="Have left">{account.leftCount}</TitledFigure>}
      </dl>
    </section>
  );
}

/** What is known of a company, as a colleague would say it. */
export function accountWords(account: AccountDetail['account']): string {
  const since = account.sinceAt ? `Known since ${formatDayYear(account.sinceAt)}` : 'Known';
  const about = [
    account.segment && formatSegment(account.segment),
    account.country,
    account.plan && `plan ${account.plan}`,
  ]
    .filter(Boolean)
    .join(', ');
  const owner = account.owner ? ` Looked after by ${account.owner}.` : '';
  const domains = account.domains.length > 0 ? ` Writes from ${account.domains.join(', ')}.` : '';
  const records = `${plural(account.recordCount, 'record')} in ${account.sources.join(', ')}`;
  return `${since} by ${records}${about ? ` (${about})` : ''}.${owner}${domains}`;
}

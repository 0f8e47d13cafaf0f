import { useState } from 'preact/hooks';
import { accountOrders, accountParameters, readAccountState, writeAccountState } from '../account-query.ts';
import type { AccountListState } from '../account-query.ts';
import { api, type QueryParameters } from '../api.ts';
import { CursorPages } from '../components/cursor-pages.tsx';
import { Page } from '../components/page.tsx';
import { LoadedContent } from '../components/panel.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Empty } from '../components/states.tsx';
import { withFilters } from '../filters.ts';
import { plural } from '../format.ts';
import { filters, freshness } from '../live.ts';
import { navigate, place } from '../router.ts';
import { useData } from '../use-data.ts';
import { AccountTable } from './accounts/account-table.tsx';

const pageSize = 50;

const setState = (state: AccountListState): void =>
  navigate(withFilters('/accounts', filters.value, writeAccountState(state)), { replace: true });

/** Which companies are about to leave? */
export function Accounts() {
  const state = readAccountState(place.value.search);
  const parameters = accountParameters(state);
  return (
    <Page title="Accounts" trail={<a href={withFilters('/customers', filters.value)}>Customers</a>}>
      <section class="panel">
        <Tools state={state} />
        {/* A new question starts at its first page. */}
        <List key={JSON.stringify(parameters)} parameters={parameters} />
      </section>
    </Page>
  );
}

function Tools({ state }: { state: AccountListState }) {
  return (
    <div class="list-tools">
      <SearchField label="Name, domain or id" text={state.text} onChange={(text) => setState({ ...state, text })} />
      <span class="list-tools-end">
        <select
          class="field"
          aria-label="Order"
          value={state.sort}
          onChange={(event) => setState({ ...state, sort: event.currentTarget.value as AccountListState['sort'] })}
        >
          {Object.entries(accountOrders).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}

function List({ parameters }: { parameters: QueryParameters }) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const key = freshness.value && JSON.stringify([parameters, cursor, freshness.value]);
  const loaded = useData(key, (signal) => api.accounts({ ...parameters, limit: pageSize, cursor }, { signal }));
  return (
    <LoadedContent loaded={loaded} height={480}>
      {(list) =>
        list.accounts.length === 0 ? (
          <Nobody isAsked={parameters.text !== undefined} />
        ) : (
          <>
            <AccountTable rows={list.accounts} />
            <CursorPages
              count={list.accounts.length}
              total={plural(list.total, 'account')}
              nextCursor={list.nextCursor}
              pageSize={pageSize}
              cursors={cursors}
              onMove={setCursors}
            />
          </>
        )
      }
    </LoadedContent>
  );
}

function Nobody({ isAsked }: { isAsked: boolean }) {
  if (!isAsked)
    return (
      <Empty title="No accounts yet" icon="customers">
        They appear as a CRM or helpdesk tells of companies.
      </Empty>
    );
  return (
    <Empty title="No accounts match" icon="customers">
      Try fewer letters, or <a href={withFilters('/accounts', filters.value)}>show all</a>.
    </Empty>
  );
}

import { accountOrders, accountParameters, readAccountState, writeAccountState } from '../account-query.ts';
import type { AccountListState } from '../account-query.ts';
import { api } from '../api.ts';
import { OrderField } from '../components/order-field.tsx';
import { Page } from '../components/page.tsx';
import { PagedList } from '../components/paged-list.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Empty } from '../components/states.tsx';
import { withFilters } from '../filters.ts';
import { filters } from '../live.ts';
import { navigate, place } from '../router.ts';
import { AccountTable } from './accounts/account-table.tsx';

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
        <PagedList
          key={JSON.stringify(parameters)}
          parameters={parameters}
          load={api.accounts}
          rowsOf={(list) => list.accounts}
          noun="account"
          empty={<Nobody isAsked={parameters.text !== undefined} />}
        >
          {(rows) => <AccountTable rows={rows} />}
        </PagedList>
      </section>
    </Page>
  );
}

function Tools({ state }: { state: AccountListState }) {
  return (
    <div class="list-tools">
      <SearchField label="Name, domain or id" text={state.text} onChange={(text) => setState({ ...state, text })} />
      <span class="list-tools-end">
        <OrderField value={state.sort} orders={accountOrders} onChange={(sort) => setState({ ...state, sort })} />
      </span>
    </div>
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

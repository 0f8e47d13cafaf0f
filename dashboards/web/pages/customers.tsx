import { api } from '../api.ts';
import { Page } from '../components/page.tsx';
import { PagedList } from '../components/paged-list.tsx';
import { Empty } from '../components/states.tsx';
import {
  customerParameters,
  readCustomerState,
  writeCustomerState,
  type CustomerListState,
} from '../customer-query.ts';
import { withFilters } from '../filters.ts';
import { filters } from '../live.ts';
import { navigate, place } from '../router.ts';
import { OfAccount } from './customers/of-account.tsx';
import { CustomerTable } from './customers/customer-table.tsx';
import { CustomerTools } from './customers/customer-tools.tsx';

const setState = (state: CustomerListState): void =>
  navigate(withFilters('/customers', filters.value, writeCustomerState(state)), { replace: true });

/** Who is about to leave, and why? */
export function Customers() {
  const state = readCustomerState(place.value.search);
  const parameters = customerParameters(state);
  return (
    <Page
      title="Customers"
      actions={
        <a class="button" href={withFilters('/accounts', filters.value)}>
          Accounts
        </a>
      }
    >
      <section class="panel">
        <CustomerTools state={state} onChange={setState} />
        {state.account !== undefined && (
          <OfAccount
            id={state.account}
            onRemove={() => setState({ text: state.text, band: state.band, sort: state.sort })}
          />
        )}
        {/* A new question starts at its first page. */}
        <PagedList
          key={JSON.stringify(parameters)}
          parameters={parameters}
          load={api.customers}
          rowsOf={(list) => list.customers}
          noun="customer"
          empty={<Nobody isAsked={isNarrowed(state)} />}
        >
          {(rows) => <CustomerTable rows={rows} />}
        </PagedList>
      </section>
    </Page>
  );
}

const isNarrowed = ({ text, band, account }: CustomerListState): boolean =>
  text !== '' || band !== undefined || account !== undefined;

function Nobody({ isAsked }: { isAsked: boolean }) {
  if (!isAsked)
    return (
      <Empty title="No customers yet" icon="customers">
        They appear as conversations come in.
      </Empty>
    );
  return (
    <Empty title="No customers match" icon="customers">
      Try fewer letters, or <a href={withFilters('/customers', filters.value)}>show everyone</a>.
    </Empty>
  );
}

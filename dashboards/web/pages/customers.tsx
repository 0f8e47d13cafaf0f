import { useState } from 'preact/hooks';
import { api, type QueryParameters } from '../api.ts';
import { CursorPages } from '../components/cursor-pages.tsx';
import { Page } from '../components/page.tsx';
import { LoadedContent } from '../components/panel.tsx';
import { Empty } from '../components/states.tsx';
import {
  customerParameters,
  readCustomerState,
  writeCustomerState,
  type CustomerListState,
} from '../customer-query.ts';
import { withFilters } from '../filters.ts';
import { plural } from '../format.ts';
import { filters, freshness } from '../live.ts';
import { navigate, place } from '../router.ts';
import { useData } from '../use-data.ts';
import { OfAccount } from './customers/of-account.tsx';
import { CustomerTable } from './customers/customer-table.tsx';
import { CustomerTools } from './customers/customer-tools.tsx';

const pageSize = 50;

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
        <List key={JSON.stringify(parameters)} parameters={parameters} />
      </section>
    </Page>
  );
}

function List({ parameters }: { parameters: QueryParameters }) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const key = freshness.value && JSON.stringify([parameters, cursor, freshness.value]);
  const loaded = useData(key, (signal) => api.customers({ ...parameters, limit: pageSize, cursor }, { signal }));
  return (
    <LoadedContent loaded={loaded} height={480}>
      {(list) =>
        list.customers.length === 0 ? (
          <Nobody
            isAsked={
              parameters.text !== undefined || parameters.churnBand !== undefined || parameters.account !== undefined
            }
          />
        ) : (
          <>
            <CustomerTable rows={list.customers} />
            <CursorPages
              count={list.customers.length}
              total={plural(list.total, 'customer')}
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

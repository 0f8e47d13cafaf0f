import type { CustomerDetail } from '../../api/schemas/customers.ts';
import { api } from '../api.ts';
import { Page } from '../components/page.tsx';
import { LoadedContent, Panel } from '../components/panel.tsx';
import { customerName } from '../customer-name.ts';
import { withFilters } from '../filters.ts';
import { filters, freshness } from '../live.ts';
import { useData } from '../use-data.ts';
import { ChurnRisk } from './customer/churn-risk.tsx';
import { Episodes } from './customer/episodes.tsx';
import { Handles } from './customer/handles.tsx';
import { History } from './customer/history.tsx';
import { Lanes } from './customer/lanes.tsx';
import { Profile } from './customer/profile.tsx';

/** Who is this, and what have they been through? */
export function Customer({ id }: { id: string }) {
  const loaded = useData(freshness.value && `${id}/${freshness.value}`, (signal) => api.customer(id, { signal }));
  const title = loaded.data ? nameOf(loaded.data) : 'Customer';
  return (
    <Page title={title} trail={<a href={withFilters('/customers', filters.value)}>Customers</a>}>
      <LoadedContent loaded={loaded} height={600}>
        {(detail) => <Content detail={detail} onChange={loaded.reload} />}
      </LoadedContent>
    </Page>
  );
}

const nameOf = ({ customer }: CustomerDetail): string => customerName(customer.id, customer.displayName);

function Content({ detail, onChange }: { detail: CustomerDetail; onChange: () => void }) {
  return (
    <div class="conversation">
      <div class="conversation-main">
        <History detail={detail} />
        <Panel title="Contacts over time" note="a thread joins those about one matter">
          <Lanes detail={detail} />
        </Panel>
        <Episodes detail={detail} />
      </div>
      <aside class="conversation-side" aria-label="About this customer">
        <Panel title="Churn risk">
          <ChurnRisk detail={detail} />
        </Panel>
        {(detail.profile || detail.accounts.length > 0) && (
          <Panel title="Profile" note="from the records of CRMs and helpdesks">
            <Profile detail={detail} />
          </Panel>
        )}
        <Panel title="Handles" note="and why they belong together">
          <Handles detail={detail} onChange={onChange} />
        </Panel>
      </aside>
    </div>
  );
}

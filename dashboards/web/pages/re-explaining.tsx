import { Page } from '../components/page.tsx';
import { ReasonTabs } from '../components/reason-tabs.tsx';
import { withFilters } from '../filters.ts';
import { filters } from '../live.ts';
import { ByReason } from './re-explaining/by-reason.tsx';
import { Cases } from './re-explaining/cases.tsx';
import { Paths } from './re-explaining/paths.tsx';
import { Rate } from './re-explaining/rate.tsx';

/** How often do customers have to say again what they have said, and where? */
export function ReExplaining() {
  return (
    <Page title="Re-explaining" trail={<a href={withFilters('/reasons', filters.value)}>Reasons</a>} isFiltered>
      <ReasonTabs here="/reasons/re-explaining" />
      <Rate />
      <div class="grid">
        <Paths />
        <ByReason />
      </div>
      <Cases />
    </Page>
  );
}

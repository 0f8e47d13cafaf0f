import { api } from '../api.ts';
import { Page } from '../components/page.tsx';
import { PagedList } from '../components/paged-list.tsx';
import { Empty } from '../components/states.tsx';
import { listParameters, readListState, writeListState, type ListState } from '../conversation-query.ts';
import { withFilters } from '../filters.ts';
import { filters } from '../live.ts';
import { currentBounds } from '../query.ts';
import { navigate, place } from '../router.ts';
import { ConversationTable } from './conversations/conversation-table.tsx';
import { exportConversations } from './conversations/export.ts';
import { ListTools } from './conversations/list-tools.tsx';

const setState = (state: ListState): void =>
  navigate(withFilters('/conversations', filters.value, writeListState(state)), { replace: true });

/** Show me them: search, filter, sort, page, export. */
export function Conversations() {
  const state = readListState(place.value.search);
  const bounds = currentBounds();
  const parameters = bounds && listParameters(filters.value, bounds, state);
  return (
    <Page title="Conversations" isFiltered>
      <section class="panel">
        <ListTools state={state} onChange={setState} onExport={() => parameters && exportConversations(parameters)} />
        {/* A new question starts at its first page. */}
        <PagedList
          key={JSON.stringify(parameters)}
          parameters={parameters}
          load={api.interactions}
          rowsOf={(list) => list.interactions}
          noun="conversation"
          empty={
            <Empty title="No conversations match" icon="conversations">
              Try fewer words, a longer period, or <a href="/conversations">clear all filters</a>.
            </Empty>
          }
        >
          {(rows) => <ConversationTable rows={rows} />}
        </PagedList>
      </section>
    </Page>
  );
}

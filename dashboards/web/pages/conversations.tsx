import { useState } from 'preact/hooks';
import { api } from '../api.ts';
import { CursorPages } from '../components/cursor-pages.tsx';
import { Page } from '../components/page.tsx';
import { LoadedContent } from '../components/panel.tsx';
import { Empty } from '../components/states.tsx';
import { listParameters, readListState, writeListState, type ListState } from '../conversation-query.ts';
import { withFilters } from '../filters.ts';
import { plural } from '../format.ts';
import { filters, freshness } from '../live.ts';
import { currentBounds } from '../query.ts';
import { navigate, place } from '../router.ts';
import { useData } from '../use-data.ts';
import { ConversationTable } from './conversations/conversation-table.tsx';
import { exportConversations } from './conversations/export.ts';
import { ListTools } from './conversations/list-tools.tsx';

const pageSize = 50;

const setState = (state: ListState): void =>
  navigate(withFilters('/conversations', filters.value, writeListState(state)), { replace: true });

/** Show me them: search, filter, sort, page, export. */
export function Conversations() {
  const state = readListState(place.value.search);
  const bounds = currentBounds();
  const parameters = bounds && listParameters(filters.value, bounds, state);
  const question = parameters && JSON.stringify(parameters);
  return (
    <Page title="Conversations" isFiltered>
      <section class="panel">
        <ListTools state={state} onChange={setState} onExport={() => parameters && exportConversations(parameters)} />
        {/* A new question starts at its first page. */}
        <List key={question} parameters={parameters} />
      </section>
    </Page>
  );
}

function List({ parameters }: { parameters: ReturnType<typeof listParameters> | undefined }) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const key = parameters && JSON.stringify([parameters, cursor, freshness.value]);
  const loaded = useData(key, (signal) => api.interactions({ ...parameters, limit: pageSize, cursor }, { signal }));
  return (
    <LoadedContent loaded={loaded} height={480}>
      {(list) =>
        list.interactions.length === 0 ? (
          <Empty title="No conversations match" icon="conversations">
            Try fewer words, a longer period, or <a href="/conversations">clear all filters</a>.
          </Empty>
        ) : (
          <>
            <ConversationTable rows={list.interactions} />
            <CursorPages
              count={list.interactions.length}
              total={plural(list.total, 'conversation')}
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

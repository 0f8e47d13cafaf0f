import { useState } from 'preact/hooks';
import type { InteractionList } from '../../api/schemas/interactions.ts';
import { api } from '../api.ts';
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
            <Foot list={list} start={cursors.length * pageSize} onMove={setCursors} cursors={cursors} />
          </>
        )
      }
    </LoadedContent>
  );
}

interface FootProps {
  readonly list: InteractionList;
  readonly start: number;
  readonly cursors: readonly string[];
  readonly onMove: (cursors: readonly string[]) => void;
}

function Foot({ list, start, cursors, onMove }: FootProps) {
  const move = (next: readonly string[]) => {
    onMove(next);
    window.scrollTo(0, 0);
  };
  return (
    <div class="table-foot">
      <span class="faint figures">
        {start + 1} to {start + list.interactions.length} of {plural(list.total, 'conversation')}
      </span>
      <span class="table-actions">
        <button
          type="button"
          class="button quiet small"
          disabled={cursors.length === 0}
          onClick={() => move(cursors.slice(0, -1))}
        >
          Previous
        </button>
        <button
          type="button"
          class="button quiet small"
          disabled={list.nextCursor === null}
          onClick={() => list.nextCursor && move([...cursors, list.nextCursor])}
        >
          Next
        </button>
      </span>
    </div>
  );
}

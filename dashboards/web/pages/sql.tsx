import { useEffect, useState } from 'preact/hooks';
import type { SqlResult } from '../../api/schemas/sql.ts';
import { api } from '../api.ts';
import { Page } from '../components/page.tsx';
import { errorText } from '../error-text.ts';
import { navigate, place } from '../router.ts';
import { sqlAddress } from '../saved-sql.ts';
import { useData } from '../use-data.ts';
import { SqlEditor } from './sql/editor.tsx';
import { SqlResults } from './sql/results.tsx';
import { SavedQueries } from './sql/saved-queries.tsx';
import { SchemaTree } from './sql/schema-tree.tsx';

const firstQuery = `select
  channel,
  count(*) as contacts,
  avg(sentiment) as mean_sentiment
from mart.interaction_fact
where is_customer_contact
group by channel
order by contacts desc`;

type Outcome =
  | { state: 'idle' }
  | { state: 'running' }
  | { state: 'failed'; message: string }
  | { state: 'done'; result: SqlResult };

/** I want my own answer. */
export function Sql() {
  const given = new URLSearchParams(place.value.search).get('sql');
  const [sql, setSql] = useState(given ?? firstQuery);
  const [outcome, setOutcome] = useState<Outcome>({ state: 'idle' });
  const schema = useData('schema', (signal) => api.sqlSchema({ signal }));
  const run = async (statement = sql) => {
    setOutcome({ state: 'running' });
    navigate(sqlAddress(statement), { replace: true });
    try {
      setOutcome({ state: 'done', result: await api.sql({ sql: statement, format: 'json' }) });
    } catch (cause) {
      setOutcome({ state: 'failed', message: errorText(cause) });
    }
  };
  useEffect(() => {
    if (given) void run(given);
  }, []);
  const choose = (statement: string) => {
    setSql(statement);
    void run(statement);
  };
  return (
    <Page title="SQL">
      <div class="sql-page">
        <aside class="sql-side" aria-label="Tables and saved queries">
          <SavedQueries sql={sql} onChoose={choose} />
          <SchemaTree
            schema={schema}
            onInsert={(text) => setSql((now) => `${now}${/\s$/.test(now) ? '' : ' '}${text}`)}
          />
        </aside>
        <div class="sql-main">
          <SqlEditor
            sql={sql}
            schema={schema.data}
            isRunning={outcome.state === 'running'}
            onChange={setSql}
            onRun={() => void run()}
          />
          <SqlResults outcome={outcome} sql={sql} />
        </div>
      </div>
    </Page>
  );
}

import { useState } from 'preact/hooks';
import { Icon } from '../../components/icon.tsx';
import { readSavedQueries, withSavedQuery, writeSavedQueries, type SavedQuery } from '../../saved-sql.ts';

interface SavedQueriesProps {
  readonly sql: string;
  readonly onChoose: (sql: string) => void;
}

/** Queries kept in this browser. */
export function SavedQueries({ sql, onChoose }: SavedQueriesProps) {
  const [queries, setQueries] = useState(() => readSavedQueries(localStorage));
  const [name, setName] = useState('');
  const change = (next: SavedQuery[]) => {
    writeSavedQueries(localStorage, next);
    setQueries(next);
  };
  const save = (event: Event) => {
    event.preventDefault();
    change(withSavedQuery(queries, { name: name.trim(), sql }));
    setName('');
  };
  return (
    <section class="panel saved">
      <div class="panel-head">
        <h2>Saved queries</h2>
      </div>
      <ul>
        {queries.map((query) => (
          <li key={query.name}>
            <button type="button" class="saved-name" onClick={() => onChoose(query.sql)}>
              {query.name}
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={`Remove ${query.name}`}
              onClick={() => change(queries.filter((other) => other !== query))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <form class="save-form" onSubmit={save}>
        <input
          class="field"
          placeholder="Name for this statement"
          aria-label="Name for this statement"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={name.trim() === ''}>
          Save
        </button>
      </form>
    </section>
  );
}

import type { SqlSchema } from '../../../api/schemas/sql.ts';
import { LoadedContent } from '../../components/panel.tsx';
import type { Loaded } from '../../use-data.ts';

interface SchemaTreeProps {
  readonly schema: Loaded<SqlSchema>;
  readonly onInsert: (text: string) => void;
}

type Table = SqlSchema['tables'][number];

/** Marts first: they are made for questions; the others are there to look closer. */
const order = ['mart', 'core', 'signal', 'identity'];

const sorted = (tables: readonly Table[]): Table[] =>
  tables.toSorted((a, b) => order.indexOf(a.schema) - order.indexOf(b.schema) || a.name.localeCompare(b.name));

/** Tables with their columns; a press puts the name into the statement. */
export function SchemaTree({ schema, onInsert }: SchemaTreeProps) {
  return (
    <section class="panel schema">
      <div class="panel-head">
        <h2>Tables</h2>
      </div>
      <div class="schema-list">
        <LoadedContent loaded={schema} height={320}>
          {({ tables }) => (
            <>
              {sorted(tables).map((table) => (
                <details key={`${table.schema}.${table.name}`}>
                  <summary title={table.comment ?? undefined}>
                    <span class="code">
                      <span class="faint">{table.schema}.</span>
                      {table.name}
                    </span>
                  </summary>
                  <TableColumns table={table} onInsert={onInsert} />
                </details>
              ))}
            </>
          )}
        </LoadedContent>
      </div>
    </section>
  );
}

function TableColumns({ table, onInsert }: { table: Table; onInsert: (text: string) => void }) {
  const name = `${table.schema}.${table.name}`;
  return (
    <ul>
      <li>
        <button type="button" class="text-button small" onClick={() => onInsert(name)}>
          Put the table into the statement
        </button>
      </li>
      {table.columns.map((column) => (
        <li key={column.name}>
          <button
            type="button"
            class="column"
            title={column.comment ?? undefined}
            onClick={() => onInsert(column.name)}
          >
            <span class="code">{column.name}</span>
            <span class="faint small">{column.type.toLowerCase()}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

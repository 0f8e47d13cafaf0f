import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { QueryParameters } from '../api.ts';
import { plural } from '../format.ts';
import { freshness } from '../live.ts';
import { useData } from '../use-data.ts';
import { CursorPages } from './cursor-pages.tsx';
import { LoadedContent } from './panel.tsx';

interface PagedListProps<Answer, Row> {
  /** The question to the API without its page; undefined waits. */
  readonly parameters: QueryParameters | undefined;
  readonly load: (parameters: QueryParameters, options: { signal: AbortSignal }) => Promise<Answer>;
  readonly rowsOf: (answer: Answer) => readonly Row[];
  /** What one of the rows is called under the list. */
  readonly noun: string;
  readonly pageSize?: number;
  /** Of the space kept free until the first answer, in pixels. */
  readonly height?: number;
  /** What stands there where no row answers the question. */
  readonly empty: ComponentChildren;
  readonly children: (rows: readonly Row[]) => ComponentChildren;
}

/** A list that the server pages. A new question starts at its first page: key it by its parameters. */
export function PagedList<Answer extends { total: number; nextCursor: string | null }, Row>({
  parameters,
  load,
  rowsOf,
  noun,
  pageSize = 50,
  height = 480,
  empty,
  children,
}: PagedListProps<Answer, Row>) {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const key = parameters && freshness.value && JSON.stringify([parameters, cursor, freshness.value]);
  const loaded = useData(key, (signal) => load({ ...parameters, limit: pageSize, cursor }, { signal }));
  return (
    <LoadedContent loaded={loaded} height={height}>
      {(answer) => {
        const rows = rowsOf(answer);
        if (rows.length === 0) return empty;
        return (
          <>
            {children(rows)}
            <CursorPages
              count={rows.length}
              total={plural(answer.total, noun)}
              nextCursor={answer.nextCursor}
              pageSize={pageSize}
              cursors={cursors}
              onMove={setCursors}
            />
          </>
        );
      }}
    </LoadedContent>
  );
}

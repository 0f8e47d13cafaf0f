interface CursorPagesProps {
  /** Rows on this page, and the words for all of them. */
  readonly count: number;
  readonly total: string;
  readonly pageSize: number;
  readonly nextCursor: string | null;
  /** Where the pages before this one ended. */
  readonly cursors: readonly string[];
  readonly onMove: (cursors: readonly string[]) => void;
}

/** Under a list that the server pages: which rows these are, and the way to the others. */
export function CursorPages({ count, total, pageSize, nextCursor, cursors, onMove }: CursorPagesProps) {
  const start = cursors.length * pageSize;
  const move = (next: readonly string[]) => {
    onMove(next);
    window.scrollTo(0, 0);
  };
  return (
    <div class="table-foot">
      <span class="faint figures">
        {start + 1} to {start + count} of {total}
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
          disabled={nextCursor === null}
          onClick={() => nextCursor && move([...cursors, nextCursor])}
        >
          Next
        </button>
      </span>
    </div>
  );
}

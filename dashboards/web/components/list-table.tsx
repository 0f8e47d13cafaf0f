import type { ComponentChildren } from 'preact';
import { navigate } from '../router.ts';

interface ListColumn {
  readonly title: string;
  readonly isNumber?: boolean;
  /** Narrow screens leave it out. */
  readonly isMinor?: boolean;
}

interface ListTableProps {
  /** The class that sets the widths of its columns. */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly ListColumn[];
  /** The rows, each with a cell per column. */
  readonly children: ComponentChildren;
}

/** A table as the server orders and pages it, with columns of fixed width. */
export function ListTable({ name, caption, columns, children }: ListTableProps) {
  return (
    <div class="table-scroll">
      <table class={`table list ${name}`}>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, isNumber, isMinor }) => (
              <th
                key={title}
                scope="col"
                class={[isNumber && 'number', isMinor && 'minor'].filter(Boolean).join(' ') || undefined}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** A row that opens a page wherever it is pressed, except on another link or to select words. */
export function OpenableRow({ path, children }: { path: string; children: ComponentChildren }) {
  const open = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('a')) return;
    if (window.getSelection()?.toString()) return;
    navigate(path);
  };
  return (
    <tr class="openable" onClick={open}>
      {children}
    </tr>
  );
}

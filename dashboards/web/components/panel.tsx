import type { ComponentChildren } from 'preact';
import type { Loaded } from '../use-data.ts';
import { Failed, Skeleton } from './states.tsx';

interface PanelProps {
  readonly title: ComponentChildren;
  readonly note?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** Columns of twelve. */
  readonly span?: 3 | 4 | 5 | 6 | 7 | 8 | 12;
  /** Whether the content reaches the edges, as tables do. */
  readonly isFlush?: boolean;
  readonly children: ComponentChildren;
}

/** A titled part of a page. */
export function Panel({ title, note, actions, span = 12, isFlush = false, children }: PanelProps) {
  return (
    <section class={`panel span-${span}`}>
      <div class="panel-head">
        <h2>
          {title} {note && <span class="note">{note}</span>}
        </h2>
        {actions && <div class="panel-actions">{actions}</div>}
      </div>
      <div class={isFlush ? 'panel-body flush' : 'panel-body'}>{children}</div>
    </section>
  );
}

interface LoadedContentProps<T> {
  readonly loaded: Loaded<T>;
  readonly height?: number;
  readonly children: (data: T) => ComponentChildren;
}

/** Shows what was loaded, or that it is loading, or why it could not be. */
export function LoadedContent<T>({ loaded, height = 160, children }: LoadedContentProps<T>) {
  if (loaded.data === undefined && loaded.error !== undefined)
    return <Failed message={loaded.error} onRetry={loaded.reload} />;
  if (loaded.data === undefined) return <Skeleton height={height} />;
  return (
    <div class="loaded" aria-busy={loaded.isLoading}>
      {loaded.error !== undefined && <Failed message={loaded.error} onRetry={loaded.reload} />}
      {children(loaded.data)}
    </div>
  );
}

import type { ComponentChildren } from 'preact';
import { formatCount } from '../format.ts';
import { status } from '../live.ts';
import { Icon, type IconName } from './icon.tsx';

/** Grey bars in the shape of what is coming. */
export function Skeleton({ lines = 3, height }: { lines?: number; height?: number }) {
  if (height !== undefined) return <div class="skeleton block" style={{ height: `${height}px` }} aria-hidden="true" />;
  return (
    <div class="skeleton-lines" aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} class="skeleton" style={{ width: `${94 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

interface NoteProps {
  readonly title: string;
  readonly icon?: IconName;
  readonly children?: ComponentChildren;
}

/** Nothing to show, and what to do about it. */
export function Empty({ title, icon, children }: NoteProps) {
  return (
    <div class="state">
      {icon && <Icon name={icon} />}
      <p class="state-title">{title}</p>
      {children && <div class="state-text prose">{children}</div>}
    </div>
  );
}

/** Something failed: the server's words, and a way on. */
export function Failed({ message, onRetry }: { message: string; onRetry?: () => void }) {
  return (
    <div class="state failed" role="alert">
      <Icon name="alert" />
      <p class="state-title">This could not be loaded</p>
      <p class="state-text">{message}</p>
      {onRetry && (
        <button type="button" class="button small" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** While the models work, numbers about sentiment and reasons rest on a part of the conversations. */
export function PartialNote() {
  const now = status.value;
  if (!now || now.enrichment.total === 0 || now.enrichment.done >= now.enrichment.total) return null;
  const percent = Math.floor((100 * now.enrichment.done) / now.enrichment.total);
  return (
    <p class="partial" role="status">
      <span class="partial-dot" aria-hidden="true" />
      <span class="figures">
        Enrichment {percent} % done. Sentiment, reasons and summaries rest on {formatCount(now.enrichment.done)} of{' '}
        {formatCount(now.enrichment.total)} messages so far; this page fills by itself.
      </span>
    </p>
  );
}

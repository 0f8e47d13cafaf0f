import type { ComponentChildren } from 'preact';

/** One figure of a row of them (`dl.figure-row`), with what it is. */
export function TitledFigure({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd class="figures">{children}</dd>
    </div>
  );
}

import { useEffect, useRef, useState } from 'preact/hooks';

type Drawing = (SVGSVGElement | HTMLElement) & { value?: unknown };

interface ChartProps<T> {
  /** Draws for a width in pixels; drawn again when `draw` or the width changes. */
  readonly draw: (width: number) => Drawing;
  /** Height to hold free until the chart is there. */
  readonly height?: number;
  /** Called with the datum under the pointer on a click. */
  readonly onPick?: (datum: T) => void;
  /** Where the place is narrower, the chart keeps this width and scrolls. */
  readonly leastWidth?: number;
  /** A width that does not follow the page, for small charts in rows. */
  readonly width?: number;
}

/**
 * Makes a drawing fit for the page: one picture with one name to assistive technology, its parts named for the
 * stylesheet only; and without its style element, whose rules stand in styles/charts.css, because the page's policy
 * refuses styles written into it.
 */
function prepare(drawing: Drawing): void {
  for (const style of drawing.querySelectorAll('style')) style.remove();
  for (const part of drawing.querySelectorAll('[aria-label]')) {
    part.setAttribute('data-mark', part.getAttribute('aria-label')!);
    part.removeAttribute('aria-label');
  }
  drawing.setAttribute('role', 'img');
}

/** Holds a Plot chart: keeps it as wide as its place and passes clicks on. */
export function Chart<T>({ draw, height, onPick, leastWidth = 0, width: fixedWidth }: ChartProps<T>) {
  const host = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState(0);
  const width = fixedWidth ?? (measured === 0 ? 0 : Math.max(measured, leastWidth));
  const isScrolling = width > measured && fixedWidth === undefined && measured > 0;
  useEffect(() => {
    if (fixedWidth !== undefined) return undefined;
    const observer = new ResizeObserver(([entry]) => setMeasured(Math.floor(entry!.contentRect.width)));
    observer.observe(host.current!);
    return () => observer.disconnect();
  }, [fixedWidth]);
  useEffect(() => {
    if (width === 0) return;
    const drawing = draw(width);
    prepare(drawing);
    host.current!.replaceChildren(drawing);
  }, [draw, width]);
  const pick = () => {
    const datum = (host.current?.firstElementChild as Drawing | null)?.value;
    if (datum && onPick) onPick(datum as T);
  };
  return (
    <div
      ref={host}
      class={onPick ? 'chart-host pickable' : 'chart-host'}
      data-scrolling={isScrolling}
      {...(isScrolling && { tabIndex: 0, role: 'region', 'aria-label': 'Chart, scrolls sideways' })}
      style={height === undefined ? undefined : { minHeight: `${height}px` }}
      onClick={onPick && pick}
    />
  );
}

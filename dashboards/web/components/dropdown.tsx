import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface DropdownProps {
  readonly label: string;
  /** What is chosen, where something is. */
  readonly value?: string | undefined;
  /** Whether the choice narrows the view and should stand out. */
  readonly isSet?: boolean;
  readonly children: (close: () => void) => ComponentChildren;
}

/** As wide as `.menu` in the stylesheet, with a margin. */
const menuWidth = 290;

/** A button with a panel under it that closes on Escape, on a click outside and when the focus leaves. */
export function Dropdown({ label, value, isSet = value !== undefined, children }: DropdownProps) {
  const [isOpen, setOpen] = useState(false);
  const [isAtEnd, setAtEnd] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    setAtEnd(anchor.current!.getBoundingClientRect().left + menuWidth > window.innerWidth);
    const leave = (event: Event) => anchor.current?.contains(event.target as Node) || setOpen(false);
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    anchor.current?.querySelector<HTMLElement>('.menu input, .menu button')?.focus({ preventScroll: true });
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div class="filter-anchor" ref={anchor} onKeyDown={(event) => isOpen && event.key === 'Escape' && close()}>
      <button
        ref={button}
        type="button"
        class="filter-button"
        aria-expanded={isOpen}
        aria-haspopup="true"
        data-set={isSet}
        onClick={() => setOpen(!isOpen)}
      >
        <span>{value === undefined ? label : value}</span>
        <Icon name="down" />
      </button>
      {isOpen && (
        <div class="menu" data-at-end={isAtEnd} role="group" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

interface ToggleProps {
  readonly title: string;
  readonly isOn: boolean;
  readonly onToggle: (isOn: boolean) => void;
}

/** A filter that is on or off. */
export function Toggle({ title, isOn, onToggle }: ToggleProps) {
  return (
    <button type="button" class="filter-button" aria-pressed={isOn} data-set={isOn} onClick={() => onToggle(!isOn)}>
      <span>{title}</span>
    </button>
  );
}

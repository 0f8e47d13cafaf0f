import { useState } from 'preact/hooks';
import { formatCount } from '../format.ts';
import { Dropdown } from './dropdown.tsx';

export interface MenuOption {
  readonly value: string;
  readonly title: string;
  readonly count: number;
}

interface FilterMenuProps {
  readonly title: string;
  readonly options: readonly MenuOption[];
  readonly chosen: readonly string[];
  readonly label: (value: string) => string;
  readonly onChange: (values: readonly string[]) => void;
}

const searchFrom = 9;

/** Several values of one dimension, with the number of conversations of each. */
export function FilterMenu({ title, options, chosen, label, onChange }: FilterMenuProps) {
  const shown = chosen.length === 0 ? undefined : describe(title, chosen, label);
  return (
    <Dropdown label={title} value={shown}>
      {() => <Options title={title} options={options} chosen={chosen} onChange={onChange} />}
    </Dropdown>
  );
}

function describe(title: string, chosen: readonly string[], label: (value: string) => string): string {
  return chosen.length === 1 ? `${title}: ${label(chosen[0]!)}` : `${title}: ${chosen.length}`;
}

function Options({ title, options, chosen, onChange }: Omit<FilterMenuProps, 'label'>) {
  const [words, setWords] = useState('');
  const matching = options.filter((option) => option.title.toLowerCase().includes(words.toLowerCase()));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  return (
    <>
      {options.length >= searchFrom && (
        <div class="menu-search">
          <input
            class="field"
            type="search"
            placeholder={`Find a ${title.toLowerCase()}`}
            aria-label={`Find a ${title.toLowerCase()}`}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </div>
      )}
      <div class="menu-list">
        {matching.map((option) => (
          <label class="menu-option" key={option.value}>
            <input type="checkbox" checked={chosen.includes(option.value)} onChange={() => toggle(option.value)} />
            <span class="name">{option.title}</span>
            <span class="count figures">{formatCount(option.count)}</span>
          </label>
        ))}
        {matching.length === 0 && <p class="menu-option faint">Nothing by that name</p>}
      </div>
      {chosen.length > 0 && (
        <div class="menu-foot">
          <button type="button" class="button quiet small" onClick={() => onChange([])}>
            Choose all
          </button>
        </div>
      )}
    </>
  );
}

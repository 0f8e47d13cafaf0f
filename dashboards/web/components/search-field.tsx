import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface SearchFieldProps {
  /** What can be searched for; shown while nothing is. */
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

const pauseMilliseconds = 250;

/** Words to search a list for; taken when the reader pauses. */
export function SearchField({ label, text, onChange }: SearchFieldProps) {
  const [words, setWords] = useState(text);
  useEffect(() => setWords(text), [text]);
  useEffect(() => {
    if (words === text) return undefined;
    const timer = window.setTimeout(() => onChange(words), pauseMilliseconds);
    return () => window.clearTimeout(timer);
  }, [words]);
  return (
    <label class="search-field">
      <Icon name="search" />
      <span class="visually-hidden">{label}</span>
      <input
        class="field"
        type="search"
        placeholder={label}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
    </label>
  );
}

import { useState } from 'preact/hooks';
import { errorText } from '../error-text.ts';
import { Icon } from './icon.tsx';

interface SplitOffProps {
  /** What is taken out, and what it then is: `someone else`. */
  readonly name: string;
  readonly other: string;
  readonly split: (reason: string) => Promise<unknown>;
  readonly onChange: () => void;
}

/** Takes one handle or record out of what it was joined with; asks why, because the reason is kept. */
export function SplitOff({ name, other, split, onChange }: SplitOffProps) {
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await split(reason);
      setAsking(false);
      onChange();
    } catch (cause) {
      setError(errorText(cause));
    }
  };
  if (!isAsking)
    return (
      <button type="button" class="button quiet small" onClick={() => setAsking(true)}>
        <Icon name="undo" />
        This is {other}
      </button>
    );
  return (
    <form class="split-form" onSubmit={submit}>
      <label class="small">
        Why is {name} {other}?
        <input class="field" value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <p class="small negative" role="alert">
        {error}
      </p>
      <span>
        <button type="submit" class="button primary small" disabled={reason.trim().length < 3}>
          Split
        </button>{' '}
        <button type="button" class="button quiet small" onClick={() => setAsking(false)}>
          Leave it
        </button>
      </span>
    </form>
  );
}

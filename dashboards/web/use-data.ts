import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { errorText } from './error-text.ts';

export interface Loaded<T> {
  /** The newest answer; stays while the next one is on its way, so that a page never blinks. */
  readonly data: T | undefined;
  readonly error: string | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

interface State<T> {
  readonly data: T | undefined;
  readonly error: string | undefined;
  /** The question that was answered; another one is still open. */
  readonly answered: string | undefined;
}

/**
 * Loads when `key` changes and on `reload`; an answer that came too late is dropped. A key of undefined waits.
 */
export function useData<T>(key: string | undefined, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<State<T>>({ data: undefined, error: undefined, answered: undefined });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  const question = `${round} ${key}`;

  useEffect(() => {
    if (key === undefined) return undefined;
    const controller = new AbortController();
    latest.current(controller.signal).then(
      (data) => controller.signal.aborted || setState({ data, error: undefined, answered: question }),
      (error: unknown) =>
        controller.signal.aborted ||
        setState((previous) => ({ ...previous, error: errorText(error), answered: question })),
    );
    return () => controller.abort();
  }, [key, round]);

  const reload = useCallback(() => setRound((value) => value + 1), []);
  return { data: state.data, error: state.error, isLoading: state.answered !== question, reload };
}

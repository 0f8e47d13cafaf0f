import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { filterOptions, metricList } from '../live.ts';
import { conversationResult, customerResult, findKnown, type PaletteResult } from '../palette-results.ts';
import { navigate } from '../router.ts';
import { Icon, type IconName } from './icon.tsx';
import { navigation } from './navigation.tsx';
import { reasonParts } from './reason-tabs.tsx';

const isOpen = signal(false);

export const openPalette = (): void => {
  isOpen.value = true;
};

/** Ctrl K or Cmd K opens it from anywhere; returns what undoes that. */
export function startPaletteKey(): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    isOpen.value = !isOpen.value;
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}

export function CommandPalette() {
  return isOpen.value ? <PaletteDialog onClose={() => (isOpen.value = false)} /> : null;
}

const pauseMilliseconds = 160;
const most = 6;

/** Customers and conversations from the server, once the reader pauses. */
function useFound(words: string): PaletteResult[] {
  const [found, setFound] = useState<PaletteResult[]>([]);
  useEffect(() => {
    if (words.length < 2) return setFound([]);
    const controller = new AbortController();
    const timer = window.setTimeout(() => {
      const question = { text: words, limit: most };
      Promise.all([
        api.customers(question, { signal: controller.signal }),
        api.interactions(question, { signal: controller.signal }),
      ]).then(
        ([customers, conversations]) =>
          setFound([...customers.customers.map(customerResult), ...conversations.interactions.map(conversationResult)]),
        () => undefined,
      );
    }, pauseMilliseconds);
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
  }, [words]);
  return found;
}

function PaletteDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [words, setWords] = useState('');
  const [active, setActive] = useState(0);
  const found = useFound(words.trim());
  const results = useMemo(() => [...known(words.trim()), ...found], [words, found]);
  useEffect(() => dialog.current!.showModal(), []);
  useEffect(() => setActive(0), [words]);
  const go = (result: PaletteResult | undefined) => {
    if (!result) return;
    onClose();
    navigate(result.address);
  };
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Enter') go(results[active]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || results.length === 0) return;
    event.preventDefault();
    setActive((active + step + results.length) % results.length);
  };
  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label="Find anything"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="palette-frame">
        <div class="palette-search">
          <Icon name="search" />
          <input
            type="text"
            role="combobox"
            autocomplete="off"
            placeholder="Page, metric, reason, customer or words of a conversation"
            aria-label="Find a page, metric, reason, customer or conversation"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant={results.length > 0 ? `palette-${active}` : undefined}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
            onKeyDown={move}
          />
        </div>
        <Results results={results} active={active} onPick={go} />
        <Help />
      </div>
    </dialog>
  );
}

function Help() {
  return (
    <p class="palette-foot">
      <span>
        <kbd>↑</kbd> <kbd>↓</kbd> choose
      </span>
      <span>
        <kbd>Enter</kbd> open
      </span>
      <span>
        <kbd>Esc</kbd> close
      </span>
    </p>
  );
}

const known = (words: string): PaletteResult[] =>
  findKnown(words, {
    pages: navigation.flatMap((group) => group.entries).flatMap((entry) => [entry, ...partsOf(entry)]),
    metrics: metricList.value?.metrics ?? [],
    reasons: filterOptions.value?.intent ?? [],
  });

interface ResultsProps {
  readonly results: readonly PaletteResult[];
  readonly active: number;
  readonly onPick: (result: PaletteResult) => void;
}

function Results({ results, active, onPick }: ResultsProps) {
  useEffect(() => document.getElementById(`palette-${active}`)?.scrollIntoView({ block: 'nearest' }), [active]);
  if (results.length === 0) return <p class="state">Nothing found</p>;
  return (
    <div class="palette-list" role="listbox" id="palette-list" aria-label="Results">
      {results.map((result, index) => (
        <>
          {result.group !== results[index - 1]?.group && (
            <div class="palette-group" role="presentation" key={result.group}>
              {result.group}
            </div>
          )}
          <div
            key={result.address + result.title}
            id={`palette-${index}`}
            class="palette-option"
            role="option"
            aria-selected={index === active}
            onClick={() => onPick(result)}
          >
            <Icon name={result.icon} />
            <span class="name">{result.title}</span>
            <span class="detail">{result.detail}</span>
          </div>
        </>
      ))}
    </div>
  );
}

/** The pages under an entry of the navigation that can be gone to as well. */
const partsOf = ({ path, icon }: { path: string; icon: IconName }) =>
  reasonParts.filter((part) => part.path.startsWith(`${path}/`)).map((part) => ({ ...part, icon }));

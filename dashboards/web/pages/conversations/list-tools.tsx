import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../components/icon.tsx';
import { listOrders, type ListState } from '../../conversation-query.ts';
import { filters, metricList } from '../../live.ts';
import { metricByName } from '../../metric-value.ts';
import { describeSwitches } from '../../switches.ts';

interface ListToolsProps {
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
  readonly onExport: () => void;
}

const pauseMilliseconds = 250;

/** Search words and the filters that only this list has. */
export function ListTools({ state, onChange, onExport }: ListToolsProps) {
  return (
    <div class="list-tools">
      <Search text={state.text} onChange={(text) => onChange({ ...state, text })} />
      <Toggle
        title="Negative"
        isOn={state.tone === 'negative'}
        onToggle={(isOn) => onChange({ ...state, tone: isOn ? 'negative' : undefined })}
      />
      <Toggle
        title="Positive"
        isOn={state.tone === 'positive'}
        onToggle={(isOn) => onChange({ ...state, tone: isOn ? 'positive' : undefined })}
      />
      <Toggle
        title="Frustrated"
        isOn={state.isFrustrated}
        onToggle={(isFrustrated) => onChange({ ...state, isFrustrated })}
      />
      <Toggle title="Not resolved" isOn={state.isOpen} onToggle={(isOpen) => onChange({ ...state, isOpen })} />
      <span class="list-tools-end">
        <select
          class="field"
          aria-label="Order"
          value={state.sort}
          onChange={(event) => onChange({ ...state, sort: event.currentTarget.value as ListState['sort'] })}
        >
          {Object.entries(listOrders).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
        <button type="button" class="button" onClick={onExport}>
          <Icon name="export" />
          CSV
        </button>
      </span>
      {state.metric && <MetricNote name={state.metric} onClear={() => onChange({ ...state, metric: undefined })} />}
    </div>
  );
}

function Search({ text, onChange }: { text: string; onChange: (text: string) => void }) {
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
      <span class="visually-hidden">Words said in the conversation</span>
      <input
        class="field"
        type="search"
        placeholder="Words said in the conversation"
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
    </label>
  );
}

function Toggle({ title, isOn, onToggle }: { title: string; isOn: boolean; onToggle: (isOn: boolean) => void }) {
  return (
    <button type="button" class="filter-button" aria-pressed={isOn} data-set={isOn} onClick={() => onToggle(!isOn)}>
      <span>{title}</span>
    </button>
  );
}

function MetricNote({ name, onClear }: { name: string; onClear: () => void }) {
  const metric = metricByName(metricList.value?.metrics ?? [], name);
  const changed = metric ? describeSwitches(metric, filters.value.switches[name]) : [];
  return (
    <p class="metric-note">
      <span>
        Only the conversations that <strong>{metric?.title ?? name}</strong> counts
        {metric && <span class="faint">: {metric.formula}</span>}
      </span>
      {changed.length > 0 && <span class="tag accent">{changed.join('; ')}</span>}
      <button type="button" class="button quiet small" onClick={onClear}>
        Show all
      </button>
    </p>
  );
}

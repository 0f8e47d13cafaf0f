import { api } from '../../api.ts';
import { Icon } from '../../components/icon.tsx';
import { OrderField } from '../../components/order-field.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { listOrders, type ListState } from '../../conversation-query.ts';
import { filters, freshness, metricList } from '../../live.ts';
import { metricByName } from '../../metric-value.ts';
import { describeSwitches } from '../../switches.ts';
import { useData } from '../../use-data.ts';

interface ListToolsProps {
  readonly state: ListState;
  readonly onChange: (state: ListState) => void;
  readonly onExport: () => void;
}

/** Search words and the filters that only this list has. */
export function ListTools({ state, onChange, onExport }: ListToolsProps) {
  return (
    <div class="list-tools">
      <SearchField
        label="Words said in the conversation"
        text={state.text}
        onChange={(text) => onChange({ ...state, text })}
      />
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
        <OrderField value={state.sort} orders={listOrders} onChange={(sort) => onChange({ ...state, sort })} />
        <button type="button" class="button" onClick={onExport}>
          <Icon name="export" />
          CSV
        </button>
      </span>
      {state.metric && <MetricNote name={state.metric} onClear={() => onChange({ ...state, metric: undefined })} />}
      {state.topic && <TopicNote id={state.topic} onClear={() => onChange({ ...state, topic: undefined })} />}
    </div>
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

function TopicNote({ id, onClear }: { id: string; onClear: () => void }) {
  const loaded = useData(freshness.value, (signal) => api.topics({}, { signal }));
  const label = loaded.data?.topics.find((topic) => topic.id === id)?.label;
  if (loaded.data === undefined) return null;
  return (
    <p class="metric-note">
      <span>
        {label === undefined ? (
          'Only conversations about a topic that is no more'
        ) : (
          <>
            Only conversations in which a customer spoke of <strong>{label}</strong>
          </>
        )}
      </span>
      <button type="button" class="button quiet small" onClick={onClear}>
        Show all
      </button>
    </p>
  );
}

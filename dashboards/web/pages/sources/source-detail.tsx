import { useState } from 'preact/hooks';
import type { AvailableConnector, Source } from '../../../api/schemas/sources.ts';
import { api } from '../../api.ts';
import { DataTable } from '../../components/data-table.tsx';
import { errorText } from '../../error-text.ts';
import { SourcePulling } from './source-pulling.tsx';
import { formatAgo, formatCount, formatMoment, formatRatio, plural } from '../../format.ts';

interface SourceDetailProps {
  readonly source: Source;
  readonly connectors: readonly AvailableConnector[];
  readonly onChange: () => void;
}

const parts = [
  { name: 'mapped', title: 'became facts', tone: 'positive' },
  { name: 'dropped', title: 'left out on purpose', tone: 'neutral' },
  { name: 'ignored', title: 'ignored', tone: 'neutral' },
  { name: 'unknown', title: 'of an unknown kind', tone: 'warning' },
  { name: 'rejected', title: 'refused', tone: 'negative' },
] as const;

/** One source: what became of its units, and why not all of them became facts. */
export function SourceDetail({ source, connectors, onChange }: SourceDetailProps) {
  const title = connectors.find((connector) => connector.name === source.connector)?.title ?? source.connector;
  return (
    <li class="source">
      <div class="source-head">
        <h3>
          {title} <span class="code faint">{source.source}</span>
        </h3>
        <LastDelivery source={source} />
      </div>
      <Outcomes source={source} />
      {source.reasons.length > 0 && <Reasons source={source} />}
      {source.pull && <SourcePulling source={source.source} pull={source.pull} onChange={onChange} />}
      {source.rejected > 0 && <Replay source={source} onChange={onChange} />}
    </li>
  );
}

function LastDelivery({ source }: { source: Source }) {
  if (source.lastDeliveryAt === null) return <span class="tag">Nothing yet</span>;
  return (
    <span class="soft small figures">
      {plural(source.deliveries, 'delivery', 'deliveries')}, last{' '}
      <time dateTime={source.lastDeliveryAt} title={formatMoment(source.lastDeliveryAt)}>
        {formatAgo(source.lastDeliveryAt, new Date())}
      </time>
      {source.waitingDeliveries > 0 && `, ${formatCount(source.waitingDeliveries)} waiting`}
    </span>
  );
}

function Outcomes({ source }: { source: Source }) {
  const shown = parts.filter((part) => source[part.name] > 0);
  return (
    <>
      <div class="outcome-bar" aria-hidden="true">
        {shown.map((part) => (
          <span key={part.name} data-tone={part.tone} style={{ flexGrow: source[part.name] }} />
        ))}
      </div>
      <p class="outcome-words small figures">
        {shown.map((part) => (
          <span key={part.name} data-tone={part.tone}>
            {formatCount(source[part.name])} {part.title}
            {source.units > 0 && <span class="faint"> {formatRatio(source[part.name] / source.units)}</span>}
          </span>
        ))}
      </p>
    </>
  );
}

function Reasons({ source }: { source: Source }) {
  return (
    <details class="source-reasons">
      <summary class="small soft">Why not all of them ({plural(source.reasons.length, 'reason')})</summary>
      <DataTable
        caption={`Reasons of ${source.source}`}
        rows={source.reasons}
        keyOf={(row) => `${row.outcome}/${row.nativeKind}/${row.reason}`}
        pageSize={10}
        startSort={{ name: 'units', isDescending: true }}
        columns={[
          { name: 'outcome', title: 'Outcome', value: (row) => row.outcome },
          { name: 'nativeKind', title: 'Kind', value: (row) => row.nativeKind, isMinor: true },
          { name: 'reason', title: 'Reason', value: (row) => row.reason },
          { name: 'units', title: 'Units', value: (row) => row.units, isNumber: true },
        ]}
      />
    </details>
  );
}

/** Reads the refused deliveries once more, after a connector or a setting was put right. */
function Replay({ source, onChange }: { source: Source; onChange: () => void }) {
  const [note, setNote] = useState<string>();
  const replay = async () => {
    try {
      const { deliveries } = await api.replay(source.source);
      setNote(`${plural(deliveries, 'delivery', 'deliveries')} will be read again`);
      onChange();
    } catch (cause) {
      setNote(errorText(cause));
    }
  };
  return (
    <p class="replay">
      <button type="button" class="button small" onClick={() => void replay()}>
        Read the refused ones again
      </button>{' '}
      <span class="soft small" role="status">
        {note}
      </span>
    </p>
  );
}

import type { ChurnOverview, Combination } from '../../../api/schemas/churn.ts';
import { api } from '../../api.ts';
import { channelTitle } from '../../channel-titles.ts';
import { ChannelMark } from '../../components/channel-mark.tsx';
import { ChurnMethod } from '../../components/churn-method.tsx';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { LoadedContent, Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { formatRatio, formatReason } from '../../format.ts';
import { freshness } from '../../live.ts';
import { formatInterval, formatTimes } from '../../risk.ts';
import { useData } from '../../use-data.ts';

/** Which combinations of channels and matters go with leaving. */
export function Leaving() {
  const key = freshness.value && JSON.stringify(['churn', freshness.value]);
  const loaded = useData(key, (signal) => api.churn({ signal }));
  return (
    <Panel title="What goes with leaving" note="matters and the channels they took, over all time" isFlush>
      <LoadedContent loaded={loaded} height={240}>
        {(churn) => <Combinations churn={churn} />}
      </LoadedContent>
    </Panel>
  );
}

function Combinations({ churn }: { churn: ChurnOverview }) {
  if (churn.outcomes.customers === 0)
    return (
      <Empty title="Nobody is known to have left">
        Report who left and when with <code>crosstalk outcomes</code> and a file of addresses and dates.
      </Empty>
    );
  if (churn.combinations.length === 0)
    return (
      <Empty title="Too few customers for a comparison">
        A matter and its channels appear once at least twenty customers went through them.
      </Empty>
    );
  return (
    <>
      <DataTable
        caption="Matters and channels, and how often customers left afterwards"
        columns={columns}
        rows={churn.combinations}
        keyOf={keyOf}
        pageSize={10}
        exportName="leaving"
        startSort={{ name: 'low', isDescending: true }}
      />
      <Explained churn={churn} />
    </>
  );
}

const keyOf = ({ intentGroup, channels }: Combination): string => `${intentGroup} ${channels.join(' ')}`;

/** Stands for any two or more channels. */
const several = 'several';
const titleOfChannel = (channel: string): string => (channel === several ? 'Any two or more' : channelTitle(channel));

const columns: readonly TableColumn<Combination>[] = [
  { name: 'intentGroup', title: 'Matter', value: (row) => formatReason(row.intentGroup) },
  {
    name: 'channels',
    title: 'Channels',
    value: (row) => row.channels.map(titleOfChannel).join(' + '),
    cell: (row) => (
      <span class="channel-row">
        {row.channels.map((channel) =>
          channel === several ? titleOfChannel(channel) : <ChannelMark key={channel} channel={channel} />,
        )}
      </span>
    ),
  },
  { name: 'customers', title: 'Customers', value: (row) => row.customers, isNumber: true, isMinor: true },
  { name: 'left', title: 'Left', value: (row) => row.left, isNumber: true, isMinor: true },
  {
    name: 'share',
    title: 'Share that left',
    value: (row) => row.share,
    cell: (row) => `${formatRatio(row.share)} (others ${formatRatio(row.shareOthers)})`,
    isNumber: true,
    isMinor: true,
  },
  {
    name: 'low',
    title: 'Times as often',
    value: (row) => row.low,
    cell: (row) => <Ratio row={row} />,
    isNumber: true,
  },
];

function Ratio({ row }: { row: Combination }) {
  if (row.ratio === null) return <span class="faint">too few left</span>;
  const tone = row.ratio > 1 ? 'negative' : 'positive';
  return (
    <>
      <span class="figures">{formatTimes(row.ratio)}</span> <span class="faint small">{formatInterval(row)}</span>
      {row.isClear && (
        <>
          {' '}
          <span class={`tag ${tone}`}>{row.ratio > 1 ? 'More often' : 'Less often'}</span>
        </>
      )}
    </>
  );
}

/** What the numbers mean, beside them. */
function Explained({ churn }: { churn: ChurnOverview }) {
  return (
    <div class="prose small faint panel-body">
      <p>
        <strong>Times as often</strong>: how many times as often customers who went through it left within{' '}
        {churn.windowDays} days as others with as many contacts at the same time, and alike in the stronger rows above,
        with its 95 % interval. It is marked where it stands even after allowing for how many rows there are. Going
        together is not being the cause. <strong>Share that left</strong>: of the customers who had gone through it in
        the 90 days before a cut-off (one a month, or a window), those who left within the window.
      </p>
      <ChurnMethod churn={churn} />
    </div>
  );
}

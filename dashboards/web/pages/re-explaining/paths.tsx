import type { ReExplainingPath } from '../../../api/schemas/re-explaining-cases.ts';
import { api } from '../../api.ts';
import { channelTitle } from '../../channel-titles.ts';
import { BarCell } from '../../components/bar-cell.tsx';
import { ChannelMark } from '../../components/channel-mark.tsx';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { LoadedContent, Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { withFilters } from '../../filters.ts';
import { formatRatio } from '../../format.ts';
import { filters, freshness } from '../../live.ts';
import { currentParameters } from '../../query.ts';
import { writePath } from '../../re-explaining-path.ts';
import { useData } from '../../use-data.ts';

/** On which ways between channels customers have to say it again. */
export function Paths() {
  const parameters = currentParameters();
  const key = parameters && JSON.stringify([parameters, freshness.value]);
  const loaded = useData(key, (signal) => api.reExplainingPaths(parameters!, { signal }));
  return (
    <Panel title="By path between channels" note="of the episodes that took it" span={6} isFlush>
      <LoadedContent loaded={loaded} height={280}>
        {({ paths }) => <PathTable paths={paths} />}
      </LoadedContent>
    </Panel>
  );
}

const rateOf = ({ repeatedEpisodes, episodes }: ReExplainingPath): number => repeatedEpisodes / episodes;

function PathTable({ paths }: { paths: readonly ReExplainingPath[] }) {
  if (paths.length === 0)
    return (
      <Empty title="No paths in this view">
        Episodes with a second contact, a transfer or a second agent make them.
      </Empty>
    );
  return (
    <DataTable
      caption="Re-explaining by path between channels"
      columns={columnsOf(Math.max(0.01, ...paths.map(rateOf)))}
      rows={paths}
      keyOf={(path) => `${path.earlierChannel}/${path.laterChannel}`}
      pageSize={8}
      startSort={{ name: 'repeated', isDescending: true }}
      exportName="re-explaining-by-path"
    />
  );
}

const columnsOf = (most: number): TableColumn<ReExplainingPath>[] => [
  {
    name: 'path',
    title: 'Said on, then on',
    value: ({ earlierChannel, laterChannel }) => `${channelTitle(earlierChannel)} → ${channelTitle(laterChannel)}`,
    cell: (path) => (
      <span class="path">
        <ChannelMark channel={path.earlierChannel} />
        <span class="faint" aria-hidden="true">
          →
        </span>
        <span class="visually-hidden">then</span>
        <ChannelMark channel={path.laterChannel} />
      </span>
    ),
  },
  {
    name: 'repeated',
    title: 'Said again',
    value: ({ repeatedEpisodes }) => repeatedEpisodes,
    cell: (path) => (
      <a href={withFilters('/reasons/re-explaining', filters.value, writePath(path))}>{path.repeatedEpisodes}</a>
    ),
    isNumber: true,
  },
  { name: 'episodes', title: 'Episodes', value: ({ episodes }) => episodes, isNumber: true, isMinor: true },
  {
    name: 'rate',
    title: 'Rate',
    value: rateOf,
    cell: (path) => <BarCell value={rateOf(path)} most={most} format={formatRatio} />,
    isNumber: true,
  },
];

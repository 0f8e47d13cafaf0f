import type { MeasureDifference } from '../../../api/schemas/measures.ts';
import { api } from '../../api.ts';
import { DataTable } from '../../components/data-table.tsx';
import { LoadedContent, Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { formatDecimal, formatRatio, formatSeconds } from '../../format.ts';
import { freshness } from '../../live.ts';
import { conversationPath } from '../../router.ts';
import { useData } from '../../use-data.ts';

const shown = (value: number, { unit }: MeasureDifference): string =>
  unit === 'time' ? formatSeconds(value) : formatDecimal(value, 1);

/** Do the vendors count as we do? */
export function VendorNumbers() {
  const loaded = useData(freshness.value, (signal) => api.measures({ signal }));
  return (
    <Panel title="Vendors’ numbers beside ours" isFlush>
      <LoadedContent loaded={loaded} height={160}>
        {({ measures, tolerance }) =>
          measures.length === 0 ? (
            <Empty title="Nothing to compare yet" icon="sources">
              Numbers that a vendor sends are held against those made of events and words, where both are known.
            </Empty>
          ) : (
            <DataTable
              caption={`Vendors’ numbers; two disagree that lie more than ${formatRatio(tolerance)} apart`}
              rows={measures}
              keyOf={(row) => `${row.source}/${row.name}`}
              pageSize={10}
              exportName="vendors-numbers"
              columns={[
                { name: 'source', title: 'Source', value: (row) => row.source },
                { name: 'name', title: 'Their number', value: (row) => row.name },
                { name: 'counterpart', title: 'Ours', value: (row) => row.counterpart.replaceAll('_', ' ') },
                { name: 'compared', title: 'Compared', value: (row) => row.compared, isNumber: true },
                {
                  name: 'medianDifference',
                  title: 'Median difference',
                  value: (row) => row.medianDifference,
                  cell: (row) => shown(row.medianDifference, row),
                  isNumber: true,
                },
                {
                  name: 'shareApart',
                  title: `More than ${formatRatio(tolerance)} apart`,
                  value: (row) => row.shareApart,
                  cell: (row) => formatRatio(row.shareApart),
                  isNumber: true,
                },
                {
                  name: 'worst',
                  title: 'Furthest apart',
                  value: (row) => row.worst.join(' '),
                  cell: (row) => <Worst ids={row.worst} />,
                  isMinor: true,
                },
              ]}
            />
          )
        }
      </LoadedContent>
    </Panel>
  );
}

const Worst = ({ ids }: { ids: readonly string[] }) => (
  <>
    {ids.map((id, index) => (
      <a key={id} class="text-link" href={conversationPath(id)} title={id}>
        {index > 0 && ' '}
        {index + 1}
      </a>
    ))}
  </>
);

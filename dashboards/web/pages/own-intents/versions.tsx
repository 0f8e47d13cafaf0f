import type { OwnIntents } from '../../../api/schemas/intents.ts';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatDayYear, formatClock, formatRatio, missing } from '../../format.ts';

type Version = OwnIntents['versions'][number];

/** What was in force when: each change is a version, and every finding says by which one it was made. */
export function Versions({ intents }: { intents: OwnIntents }) {
  return (
    <Panel title="Versions" isFlush>
      <DataTable
        caption="Versions of the own intents"
        columns={columnsOf(intents.version)}
        rows={intents.versions}
        keyOf={({ version }) => String(version)}
        pageSize={8}
      />
    </Panel>
  );
}

const columnsOf = (inForce: number): TableColumn<Version>[] => [
  {
    name: 'version',
    title: 'Version',
    value: ({ version }) => version,
    cell: ({ version }) => (
      <>
        {version} {version === inForce && <span class="tag accent">In force</span>}
      </>
    ),
  },
  {
    name: 'madeAt',
    title: 'Learnt',
    value: ({ madeAt }) => madeAt,
    cell: ({ madeAt }) => `${formatDayYear(madeAt)}, ${formatClock(madeAt)}`,
  },
  {
    name: 'intents',
    title: 'Intents',
    value: ({ intents }) => intents,
    cell: ({ intents }) => (intents === 0 ? 'Removed' : intents),
    isNumber: true,
  },
  { name: 'examples', title: 'Examples', value: ({ examples }) => examples, isNumber: true, isMinor: true },
  {
    name: 'accuracy',
    title: 'Recognised',
    value: ({ accuracy }) => accuracy,
    cell: ({ accuracy }) => (accuracy === null ? missing : formatRatio(accuracy)),
    isNumber: true,
  },
  { name: 'model', title: 'Model', value: ({ model }) => model, isMinor: true },
];

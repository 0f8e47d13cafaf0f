import { useCallback, useMemo } from 'preact/hooks';
import type { Topic } from '../../../api/schemas/topics.ts';
import { weekBars } from '../../charts/week-bars.ts';
import { BarCell } from '../../components/bar-cell.tsx';
import { Chart } from '../../components/chart.tsx';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { withFilters } from '../../filters.ts';
import { formatCount, formatDecimal, formatRatio, missing, plural, titleOf } from '../../format.ts';
import { filters } from '../../live.ts';
import { turnPath } from '../../router.ts';

interface TopicTableProps {
  /** Those that came up in the view. */
  readonly topics: readonly Topic[];
  /** Conversations of the view. */
  readonly total: number;
}

/** One row per topic: what it is, how much of it there is, whether it grows, and what people say. */
export function TopicTable({ topics, total }: TopicTableProps) {
  const columns = useMemo(() => columnsOf(Math.max(1, ...topics.map(({ conversations }) => conversations))), [topics]);
  return (
    <DataTable
      caption={`Topics in ${plural(total, 'conversation')}`}
      columns={columns}
      rows={topics}
      keyOf={(topic) => topic.id}
      pageSize={20}
      startSort={{ name: 'conversations', isDescending: true }}
      exportName="topics"
    />
  );
}

const topicAddress = ({ id }: Topic): string => withFilters('/conversations', filters.value, { topic: id });

const columnsOf = (most: number): TableColumn<Topic>[] => [
  {
    name: 'topic',
    title: 'Topic',
    value: ({ label }) => label,
    cell: (topic) => <Name topic={topic} />,
  },
  {
    name: 'conversations',
    title: 'Conversations',
    value: ({ conversations }) => conversations,
    cell: (topic) => (
      <a href={topicAddress(topic)} aria-label={`${plural(topic.conversations, 'conversation')} about ${topic.label}`}>
        <BarCell value={topic.conversations} most={most} format={formatCount} />
      </a>
    ),
    isNumber: true,
  },
  {
    name: 'share',
    title: 'Share',
    value: ({ share }) => share,
    cell: ({ share }) => (share === null ? missing : formatRatio(share)),
    isNumber: true,
    isMinor: true,
  },
  {
    name: 'growth',
    title: 'Growth',
    value: ({ growth }) => growth,
    cell: (topic) => <Growth topic={topic} />,
    isNumber: true,
  },
  {
    name: 'weeks',
    title: 'By week',
    value: ({ weekly }) => weekly.map(({ utterances }) => utterances).join(' '),
    cell: (topic) => <Weeks topic={topic} />,
    isMinor: true,
  },
];

function Name({ topic }: { topic: Topic }) {
  const [first, ...others] = topic.examples;
  return (
    <div class="topic">
      <p class="topic-name">
        <a href={topicAddress(topic)}>{titleOf(topic.label)}</a>
        {topic.isNew && <span class="tag accent">New</span>}
        {topic.isGrowing && <span class="tag warning">Growing</span>}
      </p>
      {first && <Example example={first} />}
      {others.length > 0 && (
        <details>
          <summary class="small faint">{plural(others.length, 'more sentence')}</summary>
          {others.map((example) => (
            <Example key={example.utteranceId} example={example} />
          ))}
        </details>
      )}
    </div>
  );
}

/** Something a customer said, leading to where it was said. */
function Example({ example: { interactionId, utteranceId, text } }: { example: Topic['examples'][number] }) {
  return (
    <p class="example small soft">
      <a href={turnPath(interactionId, utteranceId)}>“{text}”</a>
    </p>
  );
}

function Growth({ topic: { growth } }: { topic: Topic }) {
  if (growth === null) return <span class="faint">{missing}</span>;
  return <span class="figures">× {formatDecimal(growth, 1)}</span>;
}

const weekWidth = 96;

function Weeks({ topic: { weekly } }: { topic: Topic }) {
  const draw = useCallback(
    (width: number) =>
      weekBars(
        weekly.map(({ from, utterances }) => ({ from: new Date(from), count: utterances })),
        { width, height: 26 },
      ),
    [weekly],
  );
  return weekly.length < 2 ? null : <Chart draw={draw} width={weekWidth} />;
}

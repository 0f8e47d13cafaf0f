import type { QueryResult } from '../../../api/schemas/query.ts';
import { channelTitle } from '../../channel-titles.ts';
import { LoadedContent, Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { withFilters } from '../../filters.ts';
import { formatReason } from '../../format.ts';
import { filters, isPartial } from '../../live.ts';
import { ratioMovements, strongest, volumeMovements, type Movement } from '../../movements.ts';
import { useQuery } from '../../query.ts';

const most = 7;
const watched = ['volume', 'csat', 'service_level', 'abandon_rate', 'repeat_contact_rate', 'frustration_rate'];

/** Movements of the reasons, where every conversation has been read for one: a part of them would seem to move. */
const reasonMovements = (result: QueryResult | undefined): Movement[] =>
  result && !isPartial.value
    ? [...volumeMovements(result, 'intent', formatReason), ...ratioMovements(result, 'intent', formatReason)]
    : [];

const channelMovements = (result: QueryResult): Movement[] => {
  const isKnown = ({ only }: Movement) => !isPartial.value || only.metric !== 'frustration_rate';
  return [
    ...volumeMovements(result, 'channel', channelTitle),
    ...ratioMovements(result, 'channel', channelTitle).filter(isKnown),
  ];
};

/** What moved most since the period before, in words, by how surely it is more than chance. */
export function Moved() {
  const byReason = useQuery({
    metrics: ['volume', 'frustration_rate', 'repeat_contact_rate'],
    dimensions: ['intent'],
    counts: true,
  });
  const byChannel = useQuery({ metrics: watched, dimensions: ['channel'], counts: true });
  return (
    <Panel span={4} title="What moved most" isFlush>
      {filters.value.compare ? (
        <LoadedContent loaded={byChannel}>
          {(channels) => (
            <Movements
              movements={strongest([...reasonMovements(byReason.data), ...channelMovements(channels)], most)}
            />
          )}
        </LoadedContent>
      ) : (
        <Empty title="No comparison chosen">Press “Compare with before” to see what moved.</Empty>
      )}
    </Panel>
  );
}

function Movements({ movements }: { movements: readonly Movement[] }) {
  if (movements.length === 0)
    return <Empty title="Nothing moved more than chance explains">Against the period before, all is as it was.</Empty>;
  return (
    <ul class="movements lines">
      {movements.map((movement) => (
        <li key={JSON.stringify(movement.only)}>
          <a
            href={withFilters(
              '/conversations',
              { ...filters.value, only: onlyOf(movement) },
              { metric: movement.only.metric },
            )}
          >
            <span class="movement-text">
              <strong>{movement.subject}</strong>{' '}
              <span data-better={movement.isBetter}>
                {movement.verb} {movement.amount}
              </span>
            </span>
            <span class="faint figures movement-values">
              {movement.from} → {movement.to}
            </span>
          </a>
        </li>
      ))}
      {movements.length < most && (
        <li class="movements-end faint">
          {isPartial.value
            ? 'Reasons join when enrichment is done.'
            : 'Nothing else moved further than chance explains.'}
        </li>
      )}
    </ul>
  );
}

function onlyOf({ only }: Movement) {
  const { metric: _metric, ...dimensions } = only;
  const chosen = Object.fromEntries(Object.entries(dimensions).map(([name, value]) => [name, [value]]));
  return { ...filters.value.only, ...chosen };
}

import { Page } from '../components/page.tsx';
import { Empty } from '../components/states.tsx';
import { formatBounds } from '../format.ts';
import { filters, status } from '../live.ts';
import { boundsBefore } from '../filters.ts';
import { currentBounds } from '../query.ts';
import { KeyFigures } from './overview/key-figures.tsx';
import { Moved } from './overview/moved.tsx';
import { Repeats } from './overview/repeats.tsx';
import { SentimentPanel } from './overview/sentiment-panel.tsx';
import { TopReasons } from './overview/top-reasons.tsx';
import { VolumePanel } from './overview/volume-panel.tsx';

/** How are we doing across channels, and what changed? */
export function Overview() {
  const isEmpty = status.value !== undefined && status.value.counts.interactions === 0;
  return (
    <Page title="Overview" isFiltered>
      {isEmpty ? <NothingYet /> : <Figures />}
    </Page>
  );
}

function Figures() {
  const bounds = currentBounds();
  const before = bounds && boundsBefore(bounds);
  return (
    <>
      <p class="period-line soft figures">
        {bounds ? formatBounds(bounds.from, bounds.to) : '\u00a0'}
        {before && filters.value.compare && <span class="faint">, against {formatBounds(before.from, before.to)}</span>}
      </p>
      <KeyFigures />
      <div class="grid">
        <VolumePanel />
        <SentimentPanel />
        <Moved />
        <Repeats />
        <TopReasons />
      </div>
    </>
  );
}

function NothingYet() {
  const isBusy = status.value?.isBusy ?? false;
  return (
    <section class="panel">
      <Empty title={isBusy ? 'The first conversations are on their way' : 'No conversations yet'} icon="sources">
        {isBusy ? (
          <p>Deliveries have arrived and are being read. This page fills by itself.</p>
        ) : (
          <p>
            Connect a source on the <a href="/sources">Sources</a> page, or land your own files with{' '}
            <code>crosstalk ingest</code>.
          </p>
        )}
      </Empty>
    </section>
  );
}

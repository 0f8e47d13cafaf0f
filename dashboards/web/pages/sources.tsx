import type { Source, SourceList } from '../../api/schemas/sources.ts';
import { api } from '../api.ts';
import { channelTitle } from '../channel-titles.ts';
import { Page } from '../components/page.tsx';
import { LoadedContent, Panel } from '../components/panel.tsx';
import { Empty } from '../components/states.tsx';
import { formatCompact, plural, titleOf } from '../format.ts';
import { freshness } from '../live.ts';
import { useData } from '../use-data.ts';
import { VendorNumbers } from './sources/vendor-numbers.tsx';
import { SourceDetail } from './sources/source-detail.tsx';

/** Is everything coming in? */
export function Sources() {
  const loaded = useData(freshness.value, (signal) => api.sources({ signal }));
  return (
    <Page title="Sources">
      <LoadedContent loaded={loaded} height={400}>
        {(list) => (
          <>
            <Totals sources={list.sources} />
            <Panel title="What came in" isFlush>
              {list.sources.length === 0 ? (
                <Empty title="Nothing has come in yet" icon="sources">
                  Configure a source in <code>crosstalk.json</code>, or land a file:{' '}
                  <code>crosstalk ingest email mails.mbox</code>
                </Empty>
              ) : (
                <ul class="sources lines">
                  {list.sources.map((source) => (
                    <SourceDetail
                      key={source.source}
                      source={source}
                      connectors={list.connectors}
                      onChange={loaded.reload}
                    />
                  ))}
                </ul>
              )}
            </Panel>
            <VendorNumbers />
            <Connectors list={list} />
          </>
        )}
      </LoadedContent>
    </Page>
  );
}

const sumOf = (sources: readonly Source[], field: 'units' | 'mapped' | 'rejected' | 'unknown' | 'waitingDeliveries') =>
  sources.reduce((sum, source) => sum + source[field], 0);

function Totals({ sources }: { sources: readonly Source[] }) {
  const rejected = sumOf(sources, 'rejected');
  return (
    <p class="soft figures">
      {plural(sources.length, 'source')}. {formatCompact(sumOf(sources, 'units'))} units came in,{' '}
      {formatCompact(sumOf(sources, 'mapped'))} became facts
      {rejected > 0 && <span class="negative">, {formatCompact(rejected)} were refused</span>}.
    </p>
  );
}

/** Connectors that nothing uses yet: the channels that are still missing. */
function Connectors({ list }: { list: SourceList }) {
  const used = new Set(list.sources.map((source) => source.connector));
  const unused = list.connectors.filter((connector) => !used.has(connector.name));
  if (unused.length === 0) return null;
  return (
    <Panel title="Not connected yet" isFlush>
      <ul class="connector-list">
        {unused.map((connector) => (
          <li key={connector.name}>
            <strong>{connector.title}</strong>
            <p class="soft">{connector.channels.map(channelTitle).join(', ')}</p>
            <p class="faint small">
              Trust: {titleOf(connector.trust).toLowerCase()}; reads {connector.formats.join(', ')}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

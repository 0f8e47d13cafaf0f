import type { TopicList } from '../../api/schemas/topics.ts';
import { api } from '../api.ts';
import { Page } from '../components/page.tsx';
import { LoadedContent, Panel } from '../components/panel.tsx';
import { ReasonTabs } from '../components/reason-tabs.tsx';
import { Empty } from '../components/states.tsx';
import { withFilters } from '../filters.ts';
import { formatDayYear, plural } from '../format.ts';
import { filters, freshness } from '../live.ts';
import { currentParameters } from '../query.ts';
import { useData } from '../use-data.ts';
import { TopicTable } from './topics/topic-table.tsx';

/** What do people talk about that nobody taught us to look for? */
export function Topics() {
  const parameters = currentParameters();
  const key = parameters && JSON.stringify([parameters, freshness.value]);
  const loaded = useData(key, (signal) => api.topics(parameters!, { signal }));
  return (
    <Page title="Topics" trail={<a href={withFilters('/reasons', filters.value)}>Reasons</a>} isFiltered>
      <ReasonTabs here="/reasons/topics" />
      <Panel title="What customers talk about" note={noteOf(loaded.data)} isFlush>
        <LoadedContent loaded={loaded} height={480}>
          {(list) => <Found list={list} />}
        </LoadedContent>
      </Panel>
      <About />
    </Page>
  );
}

const noteOf = (list: TopicList | undefined): string | undefined =>
  list?.madeAt ? `found on ${formatDayYear(list.madeAt)} from what was said, without being taught` : undefined;

function Found({ list }: { list: TopicList }) {
  if (list.madeAt === null)
    return (
      <Empty title="No topics yet" icon="reasons">
        Topics are found once a day, as soon as at least 200 different sentences of customers have been read. Bring in
        more conversations on the <a href="/sources">Sources</a> page, or run a pass: <code>crosstalk run</code>
      </Empty>
    );
  const topics = list.topics.filter(({ conversations }) => conversations > 0);
  if (topics.length === 0)
    return (
      <Empty title="No topic came up in this view" icon="reasons">
        {plural(list.topics.length, 'topic')} came up at other times or elsewhere. Choose a longer period, or{' '}
        <a href="/reasons/topics">clear all filters</a>.
      </Empty>
    );
  return <TopicTable topics={topics} total={list.conversations} />;
}

/** What the columns mean, where they stand. */
function About() {
  return (
    <dl class="notes small soft">
      <div>
        <dt>Share</dt>
        <dd>Conversations in which the topic came up / all conversations of this view.</dd>
      </div>
      <div>
        <dt>Growth</dt>
        <dd>
          Sentences of the last seven days / what the four weeks before let expect, given how all topics together moved.
        </dd>
      </div>
      <div>
        <dt>Growing</dt>
        <dd>Half as much again as expected, and more than chance explains.</dd>
      </div>
      <div>
        <dt>New</dt>
        <dd>Four in five of its sentences fell in the last two weeks.</dd>
      </div>
    </dl>
  );
}

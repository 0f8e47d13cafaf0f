import type { ReExplainingCase } from '../../../api/schemas/re-explaining-cases.ts';
import { api } from '../../api.ts';
import { channelTitle } from '../../channel-titles.ts';
import { ChannelMark } from '../../components/channel-mark.tsx';
import { PagedList } from '../../components/paged-list.tsx';
import { Panel } from '../../components/panel.tsx';
import { Empty } from '../../components/states.tsx';
import { customerName } from '../../customer-name.ts';
import { withFilters } from '../../filters.ts';
import { formatMoment, formatReason } from '../../format.ts';
import { filters } from '../../live.ts';
import { currentParameters } from '../../query.ts';
import { readPath, type ChannelPath } from '../../re-explaining-path.ts';
import { customerPath, place, turnPath } from '../../router.ts';

/** Each time a customer had to say it again: both sentences, side by side. */
export function Cases() {
  const path = readPath(place.value.search);
  const shown = currentParameters();
  const parameters = shown && { ...shown, ...path };
  return (
    <Panel title="What was said, and said again" note="newest first" isFlush>
      {path && <PathNote path={path} />}
      {/* A new question starts at its first page. */}
      <PagedList
        key={JSON.stringify(parameters)}
        parameters={parameters}
        load={api.reExplaining}
        rowsOf={(list) => list.cases}
        noun="time"
        pageSize={20}
        height={360}
        empty={
          <Empty title="Nobody had to say it again in this view" icon="check">
            Try a longer period, or <a href="/reasons/re-explaining">clear all filters</a>. Episodes are read for it
            when they were passed on and enrichment is done.
          </Empty>
        }
      >
        {(rows) => (
          <ul class="lines">
            {rows.map((found) => (
              <Case key={found.later.utteranceId} found={found} />
            ))}
          </ul>
        )}
      </PagedList>
    </Panel>
  );
}

function PathNote({ path: { earlierChannel, laterChannel } }: { path: ChannelPath }) {
  return (
    <p class="path-note">
      <span>
        Only what was said on <strong>{channelTitle(earlierChannel)}</strong> and again on{' '}
        <strong>{channelTitle(laterChannel)}</strong>
      </span>
      <a class="button quiet small" href={withFilters('/reasons/re-explaining', filters.value)}>
        Show all
      </a>
    </p>
  );
}

function Case({ found }: { found: ReExplainingCase }) {
  return (
    <li class="case">
      <p class="case-head">
        {found.customerId === null ? (
          'Unknown customer'
        ) : (
          <a href={customerPath(found.customerId)}>{customerName(found.customerId, found.customerName)}</a>
        )}
        <span class="faint">{formatReason(found.intent)}</span>
        {found.cue && <span class="tag warning">“{found.cue}”</span>}
      </p>
      <div class="case-sides">
        <Side title="Said" side={found.earlier} />
        <Side title="Said again" side={found.later} />
      </div>
    </li>
  );
}

function Side({ title, side }: { title: string; side: ReExplainingCase['earlier'] }) {
  return (
    <div class="case-side">
      <p class="case-place small faint figures">
        <strong>{title}</strong> <ChannelMark channel={side.channel} />
        {side.occurredAt && <time dateTime={side.occurredAt}>{formatMoment(side.occurredAt)}</time>}
        {side.agent && <span>to {side.agent}</span>}
      </p>
      <blockquote>
        <a href={turnPath(side.interactionId, side.utteranceId)}>{side.text}</a>
      </blockquote>
    </div>
  );
}

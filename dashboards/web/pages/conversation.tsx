import type { InteractionDetail } from '../../api/schemas/interactions.ts';
import { api } from '../api.ts';
import { ChannelMark } from '../components/channel-mark.tsx';
import { Page } from '../components/page.tsx';
import { LoadedContent, Panel } from '../components/panel.tsx';
import { channelTitle } from '../channel-titles.ts';
import { formatLanguage, formatMoment, formatReason, formatSeconds, titleOf } from '../format.ts';
import { freshness } from '../live.ts';
import { useData } from '../use-data.ts';
import { Outcome, Who } from './conversations/conversation-table.tsx';
import { Measures } from './conversation/measures.tsx';
import { SaidAgain } from './conversation/said-again.tsx';
import { Signals } from './conversation/signals.tsx';
import { Summary } from './conversation/summary.tsx';
import { Timeline } from './conversation/timeline.tsx';
import { Transcript } from './conversation/transcript.tsx';
import { TurnChart } from './conversation/turn-chart.tsx';

/** What happened? */
export function Conversation({ id }: { id: string }) {
  const loaded = useData(freshness.value && `${id}/${freshness.value}`, (signal) => api.interaction(id, { signal }));
  const detail = loaded.data;
  return (
    <Page title={detail ? titleFor(detail) : 'Conversation'} trail={<a href="/conversations">Conversations</a>}>
      <LoadedContent loaded={loaded} height={600}>
        {(shown) => <Content detail={shown} />}
      </LoadedContent>
    </Page>
  );
}

const titleFor = ({ interaction }: InteractionDetail): string =>
  interaction.subject ?? `${formatReason(interaction.intent)}, ${channelTitle(interaction.channel)}`;

function Content({ detail }: { detail: InteractionDetail }) {
  return (
    <div class="conversation">
      <div class="conversation-main">
        <FactsLine detail={detail} />
        <Summary detail={detail} />
        <SaidAgain detail={detail} />
        <section class="panel">
          <TurnChart utterances={detail.utterances} />
          <Transcript detail={detail} />
        </section>
      </div>
      <aside class="conversation-side" aria-label="About this conversation">
        <Panel title="What the models read">
          <Signals detail={detail} />
        </Panel>
        <Panel title="This customer" actions={<Who row={detail.interaction} />}>
          <Timeline detail={detail} />
        </Panel>
        <Panel title="Measures">
          <Measures detail={detail} />
        </Panel>
      </aside>
    </div>
  );
}

function FactsLine({ detail: { interaction } }: { detail: InteractionDetail }) {
  const seconds = (Date.parse(interaction.endedAt) - Date.parse(interaction.startedAt)) / 1000;
  return (
    <div class="facts-line figures">
      <ChannelMark channel={interaction.channel} />
      <span>
        {formatMoment(interaction.startedAt)}, {formatSeconds(seconds)}
      </span>
      <span>
        <Who row={interaction} />
      </span>
      {interaction.agent && <span>{interaction.agent}</span>}
      {interaction.queue && <span>{interaction.queue}</span>}
      <span>{formatLanguage(interaction.language)}</span>
      <Outcome row={interaction} />
      {interaction.isAbandoned && <span class="tag warning">Abandoned</span>}
      {interaction.wasTransferred && <span class="tag">Transferred</span>}
      {interaction.wasReopened && <span class="tag">Reopened</span>}
      {interaction.isRepeatContact && <span class="tag warning">Repeat contact</span>}
      {interaction.isChannelSwitch && <span class="tag warning">Changed channel</span>}
      {interaction.priority && interaction.priority !== 'normal' && (
        <span class="tag">{titleOf(interaction.priority)} priority</span>
      )}
    </div>
  );
}

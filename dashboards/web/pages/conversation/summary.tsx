import type { InteractionDetail, SummaryPart } from '../../../api/schemas/interactions.ts';
import { Panel } from '../../components/panel.tsx';
import { titleOf } from '../../format.ts';

/** The summary, part by part; each part leads to the sentence it rests on. */
export function Summary({ detail: { summary, interaction } }: { detail: InteractionDetail }) {
  if (!summary || summary.parts.length === 0) return <NoSummary isWaiting={interaction.model === null} />;
  return (
    <Panel title="Summary" note="in the words of the conversation; highlighted below">
      <dl class="summary-parts">
        {summary.parts.map((part) => (
          <div key={part.part + part.text}>
            <dt>{titleOf(part.part)}</dt>
            <dd>
              <PartText part={part} />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function PartText({ part }: { part: SummaryPart }) {
  return part.utteranceId ? <a href={`#turn-${part.utteranceId}`}>{part.text}</a> : <>{part.text}</>;
}

function NoSummary({ isWaiting }: { isWaiting: boolean }) {
  return (
    <Panel title="Summary">
      <p class="faint">
        {isWaiting
          ? 'The models have not read this conversation yet.'
          : 'Nothing in it stands out enough for a summary.'}
      </p>
    </Panel>
  );
}

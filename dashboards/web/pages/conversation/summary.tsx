import type { InteractionDetail, SummaryPart } from '../../../api/schemas/interactions.ts';
import { Panel } from '../../components/panel.tsx';
import { titleOf } from '../../format.ts';
import { groupBy } from '../../../../group-by.ts';

/** The summary, part by part; each part leads to the sentence it rests on. */
export function Summary({ detail: { summary, interaction } }: { detail: InteractionDetail }) {
  if (!summary || summary.parts.length === 0) return <NoSummary isWaiting={interaction.model === null} />;
  return (
    <Panel title="Summary" note="in the words of the conversation; highlighted below">
      <dl class="summary-parts">
        {[...groupBy(summary.parts, ({ part }) => part)].map(([name, parts]) => (
          <div key={name}>
            <dt>{titleOf(name)}</dt>
            <dd>
              {parts.map((part) => (
                <p key={part.text}>
                  <PartText part={part} />
                </p>
              ))}
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

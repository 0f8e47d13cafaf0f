import type { InteractionDetail } from '../../../api/schemas/interactions.ts';
import { BarCell } from '../../components/bar-cell.tsx';
import { Sentiment } from '../../components/sentiment.tsx';
import { formatLanguage, formatRatio, formatReason, titleOf } from '../../format.ts';
import { scoreSums } from '../../score-sums.ts';

const mostNames = 4;

/** Sentiment, reasons and emotions of the whole conversation, and which model says so. */
export function Signals({ detail }: { detail: InteractionDetail }) {
  const { interaction, utterances } = detail;
  const said = utterances.filter((turn) => turn.role === 'customer' && turn.isSupported !== null);
  if (interaction.model === null && said.length === 0)
    return <p class="faint">The models have not read this conversation yet.</p>;
  if (said.length > 0 && said.every((turn) => turn.isSupported === false))
    return (
      <p class="faint">{formatLanguage(interaction.language)} is not supported by the model; no values are given.</p>
    );
  return (
    <>
      <dl class="measure-list">
        <Line title="Sentiment" score={interaction.sentiment} />
        <Line title="At the start" score={interaction.sentimentStart} />
        <Line title="At the end" score={interaction.sentimentEnd} />
        <Line title="Lowest" score={interaction.sentimentLowest} />
      </dl>
      <Scores
        title="Reasons"
        scores={scoreSums(
          said.map((turn) => turn.intents),
          mostNames,
        )}
        label={formatReason}
      />
      <Scores
        title="Emotions"
        scores={scoreSums(
          said.map((turn) => turn.emotions),
          mostNames + 1,
        ).filter(({ name }) => name !== 'neutral')}
        label={titleOf}
      />
      {interaction.model && (
        <p class="faint small side-title">
          Model <span class="code">{interaction.model}</span>
        </p>
      )}
    </>
  );
}

function Line({ title, score }: { title: string; score: number | null }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <Sentiment score={score} />
      </dd>
    </div>
  );
}

interface ScoresProps {
  readonly title: string;
  readonly scores: readonly { name: string; score: number }[];
  readonly label: (name: string) => string;
}

function Scores({ title, scores, label }: ScoresProps) {
  if (scores.length === 0) return null;
  return (
    <>
      <h3 class="side-title">{title}</h3>
      <dl class="measure-list scores">
        {scores.map(({ name, score }) => (
          <div key={name}>
            <dt>{label(name)}</dt>
            <dd>
              <BarCell value={score} most={1} format={formatRatio} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

import { useCallback, useMemo } from 'preact/hooks';
import type { Utterance } from '../../../api/schemas/interactions.ts';
import { turnSentiment, type Turn } from '../../charts/turn-sentiment.ts';
import { Chart } from '../../components/chart.tsx';

const height = 116;
const leastTurns = 2;

function turnsOf(utterances: readonly Utterance[]): Turn[] {
  return utterances.flatMap(({ id, role, sentiment, isFrustrated, text }, index) =>
    role === 'customer' && sentiment !== null
      ? [{ id, index: index + 1, sentiment, isFrustrated: isFrustrated ?? false, text: text ?? '' }]
      : [],
  );
}

/** The customer's sentiment along the turns; a click leads to the turn. */
export function TurnChart({ utterances }: { utterances: readonly Utterance[] }) {
  const turns = useMemo(() => turnsOf(utterances), [utterances]);
  const draw = useCallback(
    (width: number) => turnSentiment(turns, { width, height, count: utterances.length }),
    [turns, utterances.length],
  );
  if (turns.length < leastTurns) return null;
  const open = ({ id }: Turn) => document.getElementById(`turn-${id}`)?.scrollIntoView({ block: 'center' });
  return (
    <div class="turn-chart">
      <h2>
        How the customer sounded <span class="note">turn by turn; a ring marks frustration</span>
      </h2>
      <Chart draw={draw} height={height} onPick={open} />
    </div>
  );
}

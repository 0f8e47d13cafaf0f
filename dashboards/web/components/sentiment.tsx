import { formatSigned, missing } from '../format.ts';

export type Tone = 'negative' | 'neutral' | 'positive';

const threshold = 0.15;

/** Which of three words a score from -1 to 1 stands for. */
export function toneOf(score: number): Tone {
  if (score <= -threshold) return 'negative';
  return score >= threshold ? 'positive' : 'neutral';
}

interface SentimentProps {
  readonly score: number | null;
  /** False where the language is not one the model knows. */
  readonly isSupported?: boolean | null;
}

/** A score with its sign and a bar from the middle; what is not known is said, not guessed. */
export function Sentiment({ score, isSupported }: SentimentProps) {
  if (isSupported === false) return <span class="faint">not supported</span>;
  if (score === null) return <span class="faint">{missing}</span>;
  const width = `${Math.min(1, Math.abs(score)) * 50}%`;
  const side = score < 0 ? { right: '50%' } : { left: '50%' };
  return (
    <span class="sentiment" data-tone={toneOf(score)}>
      <span class="sentiment-track" aria-hidden="true">
        <span class="sentiment-fill" style={{ width, ...side }} />
      </span>
      <span class="figures">{formatSigned(score)}</span>
      <span class="visually-hidden"> ({toneOf(score)})</span>
    </span>
  );
}

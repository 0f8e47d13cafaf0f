import { formatRatio, titleOf } from '../format.ts';

const tones: Record<string, string> = { high: 'negative', medium: 'warning', low: 'positive' };

/** How likely a customer is to leave: the score, and its band in a word and a colour. */
export function RiskFigure({ risk, band, isLarge = false }: { risk: number; band: string | null; isLarge?: boolean }) {
  return (
    <span class="risk">
      <span class={isLarge ? 'kpi-value figures' : 'figures'}>{formatRatio(risk)}</span>
      {band && <span class={`tag ${tones[band] ?? ''}`}>{titleOf(band)}</span>}
    </span>
  );
}

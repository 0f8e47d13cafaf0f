import { describeRisk, type Risk } from '../risk.ts';
import { titleOf } from '../format.ts';

const tones: Record<string, string> = { high: 'negative', medium: 'warning', low: 'positive' };

/** How likely a customer is to leave: the figure, and its band in a word and a colour. */
export function RiskFigure({ risk, isLarge = false }: { risk: Risk; isLarge?: boolean }) {
  return (
    <span class="risk">
      <span class={isLarge ? 'kpi-value figures' : 'figures'}>{describeRisk(risk)}</span>
      <RiskBand band={risk.band} />
    </span>
  );
}

export const RiskBand = ({ band }: Pick<Risk, 'band'>) =>
  band && <span class={`tag ${tones[band] ?? ''}`}>{titleOf(band)}</span>;

import { formatCompact } from '../format.ts';
import { status } from '../live.ts';

const shareOf = ({ done, total }: { done: number; total: number }): number => (total === 0 ? 1 : done / total);

/** What the pipeline still has to do; nothing when all is done. */
export function PipelineProgress() {
  const now = status.value;
  if (!now || now.counts.interactions + now.deliveries.total === 0) return null;
  if (shareOf(now.deliveries) < 1) return <Progress title="Reading deliveries" {...now.deliveries} />;
  if (shareOf(now.enrichment) < 1) return <Progress title="Enrichment" {...now.enrichment} />;
  return (
    <p class="progress-note faint figures">
      {formatCompact(now.counts.interactions)} conversations,
      <br />
      all enriched
    </p>
  );
}

function Progress({ title, done, total }: { title: string; done: number; total: number }) {
  const percent = Math.floor((100 * done) / total);
  return (
    <div class="progress-note" role="status">
      <span class="figures">
        {title} {percent} % done
      </span>
      <div class="progress-track" aria-hidden="true">
        <div class="progress-fill" style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

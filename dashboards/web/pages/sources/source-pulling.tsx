import { useState } from 'preact/hooks';
import type { SourcePull } from '../../../api/schemas/sources.ts';
import { api } from '../../api.ts';
import { errorText } from '../../error-text.ts';
import { formatAgo, formatMoment, plural } from '../../format.ts';

interface SourcePullingProps {
  readonly source: string;
  readonly pull: SourcePull;
  readonly onChange: () => void;
}

/** When a source was read from its vendor, when it is read next, and why it was not. */
export function SourcePulling({ source, pull, onChange }: SourcePullingProps) {
  return (
    <>
      <p class="soft small figures">
        <LastPull pull={pull} />
        {pull.nextAt !== null && (
          <>
            {' '}
            Next one at <time dateTime={pull.nextAt}>{formatMoment(pull.nextAt)}</time>.
          </>
        )}
      </p>
      {pull.error !== null && !pull.isUnderWay && <p class="negative small">The last pull stopped: {pull.error}</p>}
      {pull.mayStart && <PullNow source={source} isUnderWay={pull.isUnderWay} onChange={onChange} />}
    </>
  );
}

function LastPull({ pull }: { pull: SourcePull }) {
  if (pull.isUnderWay) return <>Being pulled now.</>;
  const at = pull.endedAt ?? pull.startedAt;
  if (at === null) return <>Never pulled yet.</>;
  return (
    <>
      Pulled{' '}
      <time dateTime={at} title={formatMoment(at)}>
        {formatAgo(at, new Date())}
      </time>
      {pull.error === null && `: ${plural(pull.pages, 'page')}, ${plural(pull.stored, 'delivery', 'deliveries')} new`}.
    </>
  );
}

function PullNow({ source, isUnderWay, onChange }: { source: string; isUnderWay: boolean; onChange: () => void }) {
  const [note, setNote] = useState<string>();
  const start = async () => {
    try {
      await api.pull(source);
      setNote('The pull has begun');
      onChange();
    } catch (cause) {
      setNote(errorText(cause));
    }
  };
  return (
    <p class="replay">
      <button type="button" class="button small" disabled={isUnderWay} onClick={() => void start()}>
        Pull now
      </button>{' '}
      <span class="soft small" role="status">
        {note}
      </span>
    </p>
  );
}

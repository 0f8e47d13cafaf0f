import { useState } from 'preact/hooks';
import type { CustomerDetail, Episode } from '../../../api/schemas/customers.ts';
import { ContactLine } from '../../components/contact-line.tsx';
import { formatDayYear, formatReason, formatSeconds, formatSigned, missing, plural } from '../../format.ts';

const firstShown = 8;

/** One timeline across channels: matter by matter, newest first; within a matter as it went on. */
export function Episodes({ detail }: { detail: CustomerDetail }) {
  const [shown, setShown] = useState(firstShown);
  const hidden = detail.episodes.length - shown;
  return (
    <>
      {detail.episodes.slice(0, shown).map((episode) => (
        <EpisodePanel key={episode.id} episode={episode} />
      ))}
      {hidden > 0 && (
        <button type="button" class="button more" onClick={() => setShown(detail.episodes.length)}>
          Show {plural(hidden, 'earlier matter')}
        </button>
      )}
      {detail.otherInteractions.length > 0 && (
        <section class="panel">
          <div class="panel-head">
            <h2>Without a matter yet</h2>
          </div>
          <ol class="contact-lines panel-body">
            {detail.otherInteractions.map((row) => (
              <ContactLine key={row.id} row={row} isFull />
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function EpisodePanel({ episode }: { episode: Episode }) {
  const seconds = (Date.parse(episode.endedAt) - Date.parse(episode.startedAt)) / 1000;
  return (
    <article class="panel">
      <div class="panel-head">
        <h2>
          {formatReason(episode.intent)}{' '}
          <span class="note figures">
            {formatDayYear(episode.startedAt)}
            {seconds > 60 && `, over ${formatSeconds(seconds)}`}
          </span>
        </h2>
        <span class="outcome">
          <span class={episode.isResolved ? 'tag positive' : 'tag warning'}>
            {episode.isResolved ? 'Settled' : 'Not settled'}
          </span>
          {episode.switchCount > 0 && (
            <span class="tag warning">{plural(episode.switchCount, 'change')} of channel</span>
          )}
          {episode.repeatedReason && <span class="tag warning">Had to come back</span>}
          {episode.isFrustrated && <span class="tag negative">Frustrated</span>}
          <span class="tag figures">
            Sentiment {signedOrMissing(episode.sentimentStart)} → {signedOrMissing(episode.sentimentEnd)}
          </span>
        </span>
      </div>
      <ol class="contact-lines panel-body">
        {episode.interactions.map((row) => (
          <ContactLine key={row.id} row={row} isFull />
        ))}
      </ol>
    </article>
  );
}

const signedOrMissing = (score: number | null): string => (score === null ? missing : formatSigned(score));

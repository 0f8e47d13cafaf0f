import type { InteractionRow } from '../../api/schemas/shared.ts';
import { channelColour, channelTitle } from '../channel-titles.ts';
import { formatMoment, formatReason } from '../format.ts';
import { conversationPath } from '../router.ts';
import { channelIcon } from './channel-mark.tsx';
import { Icon } from './icon.tsx';
import { SentimentPath } from './sentiment-path.tsx';

interface ContactLineProps {
  readonly row: InteractionRow;
  readonly isCurrent?: boolean;
  /** Whether there is room for the summary and the sentiment. */
  readonly isFull?: boolean;
}

/** One contact on a timeline. */
export function ContactLine({ row, isCurrent = false, isFull = false }: ContactLineProps) {
  return (
    <li class="contact-line" aria-current={isCurrent ? 'true' : undefined}>
      <span class="contact-badge" style={{ color: channelColour(row.channel) }}>
        <Icon name={channelIcon(row.channel)} />
      </span>
      <div class="contact-text">
        <p class="small faint figures">
          {channelTitle(row.channel)} · {formatMoment(row.startedAt)}
          {row.agent && ` · ${row.agent}`}
        </p>
        <a href={conversationPath(row.id)}>{row.summary ?? row.subject ?? formatReason(row.intent)}</a>
      </div>
      {isFull && <SentimentPath start={row.sentimentStart} middle={row.sentiment} end={row.sentimentEnd} />}
    </li>
  );
}

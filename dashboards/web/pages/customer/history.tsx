import type { CustomerDetail } from '../../../api/schemas/customers.ts';
import { channelTitle } from '../../channel-titles.ts';
import { Matters } from '../../components/matters.tsx';
import { Sentiment } from '../../components/sentiment.tsx';
import { TitledFigure } from '../../components/titled-figure.tsx';
import { formatDayYear, formatReason, missing, plural } from '../../format.ts';
import { HistorySummary } from './history-summary.tsx';

/** The whole history in two sentences, what was said in it that matters most, and a few figures. */
export function History({ detail: { customer, summary } }: { detail: CustomerDetail }) {
  return (
    <section class="panel history" aria-label="History">
      <p class="history-words">{historyWords(customer)}</p>
      <HistorySummary key={customer.id} customerId={customer.id} summary={summary} />
      <dl class="figure-row">
        <TitledFigure title="Conversations">{customer.interactionCount}</TitledFigure>
        <TitledFigure title="Matters">
          <Matters row={customer} />
        </TitledFigure>
        <TitledFigure title="Recent sentiment">
          <Sentiment score={customer.sentimentRecent} />
        </TitledFigure>
        <TitledFigure title="Last satisfaction">{customer.csatLast ?? missing}</TitledFigure>
        <TitledFigure title="Last recommendation">
          {customer.npsLast === null ? missing : `${customer.npsLast} of 10`}
        </TitledFigure>
      </dl>
    </section>
  );
}

/** What a colleague would say before the call is put through. */
export function historyWords(customer: CustomerDetail['customer']): string {
  const since = customer.firstSeenAt ? `In touch since ${formatDayYear(customer.firstSeenAt)}` : 'In touch';
  const last = customer.lastSeenAt ? `, last on ${formatDayYear(customer.lastSeenAt)}` : '';
  const channels = customer.channels.map(channelTitle).join(', ');
  const by = channels ? `, by ${channels}` : '';
  const most = customer.topIntent ? ` Mostly about ${formatReason(customer.topIntent).toLowerCase()}.` : '';
  const open =
    customer.openEpisodeCount > 0
      ? ` ${plural(customer.openEpisodeCount, 'matter is', 'matters are')} not settled.`
      : ' Everything is settled.';
  const left = customer.hasLeft ? ' This customer has left.' : '';
  return `${since}${last}${by}.${most}${open}${left}`;
}

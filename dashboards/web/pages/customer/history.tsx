import type { CustomerDetail } from '../../../api/schemas/customers.ts';
import { channelTitle } from '../../channel-titles.ts';
import { Sentiment } from '../../components/sentiment.tsx';
import { formatDayYear, formatReason, missing, plural } from '../../format.ts';
import { HistorySummary } from './history-summary.tsx';

/** The whole history in two sentences, what was said in it that matters most, and a few figures. */
export function History({ detail: { customer, summary } }: { detail: CustomerDetail }) {
  return (
    <section class="panel history" aria-label="History">
      <p class="history-words">{historyWords(customer)}</p>
      <HistorySummary key={customer.id} customerId={customer.id} summary={summary} />
      <dl class="figure-row">
        <Figure title="Conversations">{customer.interactionCount}</Figure>
        <Figure title="Matters">
          {customer.episodeCount}
          {customer.openEpisodeCount > 0 && <span class="tag warning">{customer.openEpisodeCount} not settled</span>}
        </Figure>
        <Figure title="Recent sentiment">
          <Sentiment score={customer.sentimentRecent} />
        </Figure>
        <Figure title="Last satisfaction">{customer.csatLast ?? missing}</Figure>
        <Figure title="Last recommendation">{customer.npsLast === null ? missing : `${customer.npsLast} of 10`}</Figure>
      </dl>
    </section>
  );
}

function Figure({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd class="figures">{children}</dd>
    </div>
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

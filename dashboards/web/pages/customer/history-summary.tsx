import { useState } from 'preact/hooks';
import type { HistorySentence, HistorySummary as Summary } from '../../../api/schemas/history.ts';
import { api } from '../../api.ts';
import { channelTitle } from '../../channel-titles.ts';
import { errorText } from '../../error-text.ts';
import { formatDayYear, formatLanguage, plural, titleOf } from '../../format.ts';
import { groupBy } from '../../../../group-by.ts';
import { turnPath } from '../../router.ts';

/** Short, as it comes with the page, and long. */
const lengths = { short: 6, long: 15 };

/** What matters most of all that was said, matter by matter; each sentence leads to the place where it was said. */
export function HistorySummary({ customerId, summary: given }: { customerId: string; summary: Summary }) {
  const [asked, setAsked] = useState<Summary>();
  const [error, setError] = useState<string>();
  const summary = asked ?? given;
  const ask = (sentences: number, style: Summary['method']) => {
    setError(undefined);
    api
      .customerSummary(customerId, { sentences, style })
      .then(setAsked, (cause: unknown) => setError(errorText(cause)));
  };
  if (summary.state !== 'ready') return <p class="faint">{emptyWords(summary)}</p>;
  return (
    <div class="history-summary">
      {matters(summary.sentences).map((sentences) => (
        <dl class="summary-parts" key={sentences[0]!.restsOn[0]!.utteranceId}>
          {sentences.map((sentence, index) => (
            <Sentence key={sentence.text} sentence={sentence} isNext={sentence.part === sentences[index - 1]?.part} />
          ))}
        </dl>
      ))}
      <p class="small faint">{notes(summary)}</p>
      <p class="history-actions">
        <button type="button" class="button quiet small" onClick={() => ask(lengths.long, 'extractive')}>
          Tell more
        </button>
        {summary.canBeAbstractive && (
          <button type="button" class="button quiet small" onClick={() => ask(lengths.short, 'abstractive')}>
            In other words
          </button>
        )}
      </p>
      <p class="small negative" role="alert">
        {error}
      </p>
    </div>
  );
}

const matters = (sentences: readonly HistorySentence[]): HistorySentence[][] => [
  ...groupBy(sentences, ({ restsOn: [place] }) => place!.episodeId ?? place!.interactionId).values(),
];

/** `isNext`: it goes on with the part of the sentence before. */
function Sentence({ sentence: { part, text, restsOn }, isNext }: { sentence: HistorySentence; isNext: boolean }) {
  const [place] = restsOn;
  return (
    <div>
      <dt>{isNext || part === null ? '' : titleOf(part)}</dt>
      <dd>
        <a href={turnPath(place!.interactionId, place!.utteranceId)}>{text}</a>{' '}
        <span class="small faint figures">
          {channelTitle(place!.channel)}
          {place!.occurredAt && `, ${formatDayYear(place!.occurredAt)}`}
        </span>
      </dd>
    </div>
  );
}

function emptyWords(summary: Summary): string {
  if (summary.state === 'not supported') return `Not summed up: ${languages(summary)} is not supported by the model.`;
  if (summary.state === 'not read yet') return 'The models have not read these conversations yet.';
  return 'Nothing was said that stands out enough for a summary.';
}

const languages = ({ unsupportedLanguages }: Summary): string => unsupportedLanguages.map(formatLanguage).join(', ');

/** How the summary was made, and what is not in it. */
function notes(summary: Summary): string {
  const how =
    summary.method === 'extractive'
      ? 'In the words of the conversations.'
      : `Written by ${summary.writer}; each sentence was checked against what was said.`;
  const struck = summary.struck.length > 0 ? ` ${plural(summary.struck.length, 'sentence')} struck out.` : '';
  const unsupported =
    summary.countUnsupported > 0
      ? ` Left out: ${plural(summary.countUnsupported, 'contact')} in ${languages(summary)}, not supported by the model.`
      : '';
  const unread = summary.countUnread > 0 ? ` ${plural(summary.countUnread, 'contact')} not read yet.` : '';
  const note = summary.note ? ` ${summary.note}` : '';
  return `${how}${struck}${note}${unsupported}${unread}`;
}

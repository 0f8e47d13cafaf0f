import { useEffect, useMemo } from 'preact/hooks';
import type { InteractionDetail, InteractionEvent, Utterance } from '../../../api/schemas/interactions.ts';
import { Empty } from '../../components/states.tsx';
import { toneOf } from '../../components/sentiment.tsx';
import { formatClock, formatClockSeconds, formatReason, formatSigned, formatWeekday, titleOf } from '../../format.ts';
import { groupBy } from '../../../../group-by.ts';
import { markRanges, type Range } from '../../highlight.ts';
import { buildTranscript } from '../../transcript.ts';

/** Everything that was said and what happened in between, with the sentences of the summary marked. */
export function Transcript({ detail }: { detail: InteractionDetail }) {
  const items = useMemo(() => buildTranscript(detail.utterances, detail.events), [detail]);
  const marks = useMemo(() => marksOf(detail), [detail]);
  useEffect(showLinkedTurn, []);
  if (items.length === 0) return <Empty title="Nothing was said" />;
  const isSync = detail.interaction.channelGroup === 'voice' || detail.interaction.channelGroup === 'chat';
  return (
    <div class="transcript" role="log" aria-label="Transcript">
      {items.map((item) => {
        if (item.kind === 'day')
          return (
            <p class="transcript-day" key={item.key}>
              {formatWeekday(item.at)}
            </p>
          );
        if (item.kind === 'event') return <EventLine key={item.key} event={item.event} />;
        return (
          <Turn
            key={item.key}
            turn={item.utterance}
            marks={marks.get(item.key) ?? []}
            isSync={isSync}
            detail={detail}
          />
        );
      })}
    </div>
  );
}

/** A link from another page leads to one turn, which is there only now. */
function showLinkedTurn(): void {
  const turn = document.getElementById(window.location.hash.slice(1));
  turn?.scrollIntoView({ block: 'center' });
  turn?.setAttribute('data-linked', 'true');
}

function marksOf({ summary }: InteractionDetail): Map<string | null, Range[]> {
  const placed = (summary?.parts ?? []).filter((part) => part.utteranceId && part.start !== null && part.end !== null);
  const groups = groupBy(placed, (part) => part.utteranceId);
  return new Map([...groups].map(([id, parts]) => [id, parts.map(({ start, end }) => ({ start: start!, end: end! }))]));
}

interface TurnProps {
  readonly turn: Utterance;
  readonly marks: readonly Range[];
  readonly isSync: boolean;
  readonly detail: InteractionDetail;
}

function Turn({ turn, marks, isSync, detail }: TurnProps) {
  const tone = turn.sentiment === null ? undefined : toneOf(turn.sentiment);
  const clock = isSync ? formatClockSeconds : formatClock;
  return (
    <article
      id={`turn-${turn.id}`}
      class="turn"
      data-role={turn.role ?? 'unknown'}
      data-visibility={turn.visibility ?? 'public'}
      data-tone={tone}
    >
      <header class="turn-head">
        <strong>{speakerOf(turn, detail)}</strong>
        {turn.occurredAt && <time dateTime={turn.occurredAt}>{clock(turn.occurredAt)}</time>}
        {turn.visibility === 'internal' && <span>internal note</span>}
        {turn.isAutomatic && <span>sent automatically</span>}
        {turn.editedAt && <span>edited</span>}
      </header>
      <div class="bubble">
        <Words turn={turn} marks={marks} />
      </div>
      <TurnSignals turn={turn} />
    </article>
  );
}

function speakerOf(turn: Utterance, { interaction }: InteractionDetail): string {
  if (turn.role === 'customer') return interaction.customerName ?? 'Customer';
  if (turn.role === 'agent') return turn.agent ?? interaction.agent ?? 'Agent';
  return turn.role === null ? 'Unknown speaker' : titleOf(turn.role);
}

function Words({ turn, marks }: { turn: Utterance; marks: readonly Range[] }) {
  if (turn.deletedAt) return <span class="deleted">Deleted by its author</span>;
  if (!turn.text) return <span class="deleted">{turn.media.length > 0 ? mediaNote(turn) : 'No text'}</span>;
  return (
    <>
      {markRanges(turn.text, marks).map((piece, index) =>
        piece.isMarked ? <mark key={index}>{piece.text}</mark> : piece.text,
      )}
      {turn.media.length > 0 && <span class="deleted"> {mediaNote(turn)}</span>}
    </>
  );
}

const mediaNote = ({ media }: Utterance): string =>
  media.map((item) => String(item.name ?? item.mimeType ?? 'attachment')).join(', ');

function TurnSignals({ turn }: { turn: Utterance }) {
  if (turn.role !== 'customer') return null;
  if (turn.isSupported === false) return <p class="turn-signals faint small">Language not supported by the model</p>;
  const isPlain = turn.sentiment === null || toneOf(turn.sentiment) === 'neutral';
  if (!turn.isFrustrated && isPlain && turn.intent === null) return null;
  return (
    <div class="turn-signals">
      {turn.isFrustrated && <span class="tag negative">Frustrated</span>}
      {!isPlain && (
        <span class={`tag ${toneOf(turn.sentiment!)} figures`} title="Sentiment">
          {formatSigned(turn.sentiment!)}
        </span>
      )}
      {turn.intent && <span class="tag">{formatReason(turn.intent)}</span>}
      {turn.emotion && turn.emotion !== 'neutral' && <span class="tag">{titleOf(turn.emotion)}</span>}
    </div>
  );
}

function EventLine({ event }: { event: InteractionEvent }) {
  const whom = [event.agent, event.queue, event.value].filter(Boolean).join(', ');
  return (
    <p class="event-line figures">
      {titleOf(event.kind)}
      {whom && `: ${whom}`} · {formatClock(event.occurredAt)}
    </p>
  );
}

import type { InteractionDetail } from '../../../api/schemas/interactions.ts';
import { ChannelMark } from '../../components/channel-mark.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatMoment } from '../../format.ts';
import { turnPath } from '../../router.ts';

/** What the customer had to say twice, here or in another conversation about the same matter. */
export function SaidAgain({ detail }: { detail: InteractionDetail }) {
  if (detail.reExplained.length === 0) return null;
  return (
    <Panel title="Said again" note="to somebody new, within one matter" isFlush>
      <ul class="lines">
        {detail.reExplained.map(({ earlier, later }) => (
          <li class="case" key={later.utteranceId}>
            <div class="case-sides">
              <Side title="Said" side={earlier} detail={detail} />
              <Side title="Said again" side={later} detail={detail} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface SideProps {
  readonly title: string;
  readonly side: InteractionDetail['reExplained'][number]['earlier'];
  readonly detail: InteractionDetail;
}

function Side({ title, side, detail }: SideProps) {
  const isHere = side.interactionId === detail.interaction.id;
  const other = detail.episode?.interactions.find(({ id }) => id === side.interactionId);
  return (
    <div class="case-side">
      <p class="case-place small faint figures">
        <strong>{title}</strong>
        {isHere ? 'in this conversation' : other && <ChannelMark channel={other.channel} />}
        {side.occurredAt && <time dateTime={side.occurredAt}>{formatMoment(side.occurredAt)}</time>}
      </p>
      <blockquote>
        <a href={isHere ? `#turn-${side.utteranceId}` : turnPath(side.interactionId, side.utteranceId)}>{side.text}</a>
      </blockquote>
    </div>
  );
}

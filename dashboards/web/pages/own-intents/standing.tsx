import type { OwnIntents } from '../../../api/schemas/intents.ts';
import { Panel } from '../../components/panel.tsx';
import { formatDayYear, formatMoment, formatRatio, plural } from '../../format.ts';

/** How well the set in force is recognised, and how far it is read in what was said. */
export function Standing({ intents }: { intents: OwnIntents }) {
  const { report } = intents;
  return (
    <Panel title="How well they are recognised" note="on examples that were kept out of learning, one at a time">
      {report && (
        <dl class="standing">
          <Share
            title="Recognised"
            value={report.accuracyWithUnknown}
            about="Examples whose intent was found, and surely enough to say so / all examples."
          />
          <Share
            title="Best guess right"
            value={report.accuracy}
            about="The same, also where the guess was not sure enough to be said."
          />
          <Share
            title="Rightly left unknown"
            value={report.unknownRefused}
            about="Sentences of a matter that was not taught and that were called unknown / all such sentences."
          />
          <Share
            title="Least certainty"
            value={report.threshold}
            about="Below this the answer is “unknown”; it is set where both shares above are best."
          />
        </dl>
      )}
      <BackFill intents={intents} />
    </Panel>
  );
}

function Share({ title, value, about }: { title: string; value: number; about: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <span class="standing-value figures">{formatRatio(value)}</span>
        <span class="small soft">{about}</span>
      </dd>
    </div>
  );
}

/** Whether the history was read with the version in force. */
function BackFill({ intents: { version, backFill, utterances, model, madeAt } }: { intents: OwnIntents }) {
  return (
    <p class="standing-foot figures">
      {backFill.isDone ? (
        <span class="tag positive">Read in the whole history</span>
      ) : (
        <span class="tag warning">{backFill.version < version ? 'History not read yet' : 'Newest not read yet'}</span>
      )}
      <span class="soft">
        {backFill.isDone
          ? `Seen in ${plural(utterances, 'sentence')}.`
          : `Seen in ${plural(utterances, 'sentence')} so far; the next pass reads the rest.`}{' '}
        Version {version}
        {madeAt && `, learnt on ${formatDayYear(madeAt)}`}
        {backFill.doneAt && `, last read ${formatMoment(backFill.doneAt)}`}
        {model && ` with ${model}`}.
      </span>
    </p>
  );
}

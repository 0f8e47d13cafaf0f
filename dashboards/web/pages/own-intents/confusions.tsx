import type { OwnIntentExample, OwnIntents } from '../../../api/schemas/intents.ts';
import { Panel } from '../../components/panel.tsx';
import { plural } from '../../format.ts';

interface ConfusionsProps {
  readonly intents: OwnIntents;
  readonly isBusy: boolean;
  readonly onLearn: (change: (examples: readonly OwnIntentExample[]) => OwnIntentExample[]) => void;
}

type Confusing = NonNullable<OwnIntents['report']>['confusing'][number];

/** Which intents are taken for one another, and the examples to move, reword or leave out. */
export function Confusions({ intents: { report }, isBusy, onLearn }: ConfusionsProps) {
  if (!report || report.confusing.length === 0) return null;
  const without = (one: Confusing) => (examples: readonly OwnIntentExample[]) =>
    examples.filter(({ intent, text }) => intent !== one.intent || text !== one.text);
  const moved = (one: Confusing) => (examples: readonly OwnIntentExample[]) => [
    ...without(one)(examples),
    { intent: one.found, text: one.text },
  ];
  return (
    <Panel title="Taken for one another" note="when the example itself was kept out of learning" isFlush>
      <ul class="confusions small">
        {report.confusions.map(({ intent, found, count }) => (
          <li key={`${intent}/${found}`}>
            <strong>{intent}</strong> taken for <strong>{found}</strong>, {plural(count, 'time')}
          </li>
        ))}
      </ul>
      <ul class="lines">
        {report.confusing.map((one) => (
          <li class="confusing" key={`${one.intent}/${one.text}`}>
            <p>
              “{one.text}”{' '}
              <span class="faint small">
                taught as {one.intent}, looks like {one.found}
              </span>
            </p>
            <span class="row-actions">
              <button type="button" class="button small" disabled={isBusy} onClick={() => onLearn(moved(one))}>
                Move to {one.found}
              </button>
              <button type="button" class="button quiet small" disabled={isBusy} onClick={() => onLearn(without(one))}>
                Leave it out
              </button>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

import type { OwnIntents } from '../../../api/schemas/intents.ts';
import { Icon } from '../../components/icon.tsx';
import { Panel } from '../../components/panel.tsx';
import { plural } from '../../format.ts';
import { examplesIn, missingIn, wantedExamples, type IntentDraft } from '../../own-intent-draft.ts';
import type { Work } from '../own-intents.tsx';

interface IntentFormProps {
  readonly intents: OwnIntents;
  readonly drafts: readonly IntentDraft[];
  readonly work: Work;
  readonly onChange: (drafts: readonly IntentDraft[]) => void;
  readonly onAdd: () => void;
  readonly onSave: () => void;
}

/** New intents, or other examples of those that are there; all are learnt together. */
export function IntentForm({ intents, drafts, work, onChange, onAdd, onSave }: IntentFormProps) {
  const missing = missingIn(intents.examples, drafts);
  const isFirst = intents.examples.length === 0;
  const submit = (event: Event) => {
    event.preventDefault();
    onSave();
  };
  const set = (changed: IntentDraft) => onChange(drafts.map((draft) => (draft.id === changed.id ? changed : draft)));
  return (
    <div id="teach">
      <Panel title={isFirst ? 'No intents of your own yet' : 'Teach an intent'}>
        <form class="teach" onSubmit={submit}>
          <p class="soft prose">
            {isFirst && 'Matters that only your company knows can be found in everything that was ever said. '}
            Name the matter and paste {wantedExamples} sentences in which customers raised it, one a line, in different
            words. Learning takes seconds; nothing is read by the encoder again.
          </p>
          <div class="teach-drafts">
            {drafts.map((draft) => (
              <Draft
                key={draft.id}
                draft={draft}
                onChange={set}
                {...((drafts.length > 1 || draft.before !== undefined) && {
                  onRemove: () => onChange(drafts.filter(({ id }) => id !== draft.id)),
                })}
              />
            ))}
          </div>
          <p class="teach-foot">
            <button
              type="submit"
              class="button primary"
              disabled={missing !== undefined || work.isBusy}
              aria-describedby="teach-state"
            >
              {work.isBusy ? 'Learning' : 'Learn and read the history'}
            </button>
            <button type="button" class="button quiet" onClick={onAdd}>
              Add another intent
            </button>
            <span id="teach-state" class="small soft" role="status">
              {work.isBusy ? 'Learning, then reading the whole history…' : (work.note ?? missing)}
            </span>
          </p>
          <p class="small negative" role="alert">
            {work.error}
          </p>
        </form>
      </Panel>
    </div>
  );
}

interface DraftProps {
  readonly draft: IntentDraft;
  readonly onChange: (draft: IntentDraft) => void;
  /** Left out where there is only a new one. */
  readonly onRemove?: () => void;
}

function Draft({ draft, onChange, onRemove }: DraftProps) {
  const count = examplesIn(draft.lines).length;
  return (
    <fieldset class="draft">
      <legend class="visually-hidden">{draft.before ? `Examples of ${draft.before}` : 'A new intent'}</legend>
      <label>
        <span class="small soft">Intent</span>
        <input
          class="field"
          maxLength={100}
          placeholder="For example: Subscription box, wrong size"
          value={draft.intent}
          onInput={(event) => onChange({ ...draft, intent: event.currentTarget.value })}
        />
      </label>
      <label>
        <span class="small soft">Examples, one a line</span>
        <textarea
          class="field"
          rows={6}
          value={draft.lines}
          onInput={(event) => onChange({ ...draft, lines: event.currentTarget.value })}
        />
      </label>
      <span class="draft-foot small faint figures">
        {count < wantedExamples ? `${count} of ${wantedExamples} examples` : plural(count, 'example')}
        {onRemove && (
          <button type="button" class="button quiet small" onClick={onRemove}>
            <Icon name="close" />
            {draft.before ? 'Leave as it is' : 'Take away'}
          </button>
        )}
      </span>
    </fieldset>
  );
}

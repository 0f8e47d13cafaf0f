import { useRef, useState } from 'preact/hooks';
import type { OwnIntentExample, OwnIntents as Intents } from '../../api/schemas/intents.ts';
import { api } from '../api.ts';
import { Page } from '../components/page.tsx';
import { LoadedContent } from '../components/panel.tsx';
import { ReasonTabs } from '../components/reason-tabs.tsx';
import { errorText } from '../error-text.ts';
import { withFilters } from '../filters.ts';
import { plural } from '../format.ts';
import { filters, freshness } from '../live.ts';
import { draftOf, withDrafts, writtenDrafts, type IntentDraft } from '../own-intent-draft.ts';
import { useData } from '../use-data.ts';
import { Confusions } from './own-intents/confusions.tsx';
import { IntentForm } from './own-intents/intent-form.tsx';
import { IntentTable } from './own-intents/intent-table.tsx';
import { Standing } from './own-intents/standing.tsx';
import { Versions } from './own-intents/versions.tsx';

/** Which of the matters that only this company knows do people contact us about? */
export function OwnIntents() {
  const loaded = useData(freshness.value, (signal) => api.ownIntents({ signal }));
  return (
    <Page title="Own intents" trail={<a href={withFilters('/reasons', filters.value)}>Reasons</a>} isFiltered>
      <ReasonTabs here="/reasons/own-intents" />
      <LoadedContent loaded={loaded} height={480}>
        {(intents) => <Content intents={intents} onChange={loaded.reload} />}
      </LoadedContent>
    </Page>
  );
}

export interface Work {
  readonly isBusy: boolean;
  /** What came of the last change. */
  readonly note: string | undefined;
  readonly error: string | undefined;
}

/** Changes the set as it is by now on the server, whoever else has changed it since this page was loaded. */
type Change = (examples: readonly OwnIntentExample[]) => OwnIntentExample[];

function useWork(onChange: () => void) {
  const [work, setWork] = useState<Work>({ isBusy: false, note: undefined, error: undefined });
  const run = async (change: () => Promise<Intents>): Promise<boolean> => {
    setWork({ isBusy: true, note: undefined, error: undefined });
    try {
      const { version, utterances } = await change();
      const note = `Version ${version} is in force: seen in ${plural(utterances, 'sentence')} of the whole history.`;
      setWork({ isBusy: false, note, error: undefined });
      onChange();
      return true;
    } catch (cause) {
      setWork({ isBusy: false, note: undefined, error: errorText(cause) });
      return false;
    }
  };
  const learn = (change: Change) => run(async () => api.learnIntents(change((await api.ownIntents()).examples)));
  const remove = (intent: string) => run(() => api.removeIntent(intent));
  return { work, learn, remove };
}

const blank = (id: number): IntentDraft => ({ id, intent: '', lines: '' });

function Content({ intents, onChange }: { intents: Intents; onChange: () => void }) {
  const isFirst = intents.examples.length === 0;
  const [drafts, setDrafts] = useState<readonly IntentDraft[]>([]);
  const { work, learn, remove } = useWork(onChange);
  const nextId = useRef(2);
  const shown = drafts.length > 0 ? drafts : isFirst ? [blank(0), blank(1)] : [blank(0)];
  const edit = (intent: string) => {
    const others = writtenDrafts(shown).filter(({ before }) => before !== intent);
    setDrafts([draftOf(nextId.current++, intent, intents.examples), ...others]);
    document.getElementById('teach')?.scrollIntoView({ block: 'start' });
    requestAnimationFrame(() => document.querySelector<HTMLElement>('#teach textarea')?.focus());
  };
  const save = async () => {
    if (await learn((examples) => withDrafts(examples, writtenDrafts(shown)))) setDrafts([]);
  };
  return (
    <>
      {!isFirst && <Standing intents={intents} />}
      {!isFirst && <IntentTable intents={intents} isBusy={work.isBusy} onEdit={edit} onRemove={remove} />}
      <Confusions intents={intents} isBusy={work.isBusy} onLearn={learn} />
      <IntentForm
        intents={intents}
        drafts={shown}
        work={work}
        onChange={setDrafts}
        onAdd={() => setDrafts([...shown, blank(nextId.current++)])}
        onSave={save}
      />
      {intents.versions.length > 0 && <Versions intents={intents} />}
    </>
  );
}

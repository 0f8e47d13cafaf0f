import { useRef, useState } from 'preact/hooks';
import type { SqlSchema } from '../../../api/schemas/sql.ts';
import { Icon } from '../../components/icon.tsx';
import { applyCompletion, completeSql, type Completion } from '../../sql-completion.ts';

interface SqlEditorProps {
  readonly sql: string;
  readonly schema: SqlSchema | undefined;
  readonly isRunning: boolean;
  readonly onChange: (sql: string) => void;
  readonly onRun: () => void;
}

const nothing: Completion = { start: 0, options: [] };
const leastRows = 9;
const mostRows = 22;

/** A statement; Ctrl Enter runs it, Tab takes the first completion while there is one. */
export function SqlEditor({ sql, schema, isRunning, onChange, onRun }: SqlEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [completion, setCompletion] = useState(nothing);
  const take = (option: string) => {
    const { selectionStart } = field.current!;
    const next = applyCompletion(sql, selectionStart, completion, option);
    onChange(next.sql);
    setCompletion(nothing);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun();
    } else if (event.key === 'Escape') setCompletion(nothing);
    else if (event.key === 'Tab' && !event.shiftKey && completion.options[0]) {
      event.preventDefault();
      take(completion.options[0]);
    }
  };
  return (
    <section class="panel editor" aria-label="Statement">
      <textarea
        ref={field}
        class="code"
        spellcheck={false}
        autocapitalize="off"
        aria-label="SQL statement; Control and Enter run it"
        rows={Math.min(mostRows, Math.max(leastRows, sql.split('\n').length + 1))}
        value={sql}
        onInput={(event) => {
          const { value, selectionStart } = event.currentTarget;
          onChange(value);
          setCompletion(completeSql(value, selectionStart, schema));
        }}
        onKeyDown={press}
        onBlur={() => setCompletion(nothing)}
      />
      <div class="editor-foot">
        <Completions options={completion.options} onTake={take} />
        <button type="button" class="button primary" disabled={isRunning || sql.trim() === ''} onClick={onRun}>
          <Icon name="play" />
          {isRunning ? 'Running' : 'Run'}
          <kbd>Ctrl ⏎</kbd>
        </button>
      </div>
    </section>
  );
}

function Completions({ options, onTake }: { options: readonly string[]; onTake: (option: string) => void }) {
  if (options.length === 0)
    return (
      <span class="faint small">
        One SELECT over <span class="code">mart</span>, <span class="code">core</span>, <span class="code">signal</span>{' '}
        and <span class="code">identity</span>
      </span>
    );
  return (
    <div class="completions" role="group" aria-label="Completions">
      {options.map((option, index) => (
        <button
          key={option}
          type="button"
          tabIndex={-1}
          class="completion code"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(option)}
        >
          {option}
          {index === 0 && <kbd>Tab</kbd>}
        </button>
      ))}
    </div>
  );
}

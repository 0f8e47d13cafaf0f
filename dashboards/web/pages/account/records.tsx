import { useState } from 'preact/hooks';
import type { AccountDetail, AccountRecord } from '../../../api/schemas/accounts.ts';
import { api } from '../../api.ts';
import { Icon } from '../../components/icon.tsx';
import { errorText } from '../../error-text.ts';
import { formatDayYear, titleOf } from '../../format.ts';

interface RecordsProps {
  readonly detail: AccountDetail;
  readonly onChange: () => void;
}

const shownName = (record: AccountRecord | undefined): string =>
  record ? `${record.name ?? record.nativeId} in ${record.source}` : 'a record of another account';

/** What each source has of the company, the evidence that joins it, and the way to undo a wrong join. */
export function Records({ detail, onChange }: RecordsProps) {
  const byId = new Map(detail.records.map((record) => [record.id, record]));
  return (
    <ul class="handles lines">
      {detail.records.map((record) => (
        <li key={record.id}>
          <p class="handle-head">
            <span class="faint small">{record.source}</span>
            <span class="handle-value">{record.name ?? record.nativeId}</span>
            <span class="soft small">
              {[record.nativeId, record.plan, ...record.domains].filter(Boolean).join(', ')}
            </span>
          </p>
          <ul class="small soft">
            {detail.evidence
              .filter(
                (item) => item.recordId === record.id || (item.otherRecordId === record.id && !byId.has(item.recordId)),
              )
              .map((item) => (
                <li key={item.recordId + item.otherRecordId + item.evidence}>
                  {item.isUsed ? 'Same company as ' : 'Not joined with '}
                  {shownName(byId.get(item.recordId === record.id ? item.otherRecordId : item.recordId))}:{' '}
                  {item.evidence} ({item.value}){item.unusedReason && `, ${item.unusedReason}`}
                </li>
              ))}
          </ul>
          {detail.records.length > 1 && <Split accountId={detail.account.id} record={record} onChange={onChange} />}
        </li>
      ))}
      {detail.decisions.map((decision) => (
        <li key={decision.id} class="small soft">
          {titleOf(decision.kind)} by {decision.decidedBy}, {formatDayYear(decision.decidedAt)}: {decision.reason}
        </li>
      ))}
    </ul>
  );
}

interface SplitProps {
  readonly accountId: string;
  readonly record: AccountRecord;
  readonly onChange: () => void;
}

/** Takes one record out of this account; asks why, because the reason is kept. */
function Split({ accountId, record, onChange }: SplitProps) {
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await api.splitAccount(accountId, [record.id], reason);
      setAsking(false);
      onChange();
    } catch (cause) {
      setError(errorText(cause));
    }
  };
  if (!isAsking)
    return (
      <button type="button" class="button quiet small" onClick={() => setAsking(true)}>
        <Icon name="undo" />
        This is another company
      </button>
    );
  return (
    <form class="split-form" onSubmit={submit}>
      <label class="small">
        Why is {shownName(record)} another company?
        <input class="field" value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <p class="small negative" role="alert">
        {error}
      </p>
      <span>
        <button type="submit" class="button primary small" disabled={reason.trim().length < 3}>
          Split
        </button>{' '}
        <button type="button" class="button quiet small" onClick={() => setAsking(false)}>
          Leave it
        </button>
      </span>
    </form>
  );
}

import type { AccountDetail, AccountRecord } from '../../../api/schemas/accounts.ts';
import { api } from '../../api.ts';
import { DecisionLines } from '../../components/decision-lines.tsx';
import { SplitOff } from '../../components/split-off.tsx';

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
          {detail.records.length > 1 && (
            <SplitOff
              name={shownName(record)}
              other="another company"
              split={(reason) => api.splitAccount(detail.account.id, [record.id], reason)}
              onChange={onChange}
            />
          )}
        </li>
      ))}
      <DecisionLines decisions={detail.decisions} />
    </ul>
  );
}

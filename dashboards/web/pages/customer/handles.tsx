import type { CustomerDetail, CustomerHandle, Evidence } from '../../../api/schemas/customers.ts';
import { api } from '../../api.ts';
import { DecisionLines } from '../../components/decision-lines.tsx';
import { SplitOff } from '../../components/split-off.tsx';
import { formatDay, plural, titleOf } from '../../format.ts';

interface HandlesProps {
  readonly detail: CustomerDetail;
  readonly onChange: () => void;
}

const shownName = (handle: CustomerHandle | undefined): string => handle?.value ?? 'another handle';

/** The addresses of one person, the evidence that joins them, and the way to undo a wrong join. */
export function Handles({ detail, onChange }: HandlesProps) {
  const byId = new Map(detail.handles.map((handle) => [handle.id, handle]));
  if (detail.handles.length === 0) return <p class="faint">No handles; this is an anonymous contact.</p>;
  return (
    <ul class="handles lines">
      {detail.handles.map((handle) => (
        <li key={handle.id}>
          <p class="handle-head">
            <span class="faint small">{titleOf(handle.type)}</span>
            <span class="handle-value">{handle.value}</span>
            {handle.display !== null && handle.display !== handle.value && (
              <span class="soft small">shown as {handle.display}</span>
            )}
          </p>
          <EvidenceLines handle={handle} evidence={detail.evidence} byId={byId} />
          {detail.handles.length > 1 && (
            <SplitOff
              name={shownName(handle)}
              other="someone else"
              split={(reason) => api.splitCustomer(detail.customer.id, [handle.id], reason)}
              onChange={onChange}
            />
          )}
        </li>
      ))}
      <DecisionLines decisions={detail.decisions} />
    </ul>
  );
}

interface EvidenceLinesProps {
  readonly handle: CustomerHandle;
  readonly evidence: readonly Evidence[];
  readonly byId: ReadonlyMap<string, CustomerHandle>;
}

function EvidenceLines({ handle, evidence, byId }: EvidenceLinesProps) {
  const about = evidence.filter((item) => item.handleId === handle.id);
  return (
    <ul class="small soft">
      {about.map((item) => (
        <li key={item.otherHandleId + item.evidence}>
          {item.isUsed ? 'Same person as ' : 'Not joined with '}
          <span class="handle-value">{shownName(byId.get(item.otherHandleId))}</span>:{' '}
          {titleOf(item.evidence).toLowerCase().replace(':', ': ')} in {item.source}, {plural(item.countSeen, 'time')}{' '}
          until {formatDay(item.lastSeenAt)}
          {item.unusedReason && ` (${titleOf(item.unusedReason).toLowerCase()})`}
        </li>
      ))}
    </ul>
  );
}
